"""Documents: numbers, validity, relations, the page that residents read."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from cms.documents.models import DocumentPage, DocumentRelation
from cms.listings.models import Entry
from cms.listings.queries import State
from tests.conftest import Province, Reader, SignedIn
from tests.factories import make_person, push, section_of

from .factories import make_document, path_of

Kind = DocumentRelation.Kind


def state_of(document: DocumentPage) -> State:
    """The state of a document as it is in the database now."""
    return DocumentPage.objects.get(pk=document.pk).validity.state


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("15/2024/QĐ-UBND", "15/2024/qdubnd"),
        ("015/2024/qd-ubnd", "15/2024/qdubnd"),
        ("15 /2024/QĐ – UBND", "15/2024/qdubnd"),
        ("123/QĐ-UBND", "123/2024/qdubnd"),
        ("1178/BTTTT-THH", "1178/2024/bttttthh"),
        ("57-NQ/TW", "57/2024/nqtw"),
    ],
)
def test_any_spelling_of_a_number_has_the_same_key(
    hai_duong: Province, typed: str, key: str
) -> None:
    assert make_document(hai_duong.province, typed).number_keys[0] == key


@pytest.mark.parametrize("text", ["Quyết định", "số 15 năm 2024 của tỉnh về nước sạch", "---"])
def test_what_is_no_number_is_refused(hai_duong: Province, text: str) -> None:
    with pytest.raises(ValidationError):
        make_document(hai_duong.province, text)


def test_an_unknown_form_of_number_is_kept_and_found(hai_duong: Province) -> None:
    assert make_document(hai_duong.province, "KH2024.7").number_keys == ["kh20247"]


def test_a_document_without_number_is_a_draft(hai_duong: Province) -> None:
    assert make_document(hai_duong.province, "").number_keys == []


def test_dates_that_contradict_each_other_are_refused(hai_duong: Province) -> None:
    with pytest.raises(ValidationError):
        make_document(
            hai_duong.province,
            effective_on=datetime.date(2024, 6, 1),
            expires_on=datetime.date(2024, 5, 1),
        )


@pytest.mark.parametrize(
    ("effective", "expires", "state"),
    [
        (None, None, State.IN_FORCE),
        ("2099-01-01", None, State.PENDING),
        (None, "2024-12-31", State.EXPIRED),
        (None, "2099-12-31", State.IN_FORCE),
    ],
)
def test_validity_follows_from_the_dates(
    hai_duong: Province, effective: str | None, expires: str | None, state: State
) -> None:
    document = make_document(
        hai_duong.province,
        effective_on=effective and datetime.date.fromisoformat(effective),
        expires_on=expires and datetime.date.fromisoformat(expires),
    )
    assert state_of(document) is state


def test_a_replaced_document_expires_when_its_successor_takes_effect(hai_duong: Province) -> None:
    old = make_document(hai_duong.province, "1/2020/QĐ-UBND", issued="2020-01-02")
    acts = [{"kind": Kind.REPLACES, "target": old}]
    new = make_document(
        hai_duong.province, "2/2024/QĐ-UBND", relations=acts,
        effective_on=datetime.date(2024, 4, 1),
    )  # fmt: skip
    assert state_of(old) is State.EXPIRED
    assert DocumentPage.objects.get(pk=old.pk).validity.since == datetime.date(2024, 4, 1)
    new.unpublish()
    assert state_of(old) is State.IN_FORCE
    assert Entry.objects.get(page=old).ends_on is None
    new.save_revision().publish()
    assert Entry.objects.get(page=old).ends_on == datetime.date(2024, 4, 1)
    new.delete()
    assert Entry.objects.get(page=old).ends_on is None


def test_an_amended_document_is_partly_out_of_force(hai_duong: Province) -> None:
    old = make_document(hai_duong.province, "1/2020/QĐ-UBND", issued="2020-01-02")
    make_document(
        hai_duong.province, "2/2024/QĐ-UBND", relations=[{"kind": Kind.AMENDS, "target": old}]
    )
    assert state_of(old) is State.IN_PART


def test_a_successor_that_is_not_in_force_yet_changes_nothing_today(hai_duong: Province) -> None:
    old = make_document(hai_duong.province, "1/2020/QĐ-UBND", issued="2020-01-02")
    make_document(
        hai_duong.province, "2/2024/QĐ-UBND", relations=[{"kind": Kind.REPLACES, "target": old}],
        effective_on=datetime.date(2099, 1, 1),
    )  # fmt: skip
    assert state_of(old) is State.IN_FORCE


def test_a_lower_or_foreign_unit_cannot_end_a_document(hai_duong: Province) -> None:
    """Another tenant must not be able to change what a document is."""
    of_province = make_document(hai_duong.province)
    of_neighbour = make_document(hai_duong.nam_sach, "3/2024/QĐ-UBND")
    acts = [
        {"kind": Kind.REPLACES, "target": of_province},
        {"kind": Kind.AMENDS, "target": of_neighbour},
    ]
    make_document(hai_duong.thanh_son, "9/QĐ-UBND", relations=acts)
    assert state_of(of_province) is State.IN_FORCE
    assert state_of(of_neighbour) is State.IN_FORCE


def test_relations_are_found_by_number_and_shown_in_both_directions(
    hai_duong: Province, reader: Reader
) -> None:
    old = make_document(hai_duong.province, "1/2020/QĐ-UBND", "Cũ", issued="2020-01-02")
    acts = [
        {"kind": Kind.REPLACES, "number": "Quyết định số 01/2020/QĐ-UBND"},
        {"kind": Kind.BASED_ON, "number": "Luật Tài nguyên nước số 28/2023/QH15"},
    ]
    new = make_document(hai_duong.province, "2/2024/QĐ-UBND", "Mới", relations=acts)
    assert state_of(old) is State.EXPIRED
    client = reader(hai_duong.province)
    page = client.get(path_of(new)).content.decode()
    assert "Thay thế" in page
    assert f'href="{path_of(old)}"' in page
    assert "28/2023/QH15" in page
    page = client.get(path_of(old)).content.decode()
    assert "Bị thay thế bởi" in page
    assert f'href="{path_of(new)}"' in page
    assert "Hết hiệu lực" in page


def test_a_document_named_before_it_was_there_is_found_when_it_comes(hai_duong: Province) -> None:
    acts = [{"kind": Kind.REPLACES, "number": "1/2020/QĐ-UBND"}]
    make_document(hai_duong.province, "2/2024/QĐ-UBND", relations=acts)
    old = make_document(hai_duong.province, "1/2020/QĐ-UBND", issued="2020-01-02")
    assert state_of(old) is State.EXPIRED


def test_the_page_says_what_lists_and_search_need(hai_duong: Province, reader: Reader) -> None:
    document = make_document(
        hai_duong.thanh_ha, signer="Nguyễn Văn A", signer_position="Phó Chủ tịch"
    )
    facts = document.search_facts()
    assert facts.numbers == ("15/2024/QĐ-UBND",)
    assert facts.issuer == "Ủy ban nhân dân huyện Thanh Hà"
    assert facts.validity == "Còn hiệu lực"
    assert facts.kind == "Quyết định"
    card = document.answer()
    assert card
    assert ("Ngày ban hành", "05/03/2024") in card.rows
    data = document.structured_data("http://example.vn/")[0]
    assert data["@type"] == "Legislation"
    assert data["legislationDate"] == "2024-03-05"
    page = reader(hai_duong.thanh_ha).get(path_of(document)).content.decode()
    assert "Nguyễn Văn A" in page
    assert '"@type": "Legislation"' in page or '"@type":"Legislation"' in page


def test_a_received_document_stands_under_the_receivers_own_section(
    hai_duong: Province, reader: Reader
) -> None:
    document = make_document(hai_duong.province)
    push(document, "under:30:commune", policy="mandatory")
    client = reader(hai_duong.thanh_son)
    address = f"/van-ban/{document.slug}~{document.pk}/"
    assert address in client.get("/van-ban/").content.decode()
    answer = client.get(address)
    assert answer.status_code == 200
    assert "Ủy ban nhân dân tỉnh Hải Dương" in answer.content.decode()
    assert address not in reader(hai_duong.nam_sach).get("/van-ban/").content.decode()


def test_editors_make_documents_through_the_form(hai_duong: Province, signed_in: SignedIn) -> None:
    """The editor opens with all panels, and only in sections for documents."""
    client = signed_in(make_person(hai_duong.thanh_son))
    parent = section_of(hai_duong.thanh_son, "van-ban")
    answer = client.get(f"/pages/add/documents/documentpage/{parent.pk}/")
    assert answer.status_code == 200
    assert 'name="number"' in answer.content.decode()
    news = section_of(hai_duong.thanh_son, "tin-tuc")
    assert client.get(f"/pages/add/documents/documentpage/{news.pk}/").status_code in (302, 403)


def test_english_readers_get_english_words_and_the_vietnamese_title(
    hai_duong: Province, reader: Reader
) -> None:
    document: Any = make_document(hai_duong.thanh_ha)
    page = reader(hai_duong.thanh_ha).get(f"/en{path_of(document)}").content.decode()
    assert "People’s Committee of Thanh Ha District" in page
    assert "In force" in page
    assert 'lang="vi"' in page
