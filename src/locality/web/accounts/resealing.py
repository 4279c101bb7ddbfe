"""Seal everything anew: in the newest way, with the newest key. As the owner, from the terminal.

Each row is a transaction of its own and those that are new already are left alone, so that it keeps
nobody waiting for long and may be stopped and begun again at any moment.
"""

from collections import Counter
from collections.abc import Iterator

from allauth.mfa.models import Authenticator
from django.db import transaction

from locality.sharing import passkeys
from locality.sharing.passkeys import Resealed
from locality.web import sealed
from locality.web.accounts.links import OWNER

BATCH = 200  # rows that are listed at once


def reseal(batch: int = BATCH) -> Counter[Resealed]:
    """Seal apps' secrets and passkeys anew and hash sealed recovery codes; count them."""
    counted = Counter(_factor(number) for number in _numbers(batch))
    counted.update(passkeys.reseal(OWNER, batch))
    return counted


def _numbers(batch: int) -> Iterator[int]:
    """The number of each second factor, listed a few at a time."""
    rows = Authenticator.objects.using(OWNER).order_by("pk").values_list("pk", flat=True)
    listed = list(rows[:batch])
    while listed:
        yield from listed
        listed = list(rows.filter(pk__gt=listed[-1])[:batch])


def _factor(number: int) -> Resealed:
    """Seal one second factor anew, if it is not and if it can be opened."""
    with transaction.atomic(using=OWNER):
        rows = Authenticator.objects.using(OWNER).select_for_update()
        found = rows.filter(pk=number).first()
        if found is None:  # taken away meanwhile
            return Resealed.NEW_ALREADY
        try:
            changed = _codes(found) if found.type == "recovery_codes" else _app(found)
        except sealed.Unreadable:
            return Resealed.UNREADABLE
    return Resealed.ANEW if changed else Resealed.NEW_ALREADY


def _codes(found: Authenticator) -> bool:
    return bool(found.wrap().convert())


def _app(found: Authenticator) -> bool:
    if sealed.is_newest(found.data["secret"]):
        return False
    found.data["secret"] = sealed.seal(sealed.unseal(found.data["secret"]))
    found.save(using=OWNER, update_fields=["data"])
    return True
