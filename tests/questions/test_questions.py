"""Questions: the list with its box, the answer, what search engines are told."""

from __future__ import annotations

import datetime

import pytest
from django.core.exceptions import ValidationError

from cms.questions.models import QuestionLink
from tests.conftest import Province, Reader
from tests.discovery.schema import objects_in, problems
from tests.documents.factories import make_document, path_of
from tests.factories import push
from tests.papers import make_procedure, make_question


def test_the_list_opens_answers_and_filters(hai_duong: Province, reader: Reader) -> None:
    make_question(hai_duong.province, "Xin trích lục ở đâu?", answer="Tại xã.")
    make_question(
        hai_duong.province, "Tách thửa đất thế nào?", field="dat-dai", answer="Hỏi huyện."
    )
    client = reader(hai_duong.province)

    def shown(query: str) -> set[str]:
        page = client.get(f"/hoi-dap/?{query}").content.decode()
        return {word for word in ("Tại xã.", "Hỏi huyện.") if word in page}

    assert shown("") == {"Tại xã.", "Hỏi huyện."}
    assert shown("linh-vuc=dat-dai") == {"Hỏi huyện."}
    assert shown("tu-khoa=trich luc") == {"Tại xã."}
    assert shown("tu-khoa=tach+thu") == {"Hỏi huyện."}
    assert shown("tu-khoa=khong-co-gi") == set()
    assert "<details" in client.get("/hoi-dap/").content.decode()


def test_an_answer_links_documents_and_procedures(hai_duong: Province, reader: Reader) -> None:
    document = make_document(hai_duong.province)
    procedure = make_procedure(hai_duong.province)
    question = make_question(
        hai_duong.province, answer="Theo Quyết định số 15/2024/QĐ-UBND của UBND tỉnh."
    )
    QuestionLink.objects.create(page=question, target=procedure)
    page = reader(hai_duong.province).get(path_of(question)).content.decode()
    assert f'<a class="cited" href="{path_of(document)}"' in page
    assert f'href="{path_of(procedure)}"' in page
    data = question.structured_data("http://example.vn/")[0]
    assert data["@type"] == "FAQPage"
    assert "15/2024/QĐ-UBND" in data["mainEntity"][0]["acceptedAnswer"]["text"]


def test_list_and_detail_are_faq_pages(hai_duong: Province, reader: Reader) -> None:
    question = make_question(hai_duong.province, "Xin trích lục ở đâu?", answer="Tại xã.")
    make_question(hai_duong.province, "Tách thửa đất thế nào?", answer="Hỏi huyện.")
    make_question(hai_duong.province, "Chưa trả lời?", answer="")

    def faq(path: str) -> list[list[str]]:
        things = objects_in(reader(hai_duong.province).get(path).content.decode())
        assert problems(things) == []
        pages = [thing for thing in things if thing["@type"] == "FAQPage"]
        return [sorted(entry["acceptedAnswer"]["text"] for entry in p["mainEntity"]) for p in pages]

    assert faq("/hoi-dap/") == [["Hỏi huyện.", "Tại xã."]]
    assert faq(path_of(question)) == [["Tại xã."]]
    assert faq("/hoi-dap/?tu-khoa=trich+luc") == []
    assert faq("/hoi-dap/chua-tra-loi/") == []


def test_received_questions_stand_on_the_receivers_site(
    hai_duong: Province, reader: Reader
) -> None:
    question = make_question(hai_duong.province)
    push(question, "under:30")
    client = reader(hai_duong.thanh_son)
    address = f"/hoi-dap/{question.slug}~{question.pk}/"
    assert address in client.get("/hoi-dap/").content.decode()
    assert client.get(address).status_code == 200


def test_an_answer_before_its_question_is_refused(hai_duong: Province) -> None:
    with pytest.raises(ValidationError):
        make_question(
            hai_duong.province,
            asked_on=datetime.date(2025, 2, 2),
            answered_on=datetime.date(2025, 2, 1),
        )
