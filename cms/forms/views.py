"""A form as readers meet it: shown, sent, refused with reasons, thanked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from . import guard

if TYPE_CHECKING:
    from .models import FormPage

CONSENT = "dong_y"


def serve_form(page: FormPage, request: HttpRequest) -> HttpResponse:
    """Answer a request for a form page.

    200 the form or the thanks, 303 after sending, 410 when it is closed, 422 with the form and its
    errors, 429 when too much came from the same address. What was typed is never lost.
    """
    reference = _sent(page, request.GET.get("da-gui", ""))
    if reference:
        return _answer(page, request, {"reference": reference}, page.landing_page_template)
    if page.closes_at and page.closes_at <= timezone.now():
        return _answer(page, request, {"is_closed": True}, status=410)
    if request.method != "POST":
        return _show(page, request, page.get_form(page=page, user=request.user))
    return _take(page, request)


def _take(page: FormPage, request: HttpRequest) -> HttpResponse:
    from .actions import SubmitAction

    form = page.get_form(request.POST, page=page, user=request.user)
    if request.POST.get(guard.TRAP):
        # A robot learns nothing: it is thanked, and nothing is kept.
        return _redirect(page, request, guard.new_reference())
    valid = form.is_valid()
    problems = _problems(page, request)
    if not valid or problems:
        return _show(page, request, form, problems, status=422)
    if guard.too_many(request, page):
        message = _("Too many messages came from this connection. Please try again in an hour.")
        return _show(page, request, form, [("", message)], status=429)
    key = guard.address_key(request, page)
    made = SubmitAction(page, form.cleaned_data, page.consent, key).execute()
    return _redirect(page, request, made.reference)


def _problems(page: FormPage, request: HttpRequest) -> list[tuple[str, str]]:
    """What stands in the way besides the fields: `(id of the field or empty, message)`."""
    found = []
    if not request.POST.get(CONSENT):
        found.append((f"id_{CONSENT}", _("Please agree to the use of your data, or do not send.")))
    age = guard.stamp_age(page, request.POST.get(guard.STAMP, ""))
    if age is None or not guard.FASTEST <= age <= guard.SLOWEST:
        found.append(("", _("Please check what you wrote and send it once more.")))
    return found


def _show(
    page: FormPage,
    request: HttpRequest,
    form: Any,
    problems: list[tuple[str, str]] | None = None,
    status: int = 200,
) -> HttpResponse:
    own = [
        (form[name].id_for_label or form[name].auto_id, f"{form[name].label}: {message}")
        for name, messages in form.errors.items()
        for message in messages
    ]
    context = {
        "form": form,
        "problems": own + (problems or []),
        "stamp": guard.new_stamp(page),
        "agreed": bool(request.POST.get(CONSENT)),
        "lacks_consent": any(key == f"id_{CONSENT}" for key, _message in problems or []),
    }
    return _answer(page, request, context, status=status)


def _answer(
    page: FormPage,
    request: HttpRequest,
    context: dict[str, Any],
    template: str = "",
    status: int = 200,
) -> HttpResponse:
    names = {"trap": guard.TRAP, "stamp_name": guard.STAMP, "consent_name": CONSENT}
    answer = TemplateResponse(
        request, template or page.template, page.get_context(request) | names | context,
        status=status,
    )  # fmt: skip
    answer["Cache-Control"] = "private, no-store"
    return answer


def _redirect(page: FormPage, request: HttpRequest, reference: str) -> HttpResponse:
    """To the thanks; the reference is signed, so that nobody can make the page say another one."""
    sent = signing.dumps([page.pk, reference], salt=guard.SENT_SALT)
    answer = HttpResponseRedirect(f"{request.path}?da-gui={sent}")
    answer.status_code = 303
    return answer


def _sent(page: FormPage, sent: str) -> str:
    """The reference of the thanks; empty for anything else, and after an hour."""
    try:
        key, reference = signing.loads(sent, salt=guard.SENT_SALT, max_age=guard.SENT_VALID)
    except (signing.BadSignature, ValueError):
        return ""
    return str(reference) if key == page.pk else ""
