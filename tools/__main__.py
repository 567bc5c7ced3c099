"""``python3 -m tools COMMAND``: the entry from the Makefile, on a bare Python.

Kept in syntax that old Pythons can read, so that they are refused with a sentence.
"""

import sys

FOUND = "%d.%d" % sys.version_info[:2]  # noqa: UP031 (older Pythons must be able to read this)

if sys.version_info < (3, 11):  # noqa: UP036 (this is the check)
    sys.stderr.write(
        "Lỗi: cần Python 3.11 trở lên, đây là " + FOUND + ". Hãy cài Python 3.11 rồi chạy lại.\n"
        "Error: Python 3.11 or newer is needed, this is " + FOUND + ". Install it and run again.\n"
    )
    sys.exit(1)

from tools.commands import main  # noqa: E402 (only readable by a Python that is new enough)

sys.exit(main(sys.argv[1:]))
