"""``python3 -m tools COMMAND``: the entry from the Makefile, on a bare Python.

Kept in syntax that old Pythons can read, so that they are refused with a sentence.
"""

import sys

if sys.version_info < (3, 11):
    sys.stderr.write(
        "Lỗi: cần Python 3.11 trở lên, máy đang chạy %d.%d. Hãy cài Python 3.11 rồi chạy lại.\n"
        "Error: Python 3.11 or newer is needed, this is %d.%d. Install Python 3.11 and run again.\n"
        % (sys.version_info[:2] * 2)
    )
    sys.exit(1)

from tools.commands import main  # noqa: E402 (only readable by a Python that is new enough)

sys.exit(main(sys.argv[1:]))
