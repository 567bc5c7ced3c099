"""The papers of the demonstration name only what exists, and read like the rest."""

from __future__ import annotations

import csv
import unicodedata
from pathlib import Path

import pytest

from cms.documents.numbers import check_number, read_number
from cms.notices.models import NoticeKind
from cms.procedures.models import NATIONAL_CODE

from .reading import CONTENT, Raw, files, read, strings

ROOT = CONTENT.parents[2]
FOLDERS = {
    "documents": "document", "procedures": "procedure", "notices": "notice",
    "disclosure": "item", "questions": "question",
}  # fmt: skip


def entries(folder: str) -> list[Raw]:
    """All entries of a folder."""
    return [entry for path in files(folder) for entry in read(path)[FOLDERS[folder]]]


def codes(path: Path) -> set[str]:
    """The codes of a shipped vocabulary."""
    with path.open(encoding="utf-8", newline="") as file:
        return {line["code"] for line in csv.DictReader(file)}


@pytest.mark.parametrize("folder", FOLDERS)
def test_keys_are_unique_and_texts_are_in_nfc(folder: str) -> None:
    found = entries(folder)
    keys = [entry["key"] for entry in found]
    assert len(set(keys)) == len(keys)
    for text in strings(found):
        assert unicodedata.is_normalized("NFC", text)
        assert text == text.strip()
    assert all(len(entry["title"]) <= 200 for entry in found)


def test_there_is_enough_of_everything() -> None:
    assert len(entries("documents")) >= 40
    assert len(entries("procedures")) >= 30
    assert sum("en" in entry for entry in entries("procedures")) >= 20
    assert len(entries("questions")) >= 30
    groups = {entry["group"] for entry in entries("disclosure")}
    assert len(groups) == 14
    assert len(read(files("disclosure")[0])["units"]) >= 6
    assert sum("urgent" in entry for entry in entries("notices")) == 2


def test_documents_name_terms_and_documents_that_exist() -> None:
    vocabularies = ROOT / "cms" / "vocabularies" / "data"
    kinds, issuers = codes(vocabularies / "document_kinds.csv"), codes(vocabularies / "issuers.csv")
    fields = codes(vocabularies / "fields.csv")
    documents = entries("documents")
    keys = {document["key"] for document in documents}
    for document in documents:
        check_number(document["number"])
        assert read_number(document["number"]), document["number"]
        assert document["kind"] in kinds
        assert document["issuer"] in issuers
        assert document["field"] in fields
        for kind, key in document.get("relations", []):
            assert kind in {"replaces", "amends", "based_on"}
            assert key in keys, key
        begins = max(document["issued"], document.get("effective", document["issued"]))
        assert document.get("expires", begins.replace(year=9999)) > begins


def test_procedures_questions_and_notices_name_what_exists() -> None:
    fields = codes(ROOT / "cms" / "vocabularies" / "data" / "fields.csv")
    procedures = entries("procedures")
    keys = {procedure["key"] for procedure in procedures}
    for procedure in procedures:
        assert not procedure["code"] or NATIONAL_CODE.fullmatch(procedure["code"])
        assert procedure["field"] in fields
        assert procedure["papers"]
        assert procedure["fees"]
    for question in entries("questions"):
        assert question["field"] in fields
        assert set(question.get("links", [])) <= keys
    for notice in entries("notices"):
        assert notice["kind"] in NoticeKind.values


def test_disclosed_items_name_groups_of_communes() -> None:
    path = ROOT / "cms" / "disclosure" / "data" / "groups.csv"
    groups = codes(path)
    assert {entry["group"] for entry in entries("disclosure")} <= groups
