"""What panel tests start from: a panel that sits, a meeting, and a case that may be put forward."""

from datetime import timedelta

import pytest
from django.utils import timezone

from locality.cases import services as cases
from locality.cases.models import Case
from locality.cases.words import NewCase, Subjects
from locality.panels import services
from locality.panels.models import Meeting, Panel
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


@pytest.fixture
def panel(world: World) -> Panel:
    """The panel."""
    return a_panel(world)


@pytest.fixture
def meeting(world: World, panel: Panel) -> Meeting:
    """Its next meeting, in a week."""
    return services.plan_meeting(
        by=world.coordinator, panel_id=panel.pk, starts_at=timezone.now() + timedelta(days=7)
    )


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


def forward(by: Actor, case: Case, meeting: Meeting):
    """Put a case forward."""
    return services.put_forward(
        by=by, case_id=case.pk, meeting_id=meeting.pk, question="Is the plan right?", terms=TERMS
    )
