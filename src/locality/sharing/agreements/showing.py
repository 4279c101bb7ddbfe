"""Agreements, rights and what changes, as pages say them."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from locality.sharing.agreements.rules import by_marking
from locality.sharing.agreements.words import Effect, Right
from locality.sharing.models import Agreement, AgreementStep
from locality.sharing.rules import ends_soon, standing
from locality.sharing.words import (
    GATEWAY_NAMES,
    NOT_CLEARED,
    WITH_CONSENT,
    AgreementState,
    Category,
    Gateway,
    Marking,
    Standing,
    Step,
)
from locality.ui.language import shown as in_words

COLOURS = {
    Standing.IN_FORCE: "green", Standing.TO_COME: "blue", Standing.DRAFT: "grey",
    Standing.SUSPENDED: "orange", Standing.OVER: "grey",
}  # fmt: skip
Kinds = list[tuple[str, list[str]]]  # up to which point, and kinds of information


def shown(one: Agreement, agency: int, today: date) -> dict[str, object]:
    """One agreement as a page says it."""
    stands = standing(AgreementState(one.state), starts=one.starts, until=one.until, today=today)
    parties = [party for party in one.parties.all() if party.gives or party.gets]
    return {
        "agreement": one, "purpose": one.purpose.name, "standing": stands,
        "colour": COLOURS[stands], "says": _standing_says(stands),
        "gateway": GATEWAY_NAMES[Gateway(one.gateway)],
        "signatories": [(party.agency, party.signatory) for party in parties if party.signatory],
        "parties": [(party, _direction(party.gives, party.gets))
                    for party in sorted(parties, key=lambda party: party.agency.name)],
        "ours": any(party.agency_id == agency for party in parties),
        "covers": _covers(one), "review_overdue": one.review_by < today,
        "ends_soon": ends_soon(one.until, today),
    }  # fmt: skip


def _covers(one: Agreement) -> list[tuple[str, list[str]]]:
    """Kinds of information by how closely held, the most closely held first."""
    found: dict[int, list[str]] = {}
    for covers in sorted(one.covers.all(), key=lambda covers: covers.category):
        if covers.up_to != NOT_CLEARED:
            asked = WITH_CONSENT if covers.needs_consent else 0
            found.setdefault(covers.up_to, []).append(kind_says(covers.category + asked))
    return [(marking_says(up_to), found[up_to]) for up_to in sorted(found, reverse=True)]


def marking_says(up_to: int) -> str:
    """Up to which point, in words."""
    return {
        Marking.OPEN: _("only what is open"), Marking.STANDARD: _("up to standard"),
        Marking.RESTRICTED: _("up to restricted"), Marking.SEALED: _("even when sealed"),
    }[Marking(up_to)]  # fmt: skip


def _direction(gives: bool, gets: bool) -> str:
    return {(True, False): _("gives only"), (False, True): _("gets only")}.get((gives, gets), "")


def _standing_says(stands: Standing) -> str:
    return {
        Standing.IN_FORCE: _("In force"), Standing.TO_COME: _("Not yet in force"),
        Standing.DRAFT: _("Draft"), Standing.SUSPENDED: _("Suspended"), Standing.OVER: _("Over"),
    }[stands]  # fmt: skip


def told_right(one: Right, names: Mapping[int, str]) -> tuple[list[str], Kinds]:
    """Whose information it is, and up to which point which kinds show."""
    return _whose(one.givers, names), kinds_say(one.kinds)


def kinds_say(kinds: Iterable[tuple[int, int]]) -> Kinds:
    """Kinds of information by how closely held, in words."""
    return [(marking_says(up_to), _kinds(found)) for up_to, found in by_marking(kinds)]


def told_effect(
    one: Effect, names: Mapping[int, str], roles: Mapping[str, str], purposes: Mapping[int, str]
) -> dict[str, object]:
    """One way in which something changes."""
    more = [(what, after) for what, before, after in one.kinds if after > before]
    less = [(what, after) for what, before, after in one.kinds if NOT_CLEARED < after < before]
    gone = [what for what, before, after in one.kinds if after == NOT_CLEARED]
    return {
        "purpose": purposes[one.purpose], "givers": _whose(one.givers, names),
        "who": [([in_words(roles[role]) for role in held], sorted(names[n] for n in agencies))
                for held, agencies in one.who],
        "more": kinds_say(more), "less": kinds_say(less), "gone": _kinds(gone),
    }  # fmt: skip


def history(steps: Iterable[AgreementStep]) -> list[dict[str, object]]:
    """Who did what when, newest first, for a timeline."""
    return [
        {
            "title": _step_says(Step(one.step)), "at": one.at, "says": one.why,
            "by": _("%(name)s, %(agency)s") % {"name": one.by.name, "agency": one.agency}
            if one.by else _("the area’s administrator"),
        }
        for one in reversed(list(steps))
    ]  # fmt: skip


def actions(row: Agreement, steps: Iterable[Step], *, drafts: bool) -> list[dict[str, object]]:
    """What a lead can do with an agreement now, what they most likely came for first."""
    taken = [
        {"label": says, "href": reverse("sharing:agreement-step", args=[row.pk, way]),
         "main": step in (Step.AGREED, Step.ASKED)}
        for way, (step, says) in ways(AgreementState(row.state)).items() if step in steps
    ]  # fmt: skip
    writes = [
        {"label": _("Change the draft"),
         "href": reverse("sharing:change-agreement", args=[row.pk])},
        {"label": _("Say who signs"),
         "href": reverse("sharing:agreement-signatories", args=[row.pk])},
    ]  # fmt: skip
    return taken[:-1] + (writes if drafts else []) + taken[-1:]


def ways(state: AgreementState) -> dict[str, tuple[Step, str]]:
    """Every step somebody takes on a page, by its word in the address: what its button says."""
    ends = _("Give the draft up") if state == AgreementState.DRAFT else _("End it")
    return {
        "agree": (Step.AGREED, _("Agree")),
        "ask": (Step.ASKED, _("Ask for it to take force")),
        "decline": (Step.DECLINED, _("Decline")),
        "take-back": (Step.TAKEN_BACK, _("Take the request back")),
        "suspend": (Step.SUSPENDED, _("Suspend it")),
        "end": (Step.ENDED, ends),
    }


def _step_says(step: Step) -> str:
    return {
        Step.ENTERED: _("Entered"), Step.DRAFTED: _("Draft begun"), Step.CHANGED: _("Changed"),
        Step.ASKED: _("Asked for it to take force"), Step.DECLINED: _("Declined"),
        Step.TAKEN_BACK: _("Request taken back"), Step.AGREED: _("Agreed: in force"),
        Step.SUSPENDED: _("Suspended"), Step.ENDED: _("Ended"), Step.REPLACED: _("Replaced"),
    }[step]  # fmt: skip


def _kinds(categories: Iterable[int]) -> list[str]:
    return [kind_says(one) for one in categories]


def kind_says(number: int) -> str:
    """A kind of information in words, and that it is shared only with consent where it is."""
    says = in_words(Category(number % WITH_CONSENT).says)
    return _("%(kind)s (only with consent)") % {"kind": says} if number >= WITH_CONSENT else says


def _whose(numbers: Iterable[int], names: Mapping[int, str]) -> list[str]:
    return sorted(names[one] for one in numbers) or [_("every other agency that gives")]
