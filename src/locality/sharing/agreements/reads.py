"""Agreements, how they came to stand as they do, and who may see what because of them."""

from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from locality.kit.errors import NotHere
from locality.sharing import reads as sharing
from locality.sharing.acting import Actor
from locality.sharing.agreements.rules import next_steps, really_changed
from locality.sharing.agreements.words import Ask, Change
from locality.sharing.models import Agreement, AgreementStep, Post, Role
from locality.sharing.partners.reads import agreement_entry, written_agreements
from locality.sharing.partners.words import as_written
from locality.sharing.words import NOT_CLEARED, AgreementState, Duty, Step
from locality.ui.words import ToDo

ANSWER_IN = timedelta(days=7)  # when home begins to say that an answer is late


def agreement(agreement_id: UUID) -> Agreement:
    """Fetch one agreement with its parts and its steps, or raise NotHere."""
    found = sharing.agreements().select_related("replaces", "written_by__agency")
    row = found.prefetch_related("steps__by", "steps__agency").filter(pk=agreement_id).first()
    if row is None:
        raise NotHere(f"agreement {agreement_id}")
    return row


def replaced_by(agreement_id: UUID) -> QuerySet[Agreement]:
    """The agreements and drafts that replace one."""
    return Agreement.objects.filter(replaces=agreement_id).exclude(state=AgreementState.ENDED)


def open_ask(row: Agreement) -> AgreementStep | None:
    """What one lead has asked for and nobody has answered."""
    steps = list(row.steps.all())
    answered = {one.answers_id for one in steps}
    asks = (one for one in steps if one.step == Step.ASKED and one.pk not in answered)
    return next(asks, None)


def is_party(row: Agreement, agency: int) -> bool:
    """Say whether an agency gives or gets under an agreement."""
    return any(one.agency_id == agency and (one.gives or one.gets) for one in row.parties.all())


def givers(row: Agreement) -> set[int]:
    """The agencies that give under an agreement."""
    return {one.agency_id for one in row.parties.all() if one.gives}


def may_draft(row: Agreement, by: Actor) -> bool:
    """Say whether a lead may change its terms: while it is a draft that nobody has asked for."""
    mine = row.written_by_id == by.post or is_party(row, by.agency)
    return row.state == AgreementState.DRAFT and mine and open_ask(row) is None


def steps(row: Agreement, by: Actor) -> frozenset[Step]:
    """The steps that a lead may take with an agreement now."""
    if not is_party(row, by.agency):
        return frozenset()
    asked = open_ask(row)
    ask = Ask(asked.pk, asked.agency_id, asked.by.user_id) if asked else None
    state = AgreementState(row.state)
    found = next_steps(state, ask=ask, agency=by.agency, person=by.person)
    if row.replaces_id and not is_party(agreement(row.replaces_id), by.agency):
        found -= {Step.ASKED, Step.AGREED}
    return found


def namesake(row: Agreement) -> Agreement | None:
    """Another that is not over and that an area's file could not tell from this one."""
    known = Agreement.objects.filter(name=row.name, purpose=row.purpose_id, until__gte=row.starts)
    known = known.filter(state__in=(AgreementState.IN_FORCE, AgreementState.SUSPENDED))
    replaced = row.replaces_id if row.starts <= sharing.today() else None
    return known.exclude(pk__in=[row.pk, replaced or row.pk]).first()


def would_change(agreement_id: UUID, becomes: AgreementState) -> list[Change]:
    """What would change for whom: compiled by the database as if it were so already."""
    rows = _rows("SELECT * FROM locality.would_change(%s, %s)", [agreement_id, becomes])
    return really_changed([Change(*row) for row in rows])


def would_touch(agreement_id: UUID, becomes: AgreementState) -> int:
    """How many disclosures under way that touches; 1 stands for any number from 1 to 4."""
    ((count,),) = _rows("SELECT locality.would_touch(%s, %s)", [agreement_id, becomes])
    return count


def rights(
    agency: int, purpose: int, role: str, without: Iterable[UUID] = ()
) -> list[tuple[int, int, int, int]]:
    """What a role in an agency may see today: of whom, of which kind, own and disclosed up to."""
    return _rows(
        "SELECT * FROM locality.rights_told(%s::smallint, %s::smallint, %s, without => %s)",
        [agency, purpose, role, list(without)],
    )


def reasons(
    agency: int, purpose: int, role: str
) -> list[tuple[Agreement, list[tuple[int, int, int]]]]:
    """What each agreement in force lets a role see of what is disclosed to it."""
    in_force = [one for one in sharing.agreements().filter(purpose=purpose)
                if one.state == AgreementState.IN_FORCE]  # fmt: skip
    found = []
    for one in in_force:
        others = [other.pk for other in in_force if other != one]
        told = rights(agency, purpose, role, others)
        given = [(giver, what, up_to) for giver, what, _own, up_to in told if giver != agency]
        if given:
            found.append((one, given))
    return found


def roles() -> dict[str, str]:
    """The names of roles that people have, by key."""
    return dict(Role.objects.exclude(key="job").order_by("name").values_list("key", "name"))


def agency_names() -> dict[int, str]:
    """What agencies are called, by number."""
    return {one.pk: one.name for one in sharing.agencies()}


def exported() -> list[dict[str, object]]:
    """Every agreement that an area's file says, in the file's own words, with how it came to be."""
    rows = written_agreements("default", sharing.today()).prefetch_related("steps")
    return [
        {"id": row.pk, **as_written(agreement_entry(row)), "state": row.state,
         "replaces": row.replaces_id,
         "steps": [{"step": one.step, "at": one.at, "agency": one.agency_id}
                   for one in row.steps.all()]}
        for row in rows
    ]  # fmt: skip


def to_do(by: Actor) -> list[ToDo]:
    """What another lead has asked for and waits for this one; and what another has suspended."""
    if Duty.GOVERN not in sharing.post(by.post).role.duties:
        return []
    rows = sharing.agreements().prefetch_related("steps__by", "steps__agency")
    asked = rows.filter(steps__step=Step.ASKED).distinct()
    stopped = rows.filter(state=AgreementState.SUSPENDED)
    return [
        *(_answer(row) for row in asked if Step.DECLINED in steps(row, by)),
        *(_stopped(row) for row in stopped if _by_another(row, by)),
    ]


def _answer(row: Agreement) -> ToDo:
    ask = open_ask(row)
    says = _("%(name)s, %(agency)s, asks for your yes to the agreement “%(agreement)s”.")
    due = ask.at + ANSWER_IN
    return ToDo(
        says=says % {"name": ask.by.name, "agency": ask.agency, "agreement": row.name},
        verb=_("Answer"), url_name="sharing:agreement", url_args=(row.pk,), due=due,
        overdue=due < timezone.now(), kind=_("Agreement"),
    )  # fmt: skip


def _by_another(row: Agreement, by: Actor) -> bool:
    """Whether a lead of another party has suspended it, and nobody has asked for it back."""
    last = _last(row, Step.SUSPENDED)
    other = last is not None and last.agency_id not in (None, by.agency)
    return other and is_party(row, by.agency) and open_ask(row) is None


def _last(row: Agreement, step: Step) -> AgreementStep | None:
    return next((one for one in reversed(row.steps.all()) if one.step == step), None)


def _stopped(row: Agreement) -> ToDo:
    step = _last(row, Step.SUSPENDED)
    says = _(
        "%(name)s, %(agency)s, suspended the agreement “%(agreement)s”: nothing more is seen "
        "under it."
    )
    return ToDo(
        says=says % {"name": step.by.name, "agency": step.agency, "agreement": row.name},
        verb=_("Read why"), url_name="sharing:agreement", url_args=(row.pk,),
        due=step.at + ANSWER_IN, overdue=False, kind=_("Agreement"),
    )  # fmt: skip


def leads(row: Agreement, without: int) -> list[Post]:
    """The governance leads of the other parties, who may say yes."""
    return [one for one in sharing.posts(duty=Duty.GOVERN)
            if one.agency_id != without and is_party(row, one.agency_id)]  # fmt: skip


def covered(row: Agreement) -> int:
    """How many kinds of information an agreement covers."""
    return sum(one.up_to != NOT_CLEARED for one in row.covers.all())


def _rows(sql: str, values: list[object]) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()
