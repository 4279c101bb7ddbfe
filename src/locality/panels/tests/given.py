"""What panel tests start from: a panel that sits, and cases that may be put forward to it."""

from datetime import timedelta
from uuid import UUID

from locality.cases import reads as case_reads
from locality.cases import services as cases
from locality.cases.models import Case
from locality.cases.words import NewCase, Subjects
from locality.kit.errors import NotHere
from locality.panels import reads, services
from locality.panels.models import Decision, Item, Meeting, Panel
from locality.panels.words import Outcome
from locality.people.models import Person, Record
from locality.sharing.acting import Actor, acting
from locality.sharing.labels import labelled
from locality.sharing.models import Circle, Member, Purpose
from locality.sharing.services import Terms
from locality.sharing.words import Category, CircleKind, Gateway, Marking, label
from tests.world import World, as_owner, today

TERMS = Terms(gateway=Gateway.CHILDREN_ACT_2004_S10, necessity="So that the panel can decide.")
SITTING = ("coordinator", "chair", "nurse", "landlord", "lead")


def a_panel(world: World, **changes: object) -> Panel:
    """Commit a panel on which five people of four agencies sit."""
    council = world.agencies["council"]
    with as_owner():
        circle = Circle.objects.using("owner").create(
            kind=CircleKind.PANEL, name="Locality panel", owner_id=council,
            purpose=Purpose.objects.using("owner").get(key="early help"),
            category=Category.COMMUNITY, marking=Marking.OPEN,
            label_id=label(council, Category.COMMUNITY, Marking.OPEN),
        )  # fmt: skip
        for name in SITTING:
            Member.objects.using("owner").create(
                circle=circle, post_id=world.actors[name].post, starts=today() - timedelta(days=9)
            )
        terms = {"quorum": 3, "core": [council, world.agencies["police"]], "longest_agenda": 2}
        return Panel.objects.using("owner").create(
            key="locality", name="Locality panel", about="Agrees help together.", circle=circle,
            purpose_id=1, agency_id=council, every_days=28, research_days=5,
            review_by=today() + timedelta(days=200), **(terms | changes),
        )  # fmt: skip


def a_case(by: Actor, **changes: object) -> Case:
    """Open a case about one invented person, led by whoever opens it."""
    with acting(by):
        person = Person.objects.create()
        Record.objects.create(
            person=person, given_names="Ash", family_name="Fielding", recorded_on=today(),
            **labelled(by.agency, Category.IDENTITY, Marking.STANDARD),
        )  # fmt: skip
        new = {
            "title": "Missing school", "why": "Absent for three weeks.",
            "lawful_basis": "public task", "category": Category.SOCIAL_CARE,
            "subjects": Subjects((person.pk,)), "lead_post": by.post,
            "gateway": Gateway.CHILDREN_ACT_2004_S10, "necessity": "To plan help together.",
        }  # fmt: skip
        return cases.open_case(by=by, case=NewCase(**(new | changes)))


def forward(by: Actor, case: Case, meeting: Meeting) -> Item:
    """Put a case forward."""
    return services.put_forward(
        by=by, case_id=case.pk, meeting_id=meeting.pk, question="Is the plan right?", terms=TERMS
    )


def sit(world: World, meeting: Meeting, *names: str) -> None:
    """Mark people of the world as present."""
    services.mark_present(
        by=world.coordinator, meeting_id=meeting.pk,
        post_ids=[world.actors[name].post for name in names],
    )  # fmt: skip


def on_agenda(world: World, meeting: Meeting, **changes: object) -> Item:
    """Put a new case forward and build the agenda."""
    item = forward(world.lead, a_case(world.lead, **changes), meeting)
    services.build_agenda(by=world.coordinator, meeting_id=meeting.pk)
    with acting(world.lead):
        return reads.item(item.pk)


def decide(by: Actor, item: Item, **changes: object) -> Decision:
    """Record a decision."""
    said = {"outcome": Outcome.SUPPORT, "reasons": "The plan fits what they asked for."} | changes
    return services.decide(by=by, item_id=item.pk, **said)


def sees(by: Actor, case_id: UUID) -> bool:
    """Say whether somebody sees a case."""
    with acting(by):
        try:
            return case_reads.case(case_id) is not None
        except NotHere:
            return False
