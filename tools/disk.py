"""Space on disk, asked before a large step instead of failing in the middle of it."""

import shutil
from pathlib import Path

from tools.errors import ToolError

NEEDED = 1_500_000_000


def check_space(folder: Path, needed: int = NEEDED) -> None:
    """Raise :class:`ToolError` when fewer than ``needed`` bytes are free where ``folder`` lies."""
    free = shutil.disk_usage(folder).free
    if free >= needed:
        return
    raise ToolError(
        f"Ổ đĩa chứa {folder} chỉ còn {free / 1e9:.1f} GB, cần {needed / 1e9:.1f} GB. "
        "Hãy giải phóng dung lượng rồi chạy lại.",
        f"The disk of {folder} has only {free / 1e9:.1f} GB left and {needed / 1e9:.1f} GB are "
        "needed. Free some space and run again.",
    )
