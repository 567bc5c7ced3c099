"""The demonstration's accounts. Their password is public and refused outside the demonstration."""

from __future__ import annotations

from django.conf import settings

from sites.people.models import Membership, Role, User
from sites.units.models import AdministrativeUnit

# user name: (family and middle name, given name, unit code, role)
ACCOUNTS = {
    "bientap.tinh": ("Nguyễn Thu", "Hà", "30", Role.EDITOR),
    "duyet.tinh": ("Phạm Minh", "Quang", "30", Role.APPROVER),
    "quantri.tinh": ("Trần Hải", "Yến", "30", Role.ADMINISTRATOR),
    "bientap.huyen": ("Lê Thanh", "Mai", "294", Role.EDITOR),
    "duyet.huyen": ("Vũ Đình", "Toàn", "294", Role.APPROVER),
    "bientap.xa": ("Bùi Thị", "Ngân", "10867", Role.EDITOR),
    "duyet.xa": ("Đỗ Văn", "Khải", "10867", Role.APPROVER),
}
SUPERUSER = "quantri"


def make_accounts() -> dict[str, User]:
    """Create the accounts that are missing; returns all of them by user name."""
    units = {
        code: AdministrativeUnit.objects.with_code(code)
        for code in {code for *_names, code, _role in ACCOUNTS.values()}
    }
    users: dict[str, User] = {}
    for username, (family, given, code, role) in ACCOUNTS.items():
        users[username] = _user(username, family, given)
        Membership.objects.get_or_create(
            user=users[username], unit=units[code], defaults={"role": role}
        )
    users[SUPERUSER] = _user(SUPERUSER, "Quản trị", "hệ thống", is_superuser=True)
    return users


def _user(username: str, family: str, given: str, *, is_superuser: bool = False) -> User:
    user, created = User.objects.get_or_create(
        username=username,
        defaults={
            "last_name": family,
            "first_name": given,
            "email": f"{username}@haiduong.example",
            "is_superuser": is_superuser,
        },
    )
    if created:
        user.set_password(settings.DEMO_PASSWORD)
        user.save()
    return user
