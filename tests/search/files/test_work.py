"""The quiet work goes on whatever fails, and the commands do it at once."""

from __future__ import annotations

import json
import threading
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db import OperationalError

from cms.media.models import PortalDocument
from search import quiet
from search.files.models import FilePage, FileText
from tests.conftest import Province

from . import makers


@pytest.mark.django_db
def test_the_command_reads_files_that_nobody_saw(
    hai_duong: Province, settings: Any, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    for number, data in enumerate((makers.make_pdf("Một"), b"%PDF-1.4 damaged")):
        file = ContentFile(data, name=f"{number}.pdf")
        PortalDocument.objects.create(title="Tệp", unit=hai_duong.thanh_son, file=file)
    FileText.objects.all().delete()
    out = StringIO()
    call_command("search_files", "--json", stdout=out, stderr=StringIO())
    assert json.loads(out.getvalue()) == {"read": 2, "states": {"corrupt": 1, "ok": 1}}
    assert FilePage.objects.get().text == "Một"
    again = StringIO()
    call_command("search_files", "--json", "--retry", stdout=again, stderr=StringIO())
    assert json.loads(again.getvalue())["read"] == 1


@pytest.mark.django_db
def test_failing_work_is_tried_again_and_stops_when_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quiet, "TROUBLE_SECONDS", 0.0)
    monkeypatch.setattr(quiet, "IDLE_SECONDS", 0.0)
    monkeypatch.setattr(quiet.connection, "close", lambda: None)
    stop = threading.Event()
    calls: list[int] = []

    def step() -> bool:
        calls.append(len(calls))
        if len(calls) == 1:
            raise OperationalError("gone")
        if len(calls) == 2:
            raise ValueError("odd")
        stop.set()
        return False

    quiet.work_quietly(stop, [step])
    assert len(calls) == 3
