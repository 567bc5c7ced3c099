"""Made-up articles of an old portal: the same ones in every run, from word lists of our own."""

from __future__ import annotations

import datetime
import gzip
import json
import random
from collections.abc import Iterator
from pathlib import Path

SEED = 2025
PARAGRAPHS = 6
SENTENCES = (2, 4)
FIRST_DAY = datetime.datetime(2022, 1, 3, 7, 30, tzinfo=datetime.UTC)
DAYS = 1200

WHO = [
    "Ủy ban nhân dân xã", "Hội Nông dân", "Hội Phụ nữ", "Đoàn Thanh niên", "Trạm Y tế",
    "Ban chỉ huy phòng thủ dân sự", "Trường Tiểu học", "Hợp tác xã dịch vụ nông nghiệp",
    "Mặt trận Tổ quốc", "Công an xã", "Bộ phận một cửa", "Hội Người cao tuổi",
]  # fmt: skip
DOES = [
    "tổ chức", "triển khai", "thông báo", "phối hợp thực hiện", "hoàn thành", "tiếp nhận",
    "kiểm tra", "hướng dẫn bà con", "vận động nhân dân tham gia", "niêm yết công khai",
]  # fmt: skip
WHAT = [
    "lịch tiêm phòng dại cho đàn chó mèo", "kế hoạch gieo cấy lúa mùa", "đợt khám sức khỏe",
    "việc cấp đổi thẻ bảo hiểm y tế", "ngày tổng vệ sinh đường làng", "hội thi gói bánh chưng",
    "danh sách hộ vay vốn ưu đãi", "việc nạo vét kênh mương nội đồng", "giải bóng chuyền hơi",
    "quy hoạch sử dụng đất", "phương án ứng phó bão lũ", "hồ sơ đăng ký khai sinh trực tuyến",
    "lớp học kỹ năng số cộng đồng", "việc thu gom vỏ bao thuốc bảo vệ thực vật",
    "buổi tiếp xúc cử tri", "chương trình thắp sáng ngõ xóm", "việc chi trả trợ cấp xã hội",
]  # fmt: skip
WHERE = [
    "tại nhà văn hóa thôn", "ở trụ sở ủy ban", "trên cánh đồng", "tại sân vận động trung tâm",
    "ở chợ", "dọc bờ sông", "tại đình làng", "trong khu dân cư số", "ở trường mầm non",
]  # fmt: skip
WHEN = [
    "từ đầu tháng", "trong tuần tới", "trước ngày rằm", "vào sáng thứ bảy", "sau vụ thu hoạch",
    "đến hết quý", "trong giờ hành chính", "ngay sau khi nước rút",
]  # fmt: skip
WHY = [
    "nhằm bảo đảm quyền lợi của người dân", "để kịp thời vụ", "theo chỉ đạo của cấp trên",
    "với sự hỗ trợ của các hộ kinh doanh", "góp phần giữ gìn cảnh quan", "và được bà con đồng tình",
]  # fmt: skip
ONSETS = ["b", "ch", "đ", "gi", "h", "kh", "l", "m", "ng", "nh", "ph", "s", "t", "th", "tr", "v"]
RIMES = [
    "a",
    "á",
    "ạ",
    "an",
    "ẩm",
    "áng",
    "ảo",
    "âu",
    "ăng",
    "oan",
    "ô",
    "ống",
    "ươi",
    "ượng",
    "uy",
]
SECTIONS = ["tin-tuc", "tin-tuc", "thong-bao", "thong-bao", "tin-tuc", "khong-con"]


def place_name(chance: random.Random) -> str:
    """A name of two syllables that nobody has, but everybody could."""
    syllables = (chance.choice(ONSETS) + chance.choice(RIMES) for _ in range(2))
    return " ".join(syllables).title()


def sentence(chance: random.Random) -> str:
    """One plausible sentence."""
    where = f"{chance.choice(WHERE)} {place_name(chance)}"
    parts = [chance.choice(WHO), chance.choice(DOES), chance.choice(WHAT), where]
    return f"{' '.join(parts)} {chance.choice(WHEN)} {chance.choice(WHY)}."


def article(number: int, chance: random.Random) -> dict[str, object]:
    """One line of the file: about 2,700 characters, 3.6 kB."""
    moment = FIRST_DAY + datetime.timedelta(days=chance.randrange(DAYS), minutes=number % 600)
    body = [
        " ".join(sentence(chance) for _ in range(chance.randint(*SENTENCES)))
        for _ in range(PARAGRAPHS)
    ]
    title = f"{chance.choice(WHO)} {chance.choice(DOES)} {chance.choice(WHAT)}"
    return {
        "id": f"bench-{number}",
        "title": f"{title} ở {place_name(chance)}",
        "summary": sentence(chance),
        "body": body,
        "published": moment.isoformat(),
        "section": chance.choice(SECTIONS),
    }


def articles(count: int) -> Iterator[dict[str, object]]:
    """The first articles of the endless same row."""
    chance = random.Random(SEED)
    for number in range(count):
        yield article(number, chance)


def write_articles(path: Path, count: int) -> int:
    """Write them as gzipped JSON Lines; returns the number of bytes before compression."""
    size = 0
    with gzip.open(path, "wb", compresslevel=1) as file:
        for value in articles(count):
            line = json.dumps(value, ensure_ascii=False).encode() + b"\n"
            size += len(line)
            file.write(line)
    return size
