"""Write the partners: agencies, roles, posts, agreements, front doors, panels. As the owner."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from django.db import transaction

from locality.demo import catalogue
from locality.demo.kernels.chance import named_id
from locality.demo.words.area import DemoPanel, DemoStaff
from locality.panels.models import Panel
from locality.sharing.models import (
    Agency,
    Agreement,
    AgreementStep,
    Circle,
    Coverage,
    Member,
    Party,
    Post,
    Purpose,
    Role,
    User,
)
from locality.sharing.starting import starter_roles
from locality.sharing.words import (
    AgreementState,
    Category,
    CircleKind,
    Duty,
    Gateway,
    Marking,
    Step,
    label,
)

OWNER = "owner"
EVERYDAY, OVERSIGHT = (1, 2, 3, 4), 5
LONG = timedelta(days=1200)
JOB = "night"  # the named job of the council, which runs the front door


@dataclass
class House:
    """Who is who in the database: posts and users by staff key, circles by what they are for."""

    posts: dict[str, UUID] = field(default_factory=dict)
    users: dict[str, UUID] = field(default_factory=dict)
    agency_of: dict[str, int] = field(default_factory=dict)
    agencies: dict[str, int] = field(default_factory=dict)
    purposes: dict[str, int] = field(default_factory=dict)
    front_doors: dict[str, UUID] = field(default_factory=dict)
    panels: dict[str, UUID] = field(default_factory=dict)
    panel_circles: dict[str, UUID] = field(default_factory=dict)


def write(today: date) -> House:
    """Write every partner, all or nothing, and say who is who."""
    house = House()
    with transaction.atomic(using=OWNER):
        house.purposes = dict(Purpose.objects.using(OWNER).values_list("key", "id"))
        for role in starter_roles():
            Role.objects.using(OWNER).create(**role)
        for one in catalogue.agencies():
            house.agencies[one.key] = one.number
            Agency.objects.using(OWNER).create(
                id=one.number, name=one.name, sector=one.sector, contact=one.phone
            )
        for somebody in catalogue.staff().values():
            _post(house, somebody, today)
        _job(house, today)
        _agreements(house, today)
        for key in (
            "early help",
            "safeguarding children",
            "safeguarding adults",
            "crime prevention",
        ):
            house.front_doors[key] = _front_door(house, key, today)
        for panel in catalogue.panels().values():
            _panel(house, panel, today)
    return house


def _post(house: House, one: DemoStaff, today: date) -> None:
    overseer = one.role in ("director", "analyst", "governance")
    _person(house, one.key, one.name, one.agency, one.role, today)
    Post.objects.using(OWNER).create(
        id=house.posts[one.key], user_id=house.users[one.key], agency_id=house.agencies[one.agency],
        role_id=one.role, title=one.title, name=one.name, about=one.about if one.shown else "",
        purposes=[OVERSIGHT, *EVERYDAY] if overseer else list(EVERYDAY), starts=today - LONG,
    )  # fmt: skip


def _person(house: House, key: str, name: str, agency: str, role: str, today: date) -> None:
    house.users[key] = named_id(0, "user", key)
    house.posts[key] = named_id(0, "post", key)
    house.agency_of[key] = house.agencies[agency]
    user = User(id=house.users[key], email=f"{key}@example.org", name=name, is_job=role == "job")
    user.set_unusable_password()
    user.save(using=OWNER, force_insert=True)


def _job(house: House, today: date) -> None:
    _person(house, JOB, "Nightly job", "council", "job", today)
    Post.objects.using(OWNER).create(
        id=house.posts[JOB], user_id=house.users[JOB], agency_id=house.agencies["council"],
        role_id="job", title="Named job", name="Nightly job", purposes=list(EVERYDAY),
        starts=today - LONG,
    )  # fmt: skip


def _agreements(house: House, today: date) -> None:
    names = {
        "early help": ("Early help and prevention agreement", Gateway.CHILDREN_ACT_2004_S10),
        "safeguarding children": ("Safeguarding children agreement", Gateway.CHILDREN_ACT_2004_S11),
        "safeguarding adults": ("Safeguarding adults agreement", Gateway.CARE_ACT_2014_S6),
        "crime prevention": ("Crime and disorder agreement", Gateway.CRIME_AND_DISORDER_ACT_S115),
    }
    for key, (name, gateway) in names.items():
        _agreement(house, name, key, gateway, AgreementState.IN_FORCE, today)
    _agreement(house, "Pilot with the fire service", "early help", Gateway.PUBLIC_TASK,
               AgreementState.SUSPENDED, today)  # fmt: skip


def _agreement(  # noqa: PLR0913 - what an agreement says
    house: House, name: str, purpose: str, gateway: Gateway, state: AgreementState, today: date
) -> None:
    made = Agreement.objects.using(OWNER).create(
        id=named_id(0, "agreement", name), name=name, purpose_id=house.purposes[purpose],
        gateway=gateway, state=state, starts=today - LONG, until=today + timedelta(days=320),
        review_by=today + timedelta(days=240),
    )  # fmt: skip
    Party.objects.using(OWNER).bulk_create(
        Party(agreement=made, agency_id=number) for number in house.agencies.values()
    )
    AgreementStep.objects.using(OWNER).create(
        id=named_id(0, "agreement step", name), agreement=made, step=Step.ENTERED, version=1,
        at=datetime.combine(made.starts, time(9), UTC),
    )  # fmt: skip
    Coverage.objects.using(OWNER).bulk_create(
        Coverage(agreement=made, category=one, up_to=Marking.SEALED)
        for one in Category
        if one != Category.PREVENT
    )


def _circle(
    house: House, kind: CircleKind, name: str, purpose: str, members: list[str], today: date
) -> UUID:
    council = house.agencies["council"]
    made = Circle.objects.using(OWNER).create(
        id=named_id(0, "circle", name), kind=kind, name=name, owner_id=council,
        purpose_id=house.purposes[purpose], category=Category.COMMUNITY, marking=Marking.OPEN,
        label_id=label(council, Category.COMMUNITY, Marking.OPEN),
    )  # fmt: skip
    Member.objects.using(OWNER).bulk_create(
        Member(circle=made, post_id=house.posts[key], starts=today - LONG) for key in members
    )
    return made.pk


def _front_door(house: House, purpose: str, today: date) -> UUID:
    screeners = [one.key for one in catalogue.staff().values() if Duty.SCREEN in one.duties]
    name = f"{purpose[:1].upper()}{purpose[1:]} front door"
    return _circle(house, CircleKind.FRONT_DOOR, name, purpose, [*screeners, JOB], today)


def _panel(house: House, one: DemoPanel, today: date) -> None:
    sits = list(dict.fromkeys([one.chair, one.coordinator, *one.members]))
    circle = _circle(house, CircleKind.PANEL, one.name, one.purpose, sits, today)
    made = Panel.objects.using(OWNER).create(
        id=named_id(0, "panel", one.key), key=one.key, name=one.name, about=one.about,
        circle_id=circle, purpose_id=house.purposes[one.purpose],
        agency_id=house.agencies[one.agency], core=[house.agencies[key] for key in one.core],
        quorum=one.quorum, every_days=one.every_days, longest_agenda=one.longest_agenda,
        research_days=one.research_days, terms=one.terms, review_by=today + timedelta(days=300),
    )  # fmt: skip
    house.panels[one.key], house.panel_circles[one.key] = made.pk, circle
