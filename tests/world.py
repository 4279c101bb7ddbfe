"""A small invented locality, committed once, for tests to act in."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from hashlib import sha256
from uuid import UUID, uuid4

from django.db import connections, transaction
from django.test import Client
from django.utils import timezone

from locality.sharing import sessions
from locality.sharing.acting import Actor
from locality.sharing.models import (
    Agency,
    Agreement,
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
from locality.sharing.words import Category, CircleKind, Marking, label
from locality.web.middleware import KEY

AGENCIES = {
    "council": "council", "school": "school", "police": "police", "health": "health",
    "housing": "housing", "mentors": "voluntary sector", "stranger": "voluntary sector",
    "probation": "probation",
}  # fmt: skip
# Who works where, in which role; names are invented.
PEOPLE = {
    "teacher": ("school", "practitioner", "Amrit Vale"),
    "screener": ("council", "screener", "Joan Pellow"),
    "lead": ("council", "case_lead", "Marek Oldacre"),
    "specialist": ("council", "specialist", "Tessa Quill"),
    "nurse": ("health", "clinician", "Ngozi Tarrant"),
    "officer": ("police", "officer", "Dev Harrow"),
    "landlord": ("housing", "practitioner", "Ruth Sallow"),
    "mentor": ("mentors", "provider", "Cole Bexter"),
    "coordinator": ("council", "coordinator", "Priya Lantern"),
    "chair": ("police", "chair", "Owen Marsh"),
    "analyst": ("council", "analyst", "Lena Frost"),
    "director": ("council", "director", "Grace Holloway"),
    "governor": ("council", "governance", "Ivor Penrose"),
    "stranger": ("stranger", "case_lead", "Sam Nowhere"),
    "job": ("council", "job", "Nightly job"),
}
PURPOSES = [1, 2, 3, 4, 5]
LEAVING = {"why": "For the meeting.", "whom": "Myself", "lock": "no"}  # what is said of a file


@dataclass
class World:
    """Agencies by name, actors by name, and what they have agreed."""

    tag: str
    agencies: dict[str, int] = field(default_factory=dict)
    actors: dict[str, Actor] = field(default_factory=dict)
    agreement: UUID | None = None
    front_door: UUID | None = None

    def __getattr__(self, name: str) -> Actor:
        try:
            return self.__dict__["actors"][name]
        except KeyError:
            raise AttributeError(name) from None

    def client(self, name: str, **options: object) -> Client:
        """A browser in which somebody has signed in and chosen their purpose."""
        return self.client_of(self.actors[name], **options)

    def client_of(self, by: Actor, **options: object) -> Client:
        """The same, for somebody who has just come."""
        client = Client(**options)
        user = User.objects.get(pk=by.person)
        client.cookies[KEY] = by.key
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        session = client.session
        session["acting"] = {"post": str(by.post), "agency": by.agency, "purpose": by.purpose}
        session.save()
        return client

    def signed_out(self) -> list[str]:
        """Whose session has ended; every test that follows in the same database needs them all."""
        with connections["owner"].cursor() as cursor:
            cursor.execute(
                "SELECT key_hash FROM locality_private.session"
                " WHERE ended IS NULL AND expires > now()"
            )
            live = {bytes(key) for (key,) in cursor}
        return [
            name for name, by in self.actors.items() if sha256(by.key.encode()).digest() not in live
        ]

    def new_actor(
        self, agency: str, role: str, name: str = "Somebody New", purpose: str = "early help"
    ) -> Actor:
        """Commit one more person in a post, for a test that changes what they may do."""
        return new_actor(self.agencies[agency], role, name, purpose)


def as_owner() -> transaction.Atomic:
    """A committed change to the world, made by the database's owner."""
    return transaction.atomic(using="owner")


def new_actor(agency: int, role: str, name: str, purpose: str = "early help") -> Actor:
    """Commit a person with a post in an agency and start their session."""
    user, post = uuid4(), uuid4()
    User.objects.using("owner").create(
        id=user, email=f"{user}@example.org", name=name, is_job=role == "job"
    )
    Post.objects.using("owner").create(
        id=post, user_id=user, agency_id=agency, role_id=role, title=role.replace("_", " "),
        name=name, purposes=PURPOSES, starts=today() - timedelta(days=400),
    )  # fmt: skip
    key = sessions.start(user=user, post=post, job="test" if role == "job" else None)
    return Actor(post=post, person=user, agency=agency, purpose=purpose, key=key)


def today() -> date:
    """The date in London now."""
    return timezone.localdate()


def build(tag: str) -> World:
    """Commit the world and return it."""
    world = World(tag)
    with as_owner():
        for role in starter_roles():
            Role.objects.using("owner").create(**role)
        for number, (name, sector) in enumerate(AGENCIES.items(), start=1):
            Agency.objects.using("owner").create(
                id=number, name=f"Aldermoor {name}", sector=sector, contact="01632 960000"
            )
            world.agencies[name] = number
    for name, (agency, role, full) in PEOPLE.items():
        world.actors[name] = new_actor(world.agencies[agency], role, full)
    with as_owner():
        world.agreement = _agree(world, purpose=1)
        _agree(world, purpose=2)
        world.front_door = _front_door(world, purpose=1)
    return world


def _agree(world: World, purpose: int) -> UUID:
    made = Agreement.objects.using("owner").create(
        name="Aldermoor early help agreement", purpose_id=purpose,
        gateway="children act 2004 s10", state="in force", starts=today() - timedelta(days=300),
        until=today() + timedelta(days=300), review_by=today() + timedelta(days=300),
    )  # fmt: skip
    for name, number in world.agencies.items():
        if name != "stranger":
            Party.objects.using("owner").create(agreement=made, agency_id=number)
    for category in Category:
        if category != Category.PREVENT:
            Coverage.objects.using("owner").create(
                agreement=made, category=category, up_to=Marking.SEALED
            )
    return made.pk


def _front_door(world: World, purpose: int) -> UUID:
    council = world.agencies["council"]
    circle = Circle.objects.using("owner").create(
        kind=CircleKind.FRONT_DOOR, name="Early help front door",
        purpose=Purpose.objects.using("owner").get(pk=purpose), owner_id=council,
        category=Category.COMMUNITY, marking=Marking.OPEN,
        label_id=label(council, Category.COMMUNITY, Marking.OPEN),
    )  # fmt: skip
    for name in ("screener", "job"):
        Member.objects.using("owner").create(
            circle=circle, post_id=world.actors[name].post, starts=today() - timedelta(days=300)
        )
    return circle.pk


def close_connections() -> None:
    """Let go of every connection, as a thread that ends must."""
    for connection in connections.all():
        connection.close()
