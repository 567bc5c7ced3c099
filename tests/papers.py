"""Procedures, notices, disclosed items and questions as editors make them."""

from __future__ import annotations

from typing import Any, TypeVar

from cms.basepage.models import BasePage
from cms.disclosure.models import DisclosureGroup, DisclosurePage
from cms.notices.models import NoticePage
from cms.procedures.models import ProcedureFee, ProcedurePage, ProcedurePaper
from cms.questions.models import QuestionPage
from cms.vocabularies.models import Field
from sites.units.models import AdministrativeUnit
from tests.factories import paragraph, section_of

Made = TypeVar("Made", bound=BasePage)


def publish(page: Made, unit: AdministrativeUnit, section: str) -> Made:
    """Put a page into a section and publish it through a revision."""
    section_of(unit, section).add_child(instance=page)
    page.save_revision().publish()
    fresh: Made = type(page).objects.get(pk=page.pk)
    return fresh


def make_procedure(
    unit: AdministrativeUnit, title: str = "Đăng ký khai sinh", **values: Any
) -> ProcedurePage:
    """A procedure with one paper and one fee."""
    values = {
        "code": "1.001193", "level": "commune", "field": Field.objects.get(code="ho-tich"),
        "time_value": 3, "place_vi": "Bộ phận Một cửa", "legal_basis": "Luật số 60/2014/QH13",
        "body_vi": paragraph("Nộp hồ sơ tại quầy."),
    } | values  # fmt: skip
    page = ProcedurePage(title=title, **values)
    page.papers.add(ProcedurePaper(name_vi="Tờ khai", originals=1))
    page.fees.add(ProcedureFee(name_vi="Mỗi bản", amount=8000))
    return publish(page, unit, "thu-tuc-hanh-chinh")


def make_notice(
    unit: AdministrativeUnit, title: str = "Lịch cắt điện", **values: Any
) -> NoticePage:
    """A notice in the section for notices."""
    values = {"kind": "thong-bao", "body_vi": paragraph("Nội dung.")} | values
    return publish(NoticePage(title=title, **values), unit, "thong-bao")


def make_disclosed(
    unit: AdministrativeUnit, group: str = "ngan-sach", text: str = "Số liệu.", **values: Any
) -> DisclosurePage:
    """An item of a group."""
    page = DisclosurePage(
        title=values.pop("title", "Thực hiện dự toán ngân sách"),
        group=DisclosureGroup.objects.get(code=group),
        body_vi=paragraph(text),
        **values,
    )
    return publish(page, unit, "cong-khai")


def make_question(
    unit: AdministrativeUnit, title: str = "Xin trích lục ở đâu?", **values: Any
) -> QuestionPage:
    """A question with its answer."""
    field = Field.objects.get(code=values.pop("field", "ho-tich"))
    body = paragraph(values.pop("answer", "Tại xã nơi đã đăng ký."))
    return publish(QuestionPage(title=title, field=field, body_vi=body, **values), unit, "hoi-dap")
