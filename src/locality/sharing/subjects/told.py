"""The person's own disclosure log: what of what is held was given to whom, when and why."""

from collections.abc import Iterable, Iterator, Mapping
from uuid import UUID

from django.utils.translation import gettext as _

from locality.sharing.models import Disclosed, Disclosure, Member, SubjectRequest
from locality.sharing.subjects.words import Found, Part
from locality.sharing.words import GATEWAY_NAMES, Gateway
from locality.ui.clock import date_in_words
from locality.ui.language import shown

KIND = "sharing.disclosure"


def given_to_others(
    row: SubjectRequest, held: Iterable[Found], users: Mapping[UUID, UUID]
) -> Iterator[Found]:
    """Every disclosure of some rows by the agency that answers, as far as it shows.

    Each is withheld unless a human says that telling it harms nobody.
    """
    says = {one.item: one.says for one in held}
    items = list(Disclosed.objects.filter(item__in=says, giver=row.agency_id))
    acts = Disclosure.objects.filter(
        pk__in={one.disclosure_id for one in items}, owner=row.agency_id
    ).select_related("purpose")
    whom = _recipients(acts)
    for act in acts:
        kinds = sorted({says[one.item] for one in items if one.disclosure_id == act.pk})
        writer = users.get(act.given_by_id)
        yield Found(
            KIND, act.pk, _("What we shared, and with whom"), act.given_at.date(),
            tuple(_parts(act, kinds, whom.get(act.circle_id, []))), (),
            frozenset({writer} - {None}), careful=True,
        )  # fmt: skip


def _parts(act: Disclosure, kinds: list[str], agencies: list[str]) -> Iterator[Part]:
    yield Part("what", _("What was shared"), "\n".join(kinds))
    yield Part("whom", _("With whom"), "\n".join(agencies) or _("People who work on this with us"))
    yield Part("purpose", _("What for"), shown(act.purpose.name))
    yield Part("gateway", _("On what ground"), shown(GATEWAY_NAMES[Gateway(act.gateway)]))
    yield Part("necessity", _("Why it was needed"), act.necessity)
    if act.withdrawn_at:
        yield Part("until", _("Taken back on"), date_in_words(act.withdrawn_at))


def _recipients(acts: Iterable[Disclosure]) -> dict[UUID, list[str]]:
    """The agencies whose people are or were in each circle that something was disclosed to."""
    found: dict[UUID, set[str]] = {}
    circles = {one.circle_id for one in acts}
    for one in Member.objects.filter(circle__in=circles).select_related("post__agency"):
        found.setdefault(one.circle_id, set()).add(one.post.agency.name)
    return {circle: sorted(names) for circle, names in found.items()}
