"""Protection from robots without a third party and without cookies that follow people.

A field that only robots fill in; a signed stamp that shows when the form was fetched; a limit per
address, of which only a keyed hash is kept for a day; and one submission for the same text.
"""

from __future__ import annotations

import datetime
import hashlib
import hmac
import json
import secrets
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core import signing
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest
from django.utils import timezone

if TYPE_CHECKING:
    from .models import FormPage

TRAP = "website_url"
STAMP = "dau"
SALT = "cms.forms.stamp"
SENT_SALT = "cms.forms.sent"
FASTEST = datetime.timedelta(seconds=3)
SLOWEST = datetime.timedelta(hours=12)
PER_HOUR = 6
SAME_TEXT = datetime.timedelta(days=1)
SENT_VALID = datetime.timedelta(hours=1)
# Without 0, O, 1, I, L: numbers are read out on the telephone.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
REFERENCE_LENGTH = 8


def new_stamp(page: FormPage) -> str:
    """A stamp for a form that is being sent out."""
    return signing.TimestampSigner(salt=SALT).sign(str(page.pk))


def stamp_age(page: FormPage, stamp: str) -> datetime.timedelta | None:
    """How old a stamp is; None for one that is not this form's."""
    signer = signing.TimestampSigner(salt=SALT)
    try:
        if signer.unsign(stamp) != str(page.pk):
            return None
    except signing.BadSignature:
        return None
    seconds = signing.b62_decode(stamp.rsplit(":", 2)[1])
    return timezone.now() - datetime.datetime.fromtimestamp(seconds, datetime.UTC)


def address_key(request: HttpRequest, page: FormPage) -> str:
    """A keyed hash of the sender's address, of this form and of the day."""
    text = f"{client_address(request)}|{page.pk}|{timezone.localdate()}"
    return hmac.new(settings.SECRET_KEY.encode(), text.encode(), hashlib.sha256).hexdigest()


def client_address(request: HttpRequest) -> str:
    """The sender's address: in production the last one that the web server in front added."""
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "") if settings.PRODUCTION else ""
    return forwarded.rsplit(",", 1)[-1].strip() or request.META.get("REMOTE_ADDR", "")


def too_many(request: HttpRequest, page: FormPage) -> bool:
    """Whether this address has sent this form too often within the hour. One query."""
    from .models import Attempt

    since = timezone.now() - datetime.timedelta(hours=1)
    found = Attempt.objects.filter(key=address_key(request, page), at__gt=since)
    return found.count() >= PER_HOUR


def fingerprint(page: FormPage, data: dict[str, Any]) -> str:
    """The same for the same form and the same data."""
    text = json.dumps([page.pk, data], cls=DjangoJSONEncoder, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def new_reference() -> str:
    """A number for the sender to ask by, which nobody can guess: `7KM3-9QXD`."""
    letters = "".join(secrets.choice(ALPHABET) for _ in range(REFERENCE_LENGTH))
    return f"{letters[:4]}-{letters[4:]}"
