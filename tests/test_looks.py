"""Who looked, and what stands out: told to a governance lead of their own agency's people only."""

from datetime import datetime, timedelta
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.utils import timezone

from locality.intake.tests.given import raised
from locality.intake.words import NewPerson
from locality.kit.errors import Refused
from locality.people.tests.given import somebody
from locality.sharing.acting import Actor, acting
from locality.sharing.looks import reads, services
from locality.sharing.looks.words import Unusual
from locality.sharing.models import AuditEntry, Consultation, LookReview
from locality.sharing.services import declare_conflict
from locality.sharing.words import Answer, Sign
from tests.world import World, as_owner

LONDON = ZoneInfo("Europe/London")
NOON = datetime(2026, 6, 15, 12, 0, tzinfo=LONDON)  # British Summer Time
PAGE = "people:person"


@pytest.fixture(autouse=True)
def addresses(settings):
    settings.ROOT_URLCONF = "locality.web.urls"


@pytest.fixture
def desk(world: World) -> Actor:
    """Somebody new at the council, who has not looked at anything yet."""
    return world.new_actor("council", "case_lead")


def looked(by: Actor, at: datetime, *records: UUID, route: str = PAGE) -> UUID:
    """Write down a look as it would be, at another time."""
    with as_owner():
        made = Consultation.objects.using("owner").create(
            at=at, transaction=1, person=by.person, post=by.post, agency=by.agency, purpose=1,
            kind="page", route=route, records=list(records),
        )  # fmt: skip
    return made.pk


def pointed_out(world: World, sign: Sign, at: datetime = NOON) -> dict[UUID, Unusual]:
    with acting(world.governor):
        found = reads.unusual(world.governor.agency, now=at)
    return {one.look: one for one in found if one.sign == sign}


def asked_about(world: World, *looks: UUID) -> list[UUID]:
    with acting(world.governor):
        here = reads.looks(world.governor.agency).filter(pk__in=looks)
        return list(here.values_list("pk", flat=True))


def test_a_lead_lists_the_looks_of_their_own_agency_and_no_other(world: World, desk: Actor):
    ours, theirs = looked(desk, NOON, uuid4()), looked(world.teacher, NOON, uuid4())
    assert asked_about(world, ours, theirs) == [ours]
    with acting(world.lead):
        assert not reads.looks(world.lead.agency).filter(pk=ours).exists()


def test_a_look_at_somebody_the_lead_is_kept_from_is_not_told(world: World, desk: Actor):
    whom = uuid4()
    look = looked(desk, NOON, whom)
    assert asked_about(world, look) == [look]
    declare_conflict(by=world.governor, subject=whom, why="A cousin.")
    assert asked_about(world, look) == []


def test_one_night_among_days_stands_out_and_a_night_workers_nights_do_not(world: World):
    by_day = world.new_actor("council", "case_lead")
    by_night = world.new_actor("council", "case_lead")
    for days in range(1, 15):
        looked(by_day, NOON - timedelta(days=days))
        looked(by_night, NOON - timedelta(days=days, hours=9))  # three in the morning
    late = looked(by_day, NOON.replace(hour=23) - timedelta(days=1))
    looked(by_day, NOON.replace(hour=1))  # still the same night
    found = pointed_out(world, Sign.NIGHT)
    assert {one.post for one in found.values()} & {by_day.post, by_night.post} == {by_day.post}
    assert late in found


@pytest.mark.parametrize("hour, minute, stands_out", [
    (21, 59, False), (22, 0, True), (5, 59, True), (6, 0, False),
])  # fmt: skip
def test_night_begins_and_ends_by_the_clock_in_london(
    world: World, desk: Actor, hour: int, minute: int, stands_out: bool
):
    for days in range(2, 9):
        looked(desk, NOON - timedelta(days=days))
    look = looked(desk, NOON.replace(hour=hour, minute=minute) - timedelta(days=1))
    assert (look in pointed_out(world, Sign.NIGHT)) is stands_out


@pytest.mark.parametrize("many, stands_out", [(39, False), (40, True)])
def test_a_day_with_far_more_looks_than_usual_stands_out(
    world: World, desk: Actor, many: int, stands_out: bool
):
    for days in range(2, 9):
        looked(desk, NOON - timedelta(days=days))
    first, *_ = (looked(desk, NOON - timedelta(hours=1, minutes=-n)) for n in range(many))
    assert (first in pointed_out(world, Sign.FAR_MORE)) is stands_out


@pytest.mark.parametrize("many, stands_out", [(7, False), (8, True)])
def test_a_record_that_many_colleagues_looked_at_stands_out_once(
    world: World, many: int, stands_out: bool
):
    whom, desks = uuid4(), [world.new_actor("council", "case_lead") for _ in range(many)]
    looks = [looked(one, NOON - timedelta(hours=20 - n), whom) for n, one in enumerate(desks)]
    again = looked(desks[0], NOON - timedelta(hours=1), whom)
    found = {*looks, again} & pointed_out(world, Sign.MANY_PEOPLE).keys()
    assert found == ({looks[-1]} if stands_out else set())


@pytest.mark.parametrize("looker, family, stands_out", [
    ("Somebody New", "New", True), ("Somebody New", "Newby", False), ("Somebody New", "", False),
    ("Ana de Souza", "de Souza", True), ("Ana Goldwood", "Wood", False),
    ("Zoë Müller", "Muller", True), ("Ana O’Neill", "O'Neill", True),
])  # fmt: skip
def test_a_look_at_ones_own_family_name_stands_out(
    world: World, looker: str, family: str, stands_out: bool
):
    desk = world.new_actor("council", "case_lead", looker)
    record = somebody(world.lead, family=family)
    look = looked(desk, timezone.now(), record.person_id)
    found = pointed_out(world, Sign.OWN_NAME, timezone.now() + timedelta(minutes=1))
    assert (look in found) is stands_out


def test_a_look_with_no_work_behind_it_stands_out_until_there_is_some(world: World, desk: Actor):
    record = somebody(world.lead)
    look = looked(desk, timezone.now(), record.person_id)
    soon = timezone.now() + timedelta(minutes=1)
    assert look in pointed_out(world, Sign.NO_TIE, soon)
    raised(desk, people=(NewPerson(record_id=record.pk),))
    assert look not in pointed_out(world, Sign.NO_TIE, soon)


def test_only_a_lead_is_told_whom_a_colleague_is_joined_to(world: World, desk: Actor):
    (whom,) = raised(desk).about

    def told(by: Actor) -> bool:
        with acting(by), connection.cursor() as cursor:
            cursor.execute("SELECT locality.tied(%s, %s)", [desk.post, whom])
            return cursor.fetchone()[0]

    assert told(world.governor)
    assert not told(world.lead)
    assert not told(world.new_actor("school", "governance"))


def test_what_was_found_is_kept_with_its_entry_and_is_asked_about_no_more(
    world: World, desk: Actor
):
    look = _unusual(world, desk)
    review = services.review(
        by=world.governor, look_id=look, sign=Sign.NO_TIE, answer=Answer.FINE, words="A duty call."
    )
    with acting(world.governor):
        assert AuditEntry.objects.filter(record=review.pk, did="sharing.look.reviewed").exists()
    assert look not in pointed_out(world, Sign.NO_TIE, timezone.now())
    with pytest.raises(Refused, match="colleague has just said"):
        services.review(
            by=world.governor, look_id=look, sign=Sign.NO_TIE, answer=Answer.FINE, words="Again."
        )


def test_how_ones_own_look_was_judged_is_not_read_in_the_trail_either(world: World):
    one, other = (world.new_actor("council", "governance") for _ in range(2))
    look = looked(one, timezone.now(), uuid4())
    review = services.review(
        by=other, look_id=look, sign=Sign.NIGHT, answer=Answer.NOT_FINE, words="Her cousin."
    )
    for who, told in ((other, True), (world.governor, True), (one, False)):
        with acting(who):
            assert AuditEntry.objects.filter(record=review.pk).exists() is told


def test_nobody_judges_their_own_look(world: World):
    look = looked(world.governor, timezone.now(), uuid4())
    with pytest.raises(Refused, match="another lead must judge"):
        services.review(
            by=world.governor, look_id=look, sign=Sign.NIGHT, answer=Answer.FINE, words="Me."
        )
    assert not LookReview.objects.using("owner").filter(look=look).exists()


def test_the_pages_show_the_look_its_reason_and_what_was_found(world: World, desk: Actor):
    look = _unusual(world, desk)
    client = world.client("governor")
    shown = client.get("/partners/looks/unusual/").content.decode()
    assert "No concern, case, panel or referral joins them to this person" in shown
    to = f"/partners/looks/unusual/{look}/no-tie/"
    assert to in shown
    assert client.post(to, {"answer": "fine"}).status_code == 422
    kept = client.post(to, {"answer": "not fine", "words": "They could not say why."}, follow=True)
    assert "They could not say why." in kept.content.decode()
    assert client.get(to).status_code == 404


def test_the_lists_narrow_and_lead_from_one_to_the_other(world: World, desk: Actor):
    whom = uuid4()
    looked(desk, timezone.now(), whom)
    client = world.client("governor")

    def shown(address: str) -> str:
        return client.get(f"/partners/looks/{address}").content.decode()

    by, at = f"/partners/looks/by/{desk.post}/", f"/partners/looks/at/{whom}/"
    assert by in shown("") and at in shown("")
    assert at in shown(f"by/{desk.post}/") and "Somebody New" in shown(f"at/{whom}/")
    narrowed = shown("?kind=job&purpose=4")
    assert at not in narrowed and "Take away this filter" in narrowed
    assert at in shown("?since-day=31&since-month=2&since-year=2026")  # no such day


@pytest.mark.parametrize("path", ["looks/", "looks/unusual/", f"looks/by/{UUID(int=7)}/"])
def test_whoever_does_not_govern_is_told_so(world: World, path: str):
    assert world.client("lead").get(f"/partners/{path}").status_code == 409


def test_another_agencys_people_and_records_are_not_there(world: World):
    looked(world.teacher, NOON, whom := uuid4())
    client = world.client("governor")
    assert client.get(f"/partners/looks/by/{world.teacher.post}/").status_code == 404
    assert client.get(f"/partners/looks/at/{whom}/").status_code == 404


def _unusual(world: World, desk: Actor) -> UUID:
    record = somebody(world.lead)
    return looked(desk, timezone.now(), record.person_id)
