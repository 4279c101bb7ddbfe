"""Uses of emergency access, as far as they show: one's own, and those that leads were told of."""

import tomllib
from datetime import timedelta
from functools import cache
from pathlib import Path
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from locality.kit.errors import NotHere
from locality.sharing.acting import Actor
from locality.sharing.emergency.rules import Limits, is_live, review_due
from locality.sharing.models import EmergencyAccess
from locality.sharing.reads import post
from locality.sharing.words import Duty
from locality.ui.words import ToDo

FILE = Path(__file__).parent / "limits.toml"


@cache
def limits() -> Limits:
    """How long it lasts and how soon it is looked at."""
    return Limits(**tomllib.loads(FILE.read_text(encoding="utf-8")))


def access(access_id: UUID) -> EmergencyAccess:
    """Fetch one use of emergency access, or raise NotHere."""
    found = uses().filter(pk=access_id).first()
    if found is None:
        raise NotHere(f"emergency access {access_id}")
    return found


def my_live_access(access_id: UUID, by: Actor) -> EmergencyAccess:
    """Fetch one's own use while it lasts, or raise NotHere."""
    found = access(access_id)
    live = is_live(until=found.until, revoked_at=found.revoked_at, now=timezone.now())
    if found.post_id != by.post or found.purpose.key != by.purpose or not live:
        raise NotHere(f"emergency access {access_id}")
    return found


def uses() -> QuerySet[EmergencyAccess]:
    """Every use that shows, newest first, with who had it and what was found about it.

    Who holds records is told to nobody: that alone may give somebody away.
    """
    found = EmergencyAccess.objects.select_related("post__agency", "agency", "purpose")
    found = found.defer("owners")
    return found.select_related("review__by").order_by("-given_at", "-id")


def waiting(by: Actor) -> QuerySet[EmergencyAccess]:
    """Uses by people of a lead's agency, other than themselves, that nobody has looked at."""
    return uses().filter(agency=by.agency, review=None).exclude(person=by.person)


def late_elsewhere(by: Actor) -> QuerySet[EmergencyAccess]:
    """Uses by others about somebody whom a lead's agency knows, not looked at in time."""
    since = timezone.now() - timedelta(hours=limits().review_hours)
    return uses().exclude(agency=by.agency).filter(review=None, given_at__lt=since)


def to_do(by: Actor) -> list[ToDo]:
    """What waits for a governance lead: every use by their agency's people, from the moment of it;
    and by others about somebody their agency knows, once nobody has looked at it in time.
    """
    if Duty.GOVERN not in post(by.post).role.duties:
        return []
    return [*map(_look_at, waiting(by)), *map(_ring, late_elsewhere(by))]


def _look_at(one: EmergencyAccess) -> ToDo:
    says = _("%(name)s used emergency access. Find out why, and write down what you found.")
    return _to_do(one, says % {"name": one.post.name})


def _ring(one: EmergencyAccess) -> ToDo:
    says = _(
        "%(name)s used emergency access about somebody your agency knows, and nobody at "
        "%(agency)s has looked at it in time. Ring their information-governance lead."
    )
    return _to_do(one, says % {"name": one.post.name, "agency": one.agency})


def _to_do(one: EmergencyAccess, says: str) -> ToDo:
    due = review_due(one.given_at, limits())
    return ToDo(
        says=says, verb=_("Look at it"), url_name="sharing:emergency", url_args=(one.pk,), due=due,
        overdue=due < timezone.now(), kind=_("Emergency access"),
    )  # fmt: skip
