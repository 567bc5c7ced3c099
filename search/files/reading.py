"""Read one file in a process of its own, so that no file can hurt the worker."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import IO, Any, BinaryIO, cast

from django.conf import settings
from django.core.files.base import File

from .models import State
from .readers.pieces import Piece

WALL_SECONDS = 60
CHUNK = 1024 * 1024
# What the reader may still be told besides the file.
ENVIRONMENT = ("PATH", "LANG", "LD_LIBRARY_PATH", "TESSDATA_PREFIX")


@dataclass
class Reading:
    """What was read: the state, what the parts are called ("" for none), and the pieces.

    Pieces may be there whatever the state: a file that is too big was read up to a limit.
    """

    state: State
    parts: str = ""
    pieces: list[Piece] = field(default_factory=list)


@contextmanager
def on_disk(file: File) -> Iterator[BinaryIO]:
    """A stored file as one that another process can read anywhere in.

    Raises OSError (FileNotFoundError and what the store makes of it) when it cannot be opened.
    """
    with file.open("rb") as opened:
        if _is_real(opened.file):
            yield cast(BinaryIO, opened.file)
            return
        with tempfile.TemporaryFile() as copy:
            for chunk in opened.chunks(CHUNK):
                copy.write(chunk)
            copy.seek(0)
            yield copy


def _is_real(file: Any) -> bool:
    """Whether the system knows a file, so that another process can read it."""
    try:
        return bool(file.fileno() >= 0)
    except (AttributeError, OSError):
        return False


def digest_of(file: BinaryIO) -> str:
    """The BLAKE2b digest of a file's content, 32 hexadecimal digits; leaves it at its start."""
    found = hashlib.blake2b(digest_size=16)
    while chunk := file.read(CHUNK):
        found.update(chunk)
    file.seek(0)
    return found.hexdigest()


def read_text(file: BinaryIO, name: str, seconds: float = WALL_SECONDS) -> Reading:
    """The text of an open file; `name` tells its kind where the content does not.

    Takes no longer than `seconds`, whatever the file holds.
    """
    with tempfile.TemporaryFile() as answer:
        ended = _run(file, name, answer, seconds)
        answer.seek(0)
        return understand(answer, ended)


def _run(file: BinaryIO, name: str, answer: IO[bytes], seconds: float) -> State | None:
    """Let the reader write to `answer`; the state when it was ended, None when it came to an end
    by itself."""
    environment = {key: os.environ[key] for key in ENVIRONMENT if key in os.environ}
    environment |= {"PYTHONPATH": str(settings.BASE_DIR), "OMP_THREAD_LIMIT": "1"}
    process = subprocess.Popen(  # noqa: S603
        [sys.executable, "-m", "search.files.readers", name[-100:]],
        stdin=file, stdout=answer, stderr=subprocess.DEVNULL, env=environment,
        start_new_session=True,
    )  # fmt: skip
    try:
        code = process.wait(seconds)
    except subprocess.TimeoutExpired:
        return State.TIMEOUT
    finally:
        # Text recognition runs in processes of its own, which must not outlive this call.
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    if code in (-signal.SIGXCPU, -signal.SIGKILL):
        return State.TIMEOUT
    return State.CORRUPT if code else None


def understand(answer: IO[bytes], ended: State | None) -> Reading:
    """What the lines of a reader say; `ended` is the state when it could not come to its end."""
    reading = Reading(ended or State.CORRUPT)
    for line in answer:
        entry = _entry(line)
        if "state" in entry:
            reading.state, reading.parts = State(entry["state"]), entry["parts"]
        elif "text" in entry:
            reading.pieces.append(Piece(entry["text"], entry["number"], entry["name"]))
    if not reading.parts and any(piece.number for piece in reading.pieces):
        reading.parts = "page"
    return reading


def _entry(line: bytes) -> dict[str, Any]:
    """One line of the reader; the last one may have been cut off."""
    try:
        entry = json.loads(line)
    except ValueError:
        return {}
    return entry if isinstance(entry, dict) else {}
