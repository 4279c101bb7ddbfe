"""Who has told a case's team what: each agency by each kind of information."""

from collections import defaultdict
from dataclasses import dataclass, field

from locality.cases import rules
from locality.cases.models import Case
from locality.cases.reads.asked import requests_of
from locality.cases.words import Answer, Told
from locality.sharing import reads as sharing
from locality.sharing.models import Agency, Disclosure
from locality.sharing.words import Category


@dataclass(slots=True)
class Knowing:
    """A table: its columns are kinds of information, its rows agencies with one cell a column."""

    columns: list[Category] = field(default_factory=list)
    rows: list[tuple[Agency, list[Told]]] = field(default_factory=list)
    disclosures: list[Disclosure] = field(default_factory=list)


def who_knows_what(case: Case) -> Knowing:
    """Say, for each agency and kind of information, what was given, asked, refused or ends soon.

    Only what the actor may see: a disclosure shows to the circle it was made to and its giver.
    """
    cells: dict[tuple[int, int], Told] = defaultdict(Told)
    given = list(sharing.disclosures_to(case.circle_id))
    _fill_in_given(cells, given)
    _fill_in_asked(cells, case)
    agencies = _agencies(case, {agency for agency, _ in cells})
    columns = sorted({Category.IDENTITY, *(Category(kind) for _, kind in cells)})
    rows = [(one, [cells[one.pk, kind] for kind in columns]) for one in agencies]
    return Knowing(columns, rows, given)


def _fill_in_given(cells: dict[tuple[int, int], Told], given: list[Disclosure]) -> None:
    today = sharing.today()
    for one in given:
        where = rules.telling(until=one.until, withdrawn=bool(one.withdrawn_at), today=today)
        for kind in {item.category for item in one.items.all()}:
            cell = cells[one.owner_id, kind]
            cell.disclosures.append(one.pk)
            if rules.shown_first(cell.telling, where) == where:
                cell.telling, cell.until = where, one.until


def _fill_in_asked(cells: dict[tuple[int, int], Told], case: Case) -> None:
    for one in requests_of(case.pk):
        where = rules.ANSWER_TELLS.get(Answer(one.answer))
        if where is None:
            continue
        cell = cells[one.agency_id, one.asked_category]
        cell.requests.append(one.pk)
        if rules.shown_first(cell.telling, where) == where:
            cell.telling, cell.until, cell.why = where, one.answer_by, one.refused_why


def _agencies(case: Case, found: set[int]) -> list[Agency]:
    """The lead agency first, then everybody else on the team or in the table, by name."""
    team = {member.post.agency_id for member in sharing.members(case.circle_id)}
    wanted = sharing.agencies().filter(pk__in=found | team | {case.owner_id})
    return sorted(wanted, key=lambda one: (one.pk != case.owner_id, one.name))
