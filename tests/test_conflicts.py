"""Who is kept from what: at once, everywhere, untold to whom it names, lifted by a lead alone."""

from dataclasses import replace
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from locality.cases import reads as cases
from locality.cases.models import Case
from locality.cases.services import remove_team_member
from locality.cases.tests.given import a_case
from locality.kit.errors import NotHere, Refused
from locality.sharing.acting import Actor, acting
from locality.sharing.conflicts import reads, services
from locality.sharing.models import AuditEntry, Conflict, Member
from tests.world import World


@pytest.fixture(autouse=True)
def addresses(settings):
    settings.ROOT_URLCONF = "locality.web.urls"


@pytest.fixture
def case(world: World) -> Case:
    return a_case(world.lead, team_posts=(world.nurse.post,))


@pytest.fixture
def governor(world: World) -> Actor:
    """A governance lead of the agency that leads the case."""
    return world.new_actor("council", "governance")


def kept(by: Actor, whom: UUID, who: Actor, why: str = "Her brother.") -> Conflict:
    return services.keep_from(by=by, subject=whom, post_id=who.post, why=why)


def sees(who: Actor, case: Case) -> bool:
    with acting(who):
        return cases.my_cases(who.post).filter(pk=case.pk).exists()


@pytest.mark.parametrize("what", ["case", "person"])
def test_somebody_kept_away_sees_nothing_until_it_is_lifted(
    world: World, case: Case, governor: Actor, what: str
):
    assert sees(world.nurse, case)
    made = kept(world.lead, case.pk if what == "case" else case.about[0], world.nurse)
    assert not sees(world.nurse, case)
    services.lift(by=governor, conflict_id=made.pk, why="It was a namesake.")
    assert sees(world.nurse, case)
    with acting(governor):
        entries = AuditEntry.objects.filter(record=made.pk).order_by("at")
        assert [one.did for one in entries] == [
            "sharing.conflict.declared", "sharing.conflict.lifted"
        ]  # fmt: skip


def test_it_counts_in_every_post_somebody_holds(world: World, case: Case):
    kept(world.lead, case.pk, world.nurse)
    with acting(replace(world.nurse, purpose="safeguarding children")), pytest.raises(NotHere):
        cases.case(case.pk)


def test_saying_it_twice_changes_nothing(world: World, case: Case):
    first = kept(world.lead, case.pk, world.nurse)
    assert kept(world.lead, case.pk, world.nurse, "Her brother, again.").pk == first.pk
    with acting(world.lead):
        (one,) = reads.conflicts(lifted=False).filter(subject=case.pk)
        assert one.why == "Her brother."


def test_only_what_shows_can_be_named(world: World, case: Case):
    with pytest.raises(NotHere):
        kept(world.stranger, case.pk, world.nurse)


def test_whom_it_names_is_not_told_and_cannot_lift_it(world: World, case: Case, governor: Actor):
    made = kept(world.lead, case.about[0], governor, "His daughter.")
    with acting(governor):
        assert not reads.conflicts(lifted=False).filter(pk=made.pk).exists()
    with pytest.raises(NotHere):
        services.lift(by=governor, conflict_id=made.pk, why="Nonsense.")


@pytest.mark.parametrize("what", ["case", "person"])
def test_a_lead_who_is_kept_away_reads_nothing_of_the_team_in_the_trail(
    world: World, case: Case, governor: Actor, what: str
):
    remove_team_member(
        by=world.lead, case_id=case.pk, post_id=world.nurse.post, why="She is Ash’s aunt."
    )

    with acting(world.lead):
        member = Member.objects.get(circle=case.circle_id, post=world.nurse.post)

    def told() -> set[str]:
        with acting(governor):
            found = AuditEntry.objects.filter(record__in=(case.circle_id, member.pk))
            return set(found.values_list("did", flat=True))

    assert told() == {"sharing.circle.made", "sharing.member.added", "sharing.member.removed"}
    kept(world.lead, case.pk if what == "case" else case.about[0], governor)
    assert told() == set()


def test_who_is_no_lead_or_of_another_agency_lifts_nothing(world: World, case: Case):
    made = kept(world.lead, case.pk, world.nurse)
    with pytest.raises(Refused):
        services.lift(by=world.lead, conflict_id=made.pk, why="He asked me to.")
    with pytest.raises(NotHere):
        services.lift(
            by=world.new_actor("police", "governance"), conflict_id=made.pk, why="He asked."
        )
    assert not sees(world.nurse, case)


def test_a_name_is_told_only_to_whom_it_shows(world: World, case: Case, governor: Actor):
    kept(world.lead, case.about[0], world.nurse)
    for who, told in ((governor, ""), (world.lead, "Ash Fielding")):
        with acting(who):
            (line,) = reads.shown(reads.conflicts(lifted=False).filter(subject=case.about[0]))
        assert line.name == told
        assert world.nurse.post in {post.pk for post in line.posts}


def test_pages_keep_and_lift(world: World, case: Case, governor: Actor):
    lead, page = world.client("lead"), reverse("sharing:kept-from", args=[case.pk])
    assert b"Who must not see this?" in lead.get(page).content
    assert lead.post(page, {"post_id": world.nurse.post, "why": " "}).status_code == 422
    assert lead.post(page, {"post_id": world.nurse.post, "why": "Her brother."}).status_code == 302
    assert b"Her brother." in lead.get(page).content
    assert world.client("nurse").get(page).status_code == 404
    by_lead = world.client_of(governor)
    assert b"Her brother." in by_lead.get(reverse("sharing:conflicts")).content
    with acting(world.lead):
        made = reads.conflicts(lifted=False).get(subject=case.pk)
    lifting = reverse("sharing:lift-conflict", args=[made.pk])
    assert by_lead.post(lifting, {"why": "A namesake."}).status_code == 302
    assert b"Her brother." not in by_lead.get(reverse("sharing:conflicts")).content
    assert b"Her brother." in by_lead.get(reverse("sharing:conflicts") + "?lifted=yes").content


def test_whoever_keeps_themselves_away_is_led_home(world: World, case: Case):
    client: Client = world.client("lead")
    sent = client.post(
        reverse("sharing:kept-from", args=[case.pk]),
        {"post_id": world.lead.post, "why": "My cousin."},
    )
    assert (sent.status_code, sent.url) == (302, "/")
    assert client.get(reverse("cases:case", args=[case.pk])).status_code == 404


@pytest.mark.parametrize("what", ["case", "person"])
def test_whoever_is_kept_from_it_cannot_ask_whether_it_was_disclosed_to_them(
    world: World, case: Case, what: str
):
    ask = f"SELECT locality.is_disclosed({case.owner_id}, '{case.pk}', NULL)"
    with acting(world.nurse), connection.cursor() as cursor:
        cursor.execute(ask)
        assert cursor.fetchone() == (True,)
    subject = case.pk if what == "case" else case.about[0]
    services.keep_from(by=world.lead, subject=subject, post_id=world.nurse.post, why="A cousin.")
    with acting(world.nurse), connection.cursor() as cursor:
        cursor.execute(ask)
        assert cursor.fetchone() == (False,)
