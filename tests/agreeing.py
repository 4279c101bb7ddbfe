"""Agreements in a test: terms, leads of two agencies, and what somebody may see because of them."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from locality.sharing.acting import Actor, acting
from locality.sharing.agreements import reads, services
from locality.sharing.models import Agreement, Role
from locality.sharing.partners.words import AgreementEntry
from locality.sharing.words import AgreementState, Gateway, Step
from tests.world import World, today

PURPOSE, CRIME = "crime prevention", 4  # for which nothing is agreed yet
LONG = timedelta(days=300)


def terms(world: World, **more: object) -> AgreementEntry:
    """Council and police give and get incidents and housing."""
    given: dict[str, object] = {
        "name": "Town centre agreement", "purpose": PURPOSE,
        "gateway": Gateway.CRIME_AND_DISORDER_ACT_S115, "starts": today(),
        "until": today() + LONG, "review_by": today() + LONG,
        "covers": {"incident": "restricted", "housing": "standard"},
        "parties": (world.agencies["council"], world.agencies["police"]),
        "state": AgreementState.DRAFT,
    }  # fmt: skip
    return AgreementEntry(**(given | more))


def lead(world: World, agency: str, name: str = "Nia Fairhurst") -> Actor:
    """A governance lead of an agency, acting for crime prevention."""
    return world.new_actor(agency, "governance", name, PURPOSE)


def leads(world: World) -> tuple[Actor, Actor]:
    """One of the council and one of the police."""
    return replace(world.governor, purpose=PURPOSE), lead(world, "police")


def take(by: Actor, agreement: UUID, step: Step, why: str = "As we said.") -> None:
    """Take a step, having read the terms as they are."""
    with acting(by):
        seen = reads.agreement(agreement).version
    services.take(by=by, agreement_id=agreement, step=step, why=why, seen=seen)


def state(by: Actor, agreement: UUID) -> str:
    """How an agreement stands."""
    with acting(by):
        return Agreement.objects.get(pk=agreement).state


def in_force(one: Actor, other: Actor, what: AgreementEntry, **more: object) -> UUID:
    """Write an agreement and bring it into force by two."""
    made = services.write(by=one, terms=what, **more).pk
    take(one, made, Step.ASKED)
    take(other, made, Step.AGREED)
    return made


Rights = dict[tuple[int, str, int, int], int]  # agency, role, giver, category: up to which marking


def all_rights(by: Actor, agencies: Iterable[int], purpose: int = CRIME) -> Rights:
    """What every role in some agencies may see, as the database compiles it now."""
    with acting(by):
        roles = list(Role.objects.exclude(key="job").values_list("key", flat=True))
        return {
            (agency, role, giver, category): team
            for agency in agencies for role in roles
            for giver, category, _own, team in reads.rights(agency, purpose, role)
        }  # fmt: skip
