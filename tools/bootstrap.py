"""The virtual environment: made, completed and repaired with the standard library only."""

import hashlib
import os
import shutil
import subprocess
import sys
import venv

from tools.disk import check_space
from tools.errors import ToolError
from tools.paths import ROOT, VENV, VENV_PYTHON
from tools.progress import Counter, say, step

STAMP = VENV / "requirements.sha256"
RUNTIME = ("requirements.txt",)
DEVELOPMENT = ("requirements.txt", "requirements-dev.txt")
NETWORK_SIGNS = (
    "Failed to establish a new connection",
    "Temporary failure in name resolution",
    "Name or service not known",
    "Connection refused",
    "ConnectTimeoutError",
    "Network is unreachable",
    "from versions: none",
)


def fingerprint(files: tuple[str, ...]) -> str:
    """Return a line that changes with the Python version or with any of the requirement files."""
    digest = hashlib.sha256(f"{sys.version_info[:2]}".encode())
    for name in files:
        digest.update((ROOT / name).read_bytes())
    return f"{' '.join(files)} {digest.hexdigest()}"


def _stamps() -> set[str]:
    try:
        return set(STAMP.read_text(encoding="utf-8").splitlines())
    except OSError:
        return set()


def is_complete(files: tuple[str, ...]) -> bool:
    """Whether the environment already holds exactly what ``files`` ask for."""
    return VENV_PYTHON.exists() and fingerprint(files) in _stamps()


def _works() -> bool:
    """Whether the environment is whole and of this Python's version."""
    if not VENV_PYTHON.exists():
        return False
    code = f"import pip, sys; sys.exit(sys.version_info[:2] != {tuple(sys.version_info[:2])})"
    done = subprocess.run([VENV_PYTHON, "-c", code], capture_output=True, check=False)
    return done.returncode == 0


def _install_venv_module() -> None:
    """Debian splits ``ensurepip`` from Python: fetch its package when we may, else say so."""
    package = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
    apt = shutil.which("apt-get")
    if apt and os.geteuid() == 0:
        say(f"  apt-get install {package}")
        subprocess.run([apt, "update", "-q"], stdout=subprocess.DEVNULL, check=False)
        if subprocess.run([apt, "install", "-yq", package], check=False).returncode == 0:
            return
    raise ToolError(
        f"Python này thiếu mô-đun ensurepip. Hãy cài gói {package} rồi chạy lại.",
        f"This Python lacks the module ensurepip. Install the package {package} and run again.",
    )


def create() -> None:
    """Make a fresh virtual environment, in place of a half-made one."""
    try:
        import ensurepip  # noqa: F401 (only to see whether it is there)
    except ImportError:
        _install_venv_module()
    try:
        venv.EnvBuilder(clear=True, with_pip=True, symlinks=True).create(VENV)
    except (OSError, subprocess.CalledProcessError) as error:
        raise ToolError(
            f"Không tạo được môi trường Python ở {VENV} ({error}). Hãy xoá thư mục đó, kiểm tra "
            "dung lượng và quyền ghi rồi chạy lại.",
            f"The Python environment {VENV} cannot be made ({error}). Delete that folder, check "
            "space and permissions, and run again.",
        ) from error


def _explain(output: list[str]) -> ToolError:
    """Turn pip's output into one sentence."""
    text = "\n".join(output)
    if "No space left on device" in text:
        return ToolError(
            "Ổ đĩa đã đầy khi cài gói Python. Hãy giải phóng dung lượng rồi chạy lại.",
            "The disk became full while installing Python packages. Free some space and run again.",
        )
    if any(sign in text for sign in NETWORK_SIGNS):
        return ToolError(
            "Không kết nối được kho gói Python. Hãy kiểm tra mạng hoặc proxy rồi chạy lại.",
            "The Python package index cannot be reached. Check the network or the proxy and "
            "run again.",
        )
    return ToolError(
        "pip không cài được các gói (lý do ở ngay trên). Hãy sửa rồi chạy lại.",
        "pip could not install the packages (its reason is right above). Mend it and run again.",
    )


def install(files: tuple[str, ...]) -> None:
    """Install the requirement files with pip, showing what arrives."""
    command = [str(VENV_PYTHON), "-m", "pip", "install", "--disable-pip-version-check"]
    command += ["--no-input", "--progress-bar", "off"]
    for name in files:
        command += ["-r", str(ROOT / name)]
    counter, lines = Counter("gói · packages"), []
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace"
    ) as pip:
        assert pip.stdout is not None
        for line in pip.stdout:
            lines.append(line.rstrip())
            if line.startswith("Collecting "):
                counter.add(line.split()[1])
            elif line.startswith("Installing collected packages"):
                counter.finish()
                say("  cài vào .venv · installing into .venv")
    if pip.returncode:
        print("\n".join(lines[-12:]), file=sys.stderr)
        raise _explain(lines)


def _check_files(files: tuple[str, ...]) -> None:
    for name in files:
        if not (ROOT / name).exists():
            raise ToolError(
                f"Thiếu tệp {name}; bản mã nguồn không đầy đủ. Hãy lấy lại bằng git.",
                f"The file {name} is missing; this checkout is incomplete. Get it again with git.",
            )


def prepare(files: tuple[str, ...]) -> None:
    """Make the virtual environment complete for ``files``; quick when it already is.

    Can be interrupted anywhere: the stamp is written last, and pip finishes what is half done.
    """
    _check_files(files)
    if is_complete(files):
        return
    check_space(ROOT)
    if not _works():
        with step("Tạo môi trường Python", "Create the Python environment"):
            create()
    with step("Cài các gói Python", "Install Python packages"):
        install(files)
    # The development set contains the runtime set.
    stamps = {fingerprint(files)}
    if files == DEVELOPMENT:
        stamps.add(fingerprint(RUNTIME))
    STAMP.write_text("\n".join(sorted(stamps)) + "\n", encoding="utf-8")
