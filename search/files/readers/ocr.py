"""Text recognition with Tesseract, where the machine has it with its Vietnamese data."""

from __future__ import annotations

import subprocess
from functools import lru_cache
from shutil import which

from .parent import die_with_parent

LANGUAGE = "vie"
# One page; the whole file is limited by the process.
PAGE_SECONDS = 30


@lru_cache(maxsize=1)
def is_installed() -> bool:
    """Whether Vietnamese text can be recognised here."""
    program = which("tesseract")
    if program is None:
        return False
    listed = subprocess.run(  # noqa: S603
        [program, "--list-langs"], capture_output=True, text=True, timeout=10, check=False
    )
    return LANGUAGE in listed.stdout.split()


def recognise(picture: bytes) -> str:
    """The text on a picture (PNM); empty when it cannot be made out."""
    program = which("tesseract") or "tesseract"
    try:
        done = subprocess.run(  # noqa: S603
            [program, "stdin", "stdout", "-l", LANGUAGE, "--psm", "3"],
            input=picture, capture_output=True, timeout=PAGE_SECONDS, check=False,
            preexec_fn=die_with_parent,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return ""
    return done.stdout.decode("utf-8", "replace") if done.returncode == 0 else ""
