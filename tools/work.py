"""The commands inside the virtual environment; ``tools.commands`` hands over to this module."""

import sys

from tools.errors import ToolError, report
from tools.progress import say


def dispatch(name: str, arguments: list[str]) -> int:
    """Run one command; modules are imported only for the command that needs them."""
    if name in ("demo", "up", "down"):
        from tools import demo

        return demo.ACTIONS[name]()
    if name in ("test", "bench"):
        from tools import testing

        return testing.test(arguments) if name == "test" else testing.bench(arguments)
    if name == "lighthouse":
        from tools import lighthouse

        return lighthouse.main(arguments)
    if name == "screenshots":
        from tools import screenshots

        return screenshots.main(arguments)
    if name == "check":
        from tools import check

        return check.main(arguments)
    from tools import messages

    return messages.main(arguments)


def main(arguments: list[str]) -> int:
    """Run one command; every failure becomes a sentence and an exit status."""
    try:
        return dispatch(arguments[0], arguments[1:])
    except ToolError as error:
        return report(error)
    except KeyboardInterrupt:
        say("\nĐã dừng · Interrupted")
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
