"""Procedures of all three levels, published by the province for everybody below."""

from __future__ import annotations

from cms.procedures.models import ProcedureFee, ProcedurePage, ProcedurePaper
from cms.vocabularies.models import Field
from sites.units.models import Tier

from ..content_files import Raw
from .common import Desk, entries, steps

SECTION = "thu-tuc-hanh-chinh"
PROVINCE = "30"
WHERE = {
    Tier.COMMUNE: ("Bộ phận Một cửa của Ủy ban nhân dân cấp xã", "One-stop shop of the commune"),
    Tier.DISTRICT: (
        "Bộ phận Một cửa của Ủy ban nhân dân cấp huyện", "One-stop shop of the district",
    ),
    Tier.PROVINCE: (
        "Trung tâm Phục vụ hành chính công tỉnh", "Provincial Public Administrative Service Centre",
    ),
}  # fmt: skip
HOURS = (
    "Thứ Hai đến thứ Sáu: 7:30 – 11:30 và 13:30 – 16:30",
    "Monday to Friday: 7:30 – 11:30 and 13:30 – 16:30",
)
POLICE = ("Công an cấp xã", "Police of the commune")
STEPS = [
    "Chuẩn bị giấy tờ theo danh mục; nếu đã có trong cơ sở dữ liệu dân cư thì không phải nộp lại.",
    "Nộp trực tiếp tại nơi tiếp nhận, hoặc nộp trực tuyến bằng tài khoản định danh VNeID.",
    "Nhận giấy tiếp nhận hồ sơ và hẹn trả kết quả; hồ sơ thiếu được hướng dẫn bổ sung một lần.",
    "Nộp phí, lệ phí (nếu có) tại quầy hoặc thanh toán trực tuyến.",
    "Nhận kết quả tại quầy, qua bưu chính công ích hoặc bản điện tử trong kho dữ liệu cá nhân.",
]
ENGLISH_STEPS = [
    "Prepare the papers; what the population database holds need not be handed in again.",
    "Apply at the counter, or online with your VNeID account.",
    "Receive a slip with the date of the result; missing papers are asked for once.",
    "Pay the charge, if any, at the counter or online.",
    "Receive the result at the counter, by post or electronically.",
]


def fill_procedures(desk: Desk) -> None:
    """Pages, their papers and fees, and who receives them."""
    fields = {field.code: field for field in Field.objects.all()}
    written = [(raw, _page(raw, fields)) for raw in entries("procedures", "procedure")]
    desk.insert([(PROVINCE, SECTION, page) for _raw, page in written])
    ProcedurePaper.objects.bulk_create(
        ProcedurePaper(
            page=page, name_vi=name, originals=originals, copies=copies, sort_order=order
        )
        for raw, page in written
        for order, (name, originals, copies) in enumerate(raw["papers"])
    )
    ProcedureFee.objects.bulk_create(
        ProcedureFee(
            page=page,
            name_vi=name,
            amount=price if isinstance(price, int) else None,
            note_vi="" if isinstance(price, int) else price,
            sort_order=order,
        )
        for raw, page in written
        for order, (name, price) in enumerate(raw["fees"])
    )
    for raw, page in written:
        if raw["level"] != Tier.PROVINCE:
            desk.push(page, [f"under:{PROVINCE}:{raw['level']}"], "mandatory")


def _page(raw: Raw, fields: dict[str, Field]) -> ProcedurePage:
    place = POLICE if raw["field"] == "cu-tru" else WHERE[Tier(raw["level"])]
    english = raw.get("en", {})
    return ProcedurePage(
        source_id=f"demo:procedure:{raw['key']}",
        title=raw["title"],
        headline_en=english.get("title", ""),
        summary_vi=raw["summary"],
        summary_en=english.get("summary", ""),
        code=raw["code"],
        level=raw["level"],
        field=fields[raw["field"]],
        who_vi=raw["who"],
        sets=raw.get("sets", 1),
        time_value=raw.get("time"),
        time_unit=raw.get("time_unit", ProcedurePage.TimeUnit.WORKING_DAYS),
        time_note_vi=raw.get("time_note", ""),
        place_vi=place[0],
        place_en=place[1],
        hours_vi=HOURS[0],
        hours_en=HOURS[1],
        by_post=raw.get("post", True),
        online=raw["online"],
        result_vi=raw["result"],
        legal_basis="\n".join(raw["basis"]),
        is_popular=raw.get("popular", False),
        body_vi=steps(STEPS),
        body_en=steps(ENGLISH_STEPS) if english else "[]",
    )
