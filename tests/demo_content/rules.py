"""What the files of the demonstration may contain; cms/demo/content/README.md says it in words."""

from __future__ import annotations

from .reading import Raw

PROVINCE_SECTIONS = {
    "gioi-thieu", "tin-tuc", "chi-dao-dieu-hanh", "thong-bao", "van-ban", "thu-tuc-hanh-chinh",
    "cong-khai", "chuyen-doi-so", "nong-thon-moi", "phong-chong-thien-tai", "y-te", "giao-duc",
    "van-hoa-du-lich", "an-ninh-trat-tu", "lay-y-kien", "hoi-dap", "danh-ba",
}  # fmt: skip
DISTRICT_SECTIONS = {
    "gioi-thieu", "tin-tuc", "chi-dao-dieu-hanh", "thong-bao", "van-ban", "cong-khai",
    "van-hoa-du-lich", "nong-thon-moi",
}  # fmt: skip
COMMUNE_SECTIONS = {
    "gioi-thieu", "tin-tuc", "thong-bao", "van-ban", "thu-tuc-hanh-chinh", "cong-khai",
    "lich-cong-tac", "hoi-dap", "van-hoa-the-thao",
}  # fmt: skip
MOTIFS = {
    "lychee", "rice", "river", "temple", "school", "clinic", "storm", "road", "market", "pottery",
    "vaccine", "computer", "tree", "flag", "meeting", "stork", "carrot", "onion", "loudspeaker",
    "book", "house", "factory", "festival", "document",
}  # fmt: skip
DISTRICTS = {"288", *(str(code) for code in range(290, 301))}
POLICIES = {"mandatory", "recommended", "library"}
DAYS = {"working", "weekend", "monday", "any"}
PLACEHOLDERS = {
    "kind", "Kind", "name", "unit", "Unit", "district", "date", "weekday", "day", "month", "year",
    "village", "village2", "Village", "Village2", "crop", "crop_season", "craft",
}  # fmt: skip
BLOCKS: dict[str, set[str]] = {
    "heading": {"level", "text"},
    "paragraph": {"text"},
    "quote": {"text", "source"},
    "list": {"ordered", "items"},
    "table": {"caption", "header", "rows"},
    "note": {"kind", "title", "text"},
    "image": {"motif", "caption", "alt"},
}


def block_fault(block: Raw) -> str | None:
    """What is wrong with a block, or None."""
    fields = set(block) - {"type"}
    if fields != BLOCKS.get(block["type"]):
        return f"a {block['type']} with {sorted(fields)}"
    if block["type"] == "heading" and block["level"] not in (2, 3):
        return f"a heading of level {block['level']}"
    if block["type"] == "note" and block["kind"] not in {"info", "warning", "contact"}:
        return f"a note of kind {block['kind']}"
    if block["type"] == "image" and block["motif"] not in MOTIFS:
        return f"an image of {block['motif']}"
    if block["type"] == "table" and {len(row) for row in block["rows"]} != {len(block["header"])}:
        return f"a ragged table {block['caption']!r}"
    return None
