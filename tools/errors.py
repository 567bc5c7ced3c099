"""The one way in which a tool fails: a sentence in both languages that says what to do."""

import sys


class ToolError(Exception):
    """A failure for people: ``vi`` and ``en`` are sentences, ``status`` the exit status."""

    def __init__(self, vi: str, en: str, status: int = 1) -> None:
        super().__init__(en)
        self.vi = vi
        self.en = en
        self.status = status


def report(error: ToolError) -> int:
    """Print the failure to standard error, Vietnamese first; returns its exit status."""
    print(f"\nLỗi: {error.vi}\nError: {error.en}", file=sys.stderr, flush=True)
    return error.status


def warn(vi: str, en: str) -> None:
    """Print something that people should know although the work goes on."""
    print(f"  Lưu ý: {vi}\n  Note: {en}", file=sys.stderr, flush=True)
