"""Open a case, and correct what it says."""

from datetime import date
from secrets import choice
from uuid import UUID, uuid4

from locality.cases import reads, rules
from locality.cases.models import Case, Edit, Subject
from locality.cases.services.lawful import require_may_join, require_may_lead
from locality.cases.services.subjects import everybody, own_items
from locality.cases.words import NewCase, SubjectKind
from locality.kit.errors import Refused
from locality.sharing import audit, duties
from locality.sharing import reads as sharing
from locality.sharing import services as sharing_services
from locality.sharing.acting import Actor, acting
from locality.sharing.labels import as_labelled, labelled
from locality.sharing.models import Circle
from locality.sharing.services import Terms
from locality.sharing.words import CircleKind, Duty

LETTERS = "23456789BCDFGHJKMNPQRSTVWXYZ"  # none that look alike, no vowels


def open_case(*, by: Actor, case: NewCase) -> Case:
    """Open a case with its team, and let the team see it and who it is about.

    One disclosure, by the lead agency: the case and its own identity records of the subjects,
    which are made from the ones it was shown where it has none yet. Refuses when the lead may
    not lead, or when a member of the team would see nothing of it (no agreement, not cleared).
    """
    with acting(by):
        duties.require(Duty.LEAD, Duty.SCREEN)
        _require_sense(by, case)
        people = everybody(case.subjects)
        items = own_items(by, case.subjects, people, case.marking)
        circle = sharing_services.make_circle(
            by=by,
            kind=CircleKind.CASE,
            category=case.category,
            marking=case.marking,
            works_with=people,
        )
        made = _case(by, case, circle, people)
        made.save(force_insert=True)
        terms = Terms(gateway=case.gateway, necessity=case.necessity, until=case.until)
        sharing_services.disclose(by=by, circle_id=circle.pk, items=[made, *items], terms=terms)
        Subject.objects.bulk_create(_subjects(made, case))
        for post_id in dict.fromkeys([case.lead_post, *case.team_posts]):
            part = "lead" if post_id == case.lead_post else ""
            sharing_services.add_member(by=by, circle_id=circle.pk, post_id=post_id, part=part)
        audit.record(by=by, did="cases.case.opened", to=made, why=case.necessity)
        return made


def edit_case(  # noqa: PLR0913 - one argument for each thing a case says
    *,
    by: Actor,
    case_id: UUID,
    version: int,
    title: str,
    why: str,
    own_words: str = "",
    going_well: str = "",
    review_on: date | None = None,
) -> Case:
    """Correct what a case says, keeping what it said before.

    Refuses with `cases.changed` when somebody changed it after the version that was shown.
    """
    new = {
        "title": title, "why": why, "own_words": own_words, "going_well": going_well,
        "review_on": review_on,
    }  # fmt: skip
    with acting(by):
        case = reads.case_to_change(case_id)
        rules.require_version(case.version, version)
        was = {name: getattr(case, name) for name in new if getattr(case, name) != new[name]}
        if not was:
            return case
        Edit.objects.create(
            case=case, version=case.version, made_by_id=by.post, **as_labelled(case),
            was={name: str(value or "") for name, value in was.items()},
        )  # fmt: skip
        for name, value in new.items():
            setattr(case, name, value)
        case.version += 1
        case.save(update_fields=[*new, "version"])
        audit.record(by=by, did="cases.case.edited", to=case, why=", ".join(was))
        return case


def _require_sense(by: Actor, case: NewCase) -> None:
    """Refuse a case about nobody and nowhere, or whose team could not see it."""
    if not case.subjects:
        raise Refused("cases.about_nothing", "Say whom or what this case is about.")
    rules.require_sealed(case.category, case.marking, reads.sealed_kinds().values())
    owner, purpose = sharing.agency(by.agency), sharing.purpose(by.purpose)
    require_may_lead(sharing.post(case.lead_post), by.agency)
    for post_id in dict.fromkeys([by.post, case.lead_post, *case.team_posts]):
        require_may_join(
            sharing.post(post_id), owner=owner, purpose=purpose, category=case.category,
            marking=case.marking, people=everybody(case.subjects),
        )  # fmt: skip


def _case(by: Actor, case: NewCase, circle: Circle, people: list[UUID]) -> Case:
    return Case(
        id=uuid4(),
        reference=_reference(),
        title=case.title,
        circle=circle,
        purpose_id=circle.purpose_id,
        lawful_basis=case.lawful_basis,
        why=case.why,
        own_words=case.own_words,
        going_well=case.going_well,
        lead_id=case.lead_post,
        about=people,
        concerns=list(case.concerns),
        opened_by_id=by.post,
        review_on=case.review_on,
        before_id=case.before,
        **labelled(by.agency, case.category, case.marking),
    )


def _subjects(made: Case, case: NewCase) -> list[Subject]:
    label, about = as_labelled(made), case.subjects
    rows = [
        Subject(case=made, kind=SubjectKind.PERSON, person_id=person_id, **label)
        for person_id in dict.fromkeys(about.person_ids)
    ]
    if about.household_id:
        household = about.household_id
        rows.append(Subject(case=made, kind=SubjectKind.HOUSEHOLD, household_id=household, **label))
    if about.place_id:
        rows.append(Subject(case=made, kind=SubjectKind.PLACE, place=about.place_id, **label))
    return rows


def _reference() -> str:
    """A short name to say on the telephone, which tells nothing and cannot be guessed."""
    return "K-" + "-".join("".join(choice(LETTERS) for _ in range(4)) for _ in range(2))
