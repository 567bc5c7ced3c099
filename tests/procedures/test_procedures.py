"""Procedures: what residents read, the list, the national portal, the short answer."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.test import RequestFactory

from cms.procedures.models import ProcedureFee
from cms.procedures.queries import most_used_procedures
from sites.distribution.sections import load_sections
from tests.conftest import Province, Reader
from tests.documents.factories import make_document, path_of
from tests.factories import push
from tests.papers import make_procedure


def test_a_procedure_shows_papers_time_fee_place_and_linked_basis(
    hai_duong: Province, reader: Reader
) -> None:
    law = make_document(
        hai_duong.province, "60/2014/QH13", "Luật Hộ tịch", kind="luat", issuer="quoc-hoi"
    )
    page = make_procedure(hai_duong.province)
    body = reader(hai_duong.province).get(path_of(page)).content.decode()
    for text in ("Tờ khai", "3 ngày làm việc", "8.000 đồng", "Bộ phận Một cửa", "1.001193"):
        assert text in body, text
    assert f'<a class="cited" href="{path_of(law)}"' in body
    assert f'href="{page.national_address}"' in body
    assert page.national_address.startswith("https://dichvucong.gov.vn/")


def test_the_answer_holds_time_fee_and_place_only_where_they_are_known(
    hai_duong: Province,
) -> None:
    card = make_procedure(hai_duong.province).answer()
    assert card
    assert [value for _label, value in card.rows] == [
        "3 ngày làm việc", "Mỗi bản: 8.000 đồng", "Bộ phận Một cửa",
    ]  # fmt: skip
    bare = make_procedure(hai_duong.province, "Không rõ", time_value=None, place_vi="")
    bare.fees.all().delete()
    assert bare.answer() is None


@pytest.mark.parametrize("code", ["1.12345", "TTHC-1", "javascript:alert(1)", "1.001193&x=1"])
def test_a_code_that_is_none_is_refused(hai_duong: Province, code: str) -> None:
    with pytest.raises(ValidationError):
        make_procedure(hai_duong.province, code=code)


def test_the_suffix_of_an_authority_is_left_out_of_the_national_address(
    hai_duong: Province,
) -> None:
    page = make_procedure(hai_duong.province, code="1.001193.000.00.00.H23")
    assert page.national_address.endswith("?ma_thu_tuc=1.001193")
    assert page.national_address.startswith("https://")


def test_fees_in_words_and_free_of_charge() -> None:
    assert ProcedureFee(amount=0).price == "Miễn phí"
    assert ProcedureFee(amount=1_250_000).price == "1.250.000 đồng"
    with pytest.raises(ValidationError):
        ProcedureFee(amount=None).clean()


def test_the_list_is_in_the_order_of_the_alphabet_and_filtered(
    hai_duong: Province, reader: Reader
) -> None:
    for title in ("Đăng ký kết hôn", "Chứng thực chữ ký", "Cấp bản sao", "Ấn định"):
        make_procedure(hai_duong.province, title)
    make_procedure(hai_duong.province, "Đấu thầu", level="province", code="1.999999")
    client = reader(hai_duong.province)
    page = client.get("/thu-tuc-hanh-chinh/").content.decode()
    order = ["Ấn định", "Cấp bản sao", "Chứng thực chữ ký", "Đăng ký kết hôn", "Đấu thầu"]
    places = [page.index(f">{title}</a>") for title in order]
    assert places == sorted(places)
    assert "Cấp xã (4)<" in page
    page = client.get("/thu-tuc-hanh-chinh/?tu-khoa=dang+ky").content.decode()
    assert "Cấp xã (1)<" in page
    assert "Cấp tỉnh (0)<" in page
    page = client.get("/thu-tuc-hanh-chinh/?cap=province").content.decode()
    assert "Đấu thầu" in page
    assert "Cấp bản sao" not in page
    page = client.get("/thu-tuc-hanh-chinh/?tu-khoa=ket hon").content.decode()
    assert "Đăng ký kết hôn" in page
    assert "Cấp bản sao" not in page
    page = client.get("/thu-tuc-hanh-chinh/?tu-khoa=1.999999").content.decode()
    assert "Đấu thầu" in page
    assert client.get("/thu-tuc-hanh-chinh/?tu-khoa=%25_%00&trang=1").status_code == 200
    assert client.get("/thu-tuc-hanh-chinh/?trang=2").status_code == 404


def test_communes_receive_procedures_and_know_the_most_used(
    hai_duong: Province, reader: Reader
) -> None:
    page = make_procedure(hai_duong.province, is_popular=True)
    make_procedure(hai_duong.province, "Ít dùng")
    push(page, "under:30:commune", policy="mandatory")
    address = f"/thu-tuc-hanh-chinh/{page.slug}~{page.pk}/"
    client = reader(hai_duong.thanh_son)
    body = client.get("/thu-tuc-hanh-chinh/").content.decode()
    assert body.count(f'href="{address}"') == 2  # popular, and in the list
    assert client.get(address).status_code == 200
    request = RequestFactory().get("/")
    request._site_sections = load_sections(hai_duong.thanh_son)  # type: ignore[attr-defined]
    used = most_used_procedures(request, hai_duong.thanh_son)
    assert [item.url for item in used] == [address]
