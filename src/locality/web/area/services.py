"""Bring an area's file into force, and write down what is in force."""

from django.utils import timezone

from locality.panels.reads.terms import terms_in_force
from locality.panels.services.terms import enter_panels
from locality.sharing.partners.reads import in_force
from locality.sharing.partners.services import enter_partners, ledger
from locality.web.area.words import Area


def apply(area: Area, *, keep: bool = True) -> list[str]:
    """Make the database what the file says, all or nothing, and say each change in a sentence.

    Keeps nothing unless `keep`. A second time changes nothing. Whatever the file leaves out ends
    by date. Refuses with `sharing.area_refused`, naming everything at once.
    """
    with ledger(keep=keep) as into:
        rows = enter_partners(into, area.partners)
        enter_panels(into, area.panels, area.partners.posts, rows)
    return into.says


def now() -> Area:
    """What is in force today, or will be: the file that would change nothing."""
    today = timezone.localdate()
    partners = in_force(today)
    return Area(partners, terms_in_force(partners.posts, today))
