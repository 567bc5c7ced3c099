"""``python -m search.node``: install, run or relock the search node.

Exit status: 0 done, 1 refused with a reason, 2 wrong use, 3 no connection to Maven Central.
"""

import argparse
import logging
import sys
from pathlib import Path

from search.node.errors import NodeError
from search.node.home import Home, install
from search.node.lock import read_lock, write_lock
from search.node.repository import resolve

DEFAULT_HOME = Path(__file__).resolve().parents[2] / "var" / "search-node"
log = logging.getLogger("search.node")


def _arguments(argv: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m search.node", description=__doc__)
    parser.add_argument("--home", type=Path, default=DEFAULT_HOME, help="folder of the jars")
    parser.add_argument("--data", type=Path, help="folder of the indices")
    parser.add_argument("--port", type=int, help="HTTP port on 127.0.0.1")
    parser.add_argument("--heap", default="512m", help="Java heap, such as 512m")
    parser.add_argument("--install", action="store_true", help="download and verify only")
    parser.add_argument("--relock", metavar="VERSION", help="write the lock for a version")
    options = parser.parse_args(argv)
    if not (options.install or options.relock) and not (options.data and options.port):
        parser.error("--data and --port are needed to run the node")
    return options


def _show(done: int, total: int) -> None:
    """Print progress: in place on a terminal, every tenth jar in a log."""
    if sys.stderr.isatty():
        print(f"\r  {done}/{total} jars", end="\n" if done == total else "", file=sys.stderr)
    elif done % 10 == 0 or done == total:
        print(f"  {done}/{total} jars", file=sys.stderr)


def _run(options: argparse.Namespace) -> None:
    home = Home(options.home.resolve())
    if options.relock:
        write_lock(resolve(options.relock, Path.cwd()))
        return
    install(home, read_lock(), _show)
    if options.install:
        return
    # Imported late: installing must work where no Java library can be loaded.
    from search.node.server import NodeSettings, run

    run(NodeSettings(home, options.data.resolve(), options.port, options.heap))


def main(argv: list[str] | None = None) -> int:
    """Run the command line; returns the exit status."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(message)s")
    try:
        _run(_arguments(argv))
    except NodeError as error:
        print(error, file=sys.stderr)
        return error.status
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
