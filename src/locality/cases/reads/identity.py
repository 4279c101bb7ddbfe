"""Whom a case is about, in the words the top of every page needs: how to reach them comes first."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from locality.cases.models import Case, Subject
from locality.cases.reads.finding import subjects
from locality.cases.words import SubjectKind
from locality.kit.errors import NotHere
from locality.people import reads as people
from locality.sharing import reads as sharing
from locality.sharing.words import Category, Marking


@dataclass(frozen=True, slots=True)
class Identity:
    """The bar at the top of a case: safe-contact rules, name, age, how closely it is held."""

    name: str
    says: str
    safe_contact: str
    reference: str
    markings: list[dict[str, str]] = field(default_factory=list)


def identity(case: Case) -> Identity:
    """Say whom or what a case is about, as far as the actor may know."""
    rows = list(subjects(case.pk))
    people_in = _people_in(case, rows)
    alone = people_in[0] if len(people_in) == 1 else None
    return Identity(
        name=_name(case, rows, people_in),
        says=_ages([alone]).get(alone, "") if alone else "",
        safe_contact=safe_contact(case.about),
        reference=case.reference,
        markings=_markings(case),
    )


def who_each_is_about(cases: Iterable[Case]) -> dict[UUID, str]:
    """Names for a list of cases, by case; empty for a case about a place."""
    found = list(cases)
    names = people.names(list({one for case in found for one in case.about}))
    return {case.pk: ", ".join(names[one] for one in case.about) for case in found}


def pages_of(case: Case) -> list[tuple[UUID, str]]:
    """The people a case is about who have a page for the actor today, with their names."""
    names, now = people.names(case.about), people.who_now(case.about)
    return [(now[one], name) for one, name in names.items() if now[one]]


def safe_contact(person_ids: Sequence[UUID]) -> str:
    """Say how it is safe to reach these people, or that the reader is shown no safe way."""
    if not person_ids:
        return ""
    known = people.contacts_of(*person_ids).exclude(safe=None).exclude(until__lt=sharing.today())
    by_person = sorted(
        known.order_by("safe", "kind"), key=lambda one: person_ids.index(one.person_id)
    )
    said = [_rule(contact.kind, contact.value, contact.safe) for contact in by_person]
    return " ".join(said) or _(
        "no safe way to reach them is shown to you. Ask before you write, telephone or visit."
    )


def _rule(kind: str, value: str, safe: bool) -> str:
    words = {"kind": kind, "value": value}
    if safe:
        return _("Safe: %(kind)s %(value)s.") % words
    return _("Do NOT use: %(kind)s %(value)s.") % words


def _people_in(case: Case, rows: list[Subject]) -> list[UUID]:
    """The people a case names; of a household, everybody it is about."""
    named = [row.person_id for row in rows if row.kind == SubjectKind.PERSON]
    return named or list(case.about)


def _name(case: Case, rows: list[Subject], people_in: list[UUID]) -> str:
    """Who or where it is about. Of several people, each with their own age beside their name."""
    home = next((row.household_id for row in rows if row.kind == SubjectKind.HOUSEHOLD), None)
    names = people.names(people_in)
    said = list(names.values())
    if len(people_in) > 1:
        ages = _ages(people_in)
        said = [", ".join(filter(None, (name, ages.get(one)))) for one, name in names.items()]
    if home:
        said.insert(0, _household(home))
    return "; ".join(one for one in said if one) or case.title


def _household(household_id: UUID) -> str:
    try:
        return people.household(household_id).name
    except NotHere:
        return _("Household, name not shown to you")


def _ages(person_ids: Sequence[UUID]) -> dict[UUID, str]:
    """How old each of these people is, as far as the actor may know."""
    today, said = sharing.today(), {}
    for person_id, born in people.births(person_ids).items():
        years = today.year - born.year - ((today.month, today.day) < (born.month, born.day))
        said[person_id] = ngettext("%(n)d year old", "%(n)d years old", years) % {"n": years}
    return said


def _markings(case: Case) -> list[dict[str, str]]:
    marks = [{"text": Category(case.category).says, "colour": "grey"}]
    if case.marking == Marking.SEALED:
        marks.append({"text": _("sealed: only its team knows"), "colour": "red"})
    elif case.marking == Marking.RESTRICTED:
        marks.append({"text": _("restricted"), "colour": "orange"})
    if case.state != "open":
        marks.append({"text": _("closed"), "colour": "blue"})
    return marks
