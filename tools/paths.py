"""Where things lie in a checkout.  What a run creates is under ``var/`` or ``.venv/``."""

import hashlib
import shutil
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VAR = ROOT / "var"
RUN = VAR / "run"
LOG = VAR / "log"
CACHE = VAR / "cache"
VENV = ROOT / ".venv"
VENV_PYTHON = VENV / "bin" / "python"

# sun_path is 108 bytes on Linux and 104 on macOS with the final NUL; the longest name that we
# put into such a folder is ".s.PGSQL.5432.lock".
LONGEST_SOCKET_FOLDER = 80


def socket_folder(wanted: Path) -> Path:
    """Return ``wanted``, or a short folder of this checkout under the system's temporary folder.

    The short one is used only when a Unix socket's path would not fit; its name is stable.
    """
    if len(str(wanted).encode()) <= LONGEST_SOCKET_FOLDER:
        return wanted
    digest = hashlib.sha256(str(wanted).encode()).hexdigest()[:12]
    return Path(tempfile.gettempdir()) / f"liencap-{digest}"


def remove_socket_folder(wanted: Path) -> None:
    """Remove the short stand-in of ``wanted`` after its servers have stopped; nothing else."""
    folder = socket_folder(wanted)
    if folder != wanted:
        shutil.rmtree(folder, ignore_errors=True)
