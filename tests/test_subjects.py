"""Requests from people about what is held on them: their clocks, and who sees them."""

from calendar import isleap
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import ProgrammingError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from locality.kit.dates import BankHolidays, england_and_wales
from locality.kit.errors import NotHere, Refused
from locality.sharing.acting import Actor, acting
from locality.sharing.models import AuditEntry, SubjectRequest, SubjectStep
from locality.sharing.services import declare_conflict
from locality.sharing.subjects import reads, rules, services
from locality.sharing.subjects.words import Done, NewRequest, Standing, Time
from locality.sharing.words import Handled, Law, SubjectKind
from tests.world import World, today

DAY = timedelta(days=1)
NONE = BankHolidays(1900, 2200, frozenset())
DAYS = st.dates(date(1999, 12, 1), date(2032, 12, 31))
SOME = st.dates(date(2023, 1, 1), date(2029, 12, 31))


def time(**more: object) -> Time:
    given = {
        "says": "x", "months": 1, "extra_months": 2, "first_day_counts": False,
        "ends_on_working_day": False, "source": "x", "mark": "x",
        "review_by": date(2027, 4, 1), "confirmed": False,
    }  # fmt: skip
    return Time(**given | more)


def due(received: date, *done: Done, on: date | None = None, **more: object) -> date | None:
    found = rules.clock(
        received, done, time=time(**more), holidays=NONE, today=on or received, amber_days=7
    )
    return found.due


def test_a_month_from_every_day_of_forty_years_is_the_same_day_or_the_last_of_its_month():
    day = date(1999, 1, 1)
    while day < date(2039, 1, 1):
        for months in (1, 3):
            after = rules.months_after(day, months)
            there = day.year * 12 + day.month + months
            assert after.year * 12 + after.month == there
            last = (after.replace(day=28) + 4 * DAY).replace(day=1) - DAY
            assert after.day == min(day.day, last.day)
        day += DAY
    assert rules.months_after(date(2028, 1, 31), 1) == date(2028, 2, 29)
    assert isleap(2028) and rules.months_after(date(2027, 1, 31), 1) == date(2027, 2, 28)


@given(DAYS, DAYS)
def test_who_asks_later_is_never_answered_earlier(one: date, other: date):
    first, second = sorted((one, other))
    assert due(first) <= due(second)


@given(DAYS, st.lists(st.tuples(st.integers(0, 20), st.integers(0, 40)), max_size=5))
def test_every_day_of_every_stop_is_added_and_no_other(received: date, stops: list):
    on, done, stood = received, [], 0
    for runs, stands in stops:
        on += runs * DAY
        done.append(Done(Handled.STOPPED, on))
        on += stands * DAY
        done.append(Done(Handled.RESTARTED, on))
        stood += stands
    assert due(received, *done, on=on) == due(received) + stood * DAY


@given(DAYS, st.integers(0, 400))
def test_while_it_stands_still_nothing_is_due(received: date, later: int):
    stop = Done(Handled.STOPPED, received)
    found = rules.clock(received, [stop], time=time(), holidays=NONE, amber_days=7,
                        today=received + later * DAY)  # fmt: skip
    assert found.due is None and found.standing == Standing.STOPPED
    assert found.stopped_days == later


@given(DAYS, st.integers(0, 90))
def test_it_begins_when_proof_that_was_asked_for_is_seen(received: date, later: int):
    asked = Done(Handled.PROOF_ASKED, received)
    assert due(received, asked) is None
    seen = Done(Handled.PROOF_SEEN, received + later * DAY)
    assert due(received, asked, seen) == rules.months_after(received + later * DAY, 1)
    assert due(received, seen) == rules.months_after(received, 1)  # it was never in doubt


@given(DAYS)
def test_two_more_months_make_three(received: date):
    assert due(received, Done(Handled.EXTENDED, received)) == rules.months_after(received, 3)


@given(DAYS)
def test_where_the_first_day_counts_it_is_over_a_day_sooner(received: date):
    assert due(received, first_day_counts=True) == due(received) - DAY


@given(SOME)
def test_where_it_must_it_ends_on_the_next_working_day(received: date):
    holidays = england_and_wales()
    plain = rules.months_after(received, 1)
    ends = rules.last_day(received, 1, 0, time(ends_on_working_day=True), holidays)
    assert ends >= plain and ends.weekday() < 5 and ends not in holidays.days
    between = (plain + n * DAY for n in range((ends - plain).days))
    assert all(day.weekday() >= 5 or day in holidays.days for day in between)


@given(st.sampled_from(list(SubjectKind)), st.lists(st.sampled_from(list(Handled)), max_size=8))
def test_whatever_is_done_in_turn_what_has_ended_stays_ended(kind: SubjectKind, words: list):
    done: list[Done] = []
    for word in words:
        clock = rules.clock(date(2026, 3, 2), done, time=time(), holidays=NONE,
                            today=date(2026, 3, 9), amber_days=7)  # fmt: skip
        if kind == SubjectKind.COMPLAINT:
            clock = rules.complaint_clock(
                date(2026, 3, 2), done, time=reads.laws().complaint, today=date(2026, 3, 9),
                amber_days=7,
            )  # fmt: skip
        allowed = rules.next_steps(kind, done, clock, date(2026, 3, 9))
        assert bool(allowed) == (clock.standing != Standing.ENDED)
        if word in allowed:
            done.append(Done(word, date(2026, 3, 9)))
    ends = [one for one in done if one.step in (
        Handled.ANSWERED, Handled.REFUSED, Handled.TAKEN_BACK)]  # fmt: skip
    assert len(ends) <= 1 and (not ends or done[-1] == ends[0])


def test_every_law_says_whence_and_until_when_and_nothing_is_taken_for_confirmed():
    for one in (*reads.laws().times.values(), reads.laws().complaint):
        assert one.source and one.mark and one.review_by > date(2026, 1, 1) and not one.confirmed
    assert set(reads.laws().times) == set(Law)


def asked(by: Actor, kind: SubjectKind = SubjectKind.ACCESS, **more: object) -> SubjectRequest:
    given = {
        "name": "Rowan Larkfield", "reach": "By hand at the library.", "wants": "All of it.",
        "received_on": today() - 5 * DAY, "checked": "Passport.",
    }  # fmt: skip
    return services.log(by=by, asked=NewRequest(kind=kind, **given | more))


def shows(by: Actor, row: SubjectRequest) -> bool:
    with acting(by):
        return reads.requests().filter(pk=row.pk).exists()


def test_a_request_shows_to_the_agencys_leads_and_to_whom_they_asked_to_read(world: World):
    row = asked(world.governor)
    police = world.new_actor("police", "governance")
    assert shows(world.governor, row)
    assert not any(shows(one, row) for one in (world.lead, world.stranger, police))
    services.ask_to_read(by=world.governor, request_id=row.pk, post_id=world.lead.post)
    assert shows(world.lead, row) and not shows(world.specialist, row)
    with pytest.raises(NotHere):  # nobody of another agency
        services.ask_to_read(by=world.governor, request_id=row.pk, post_id=world.nurse.post)


def test_what_a_reader_sees_they_do_not_govern(world: World):
    row = asked(world.governor)
    services.ask_to_read(by=world.governor, request_id=row.pk, post_id=world.lead.post)
    with pytest.raises(Refused) as refused:
        services.take(by=world.lead, request_id=row.pk, step=Handled.ANSWERED, on=today(), why="x")
    assert refused.value.code == "sharing.not_your_duty"
    with pytest.raises(ProgrammingError), acting(world.lead), transaction.atomic():
        SubjectStep.objects.create(request=row, step=Handled.ANSWERED, on=today(),
                                   by_id=world.lead.post)  # fmt: skip


def test_each_step_is_in_the_trail_and_is_never_rewritten(world: World):
    row = asked(world.governor)
    services.take(by=world.governor, request_id=row.pk, step=Handled.STOPPED, on=today(),
                  why="Which years?")  # fmt: skip
    with acting(world.governor):
        dids = AuditEntry.objects.filter(record=row.pk).order_by("at").values_list("did", flat=True)
        assert list(dids) == ["sharing.subject.asked", "sharing.subject.proof_seen",
                              "sharing.subject.stopped"]  # fmt: skip
        with pytest.raises(ProgrammingError), transaction.atomic():
            SubjectStep.objects.filter(request=row).update(on=today() - DAY)
        with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("UPDATE sharing_subjectrequest SET received_on = %s", [today()])


def test_a_lead_kept_from_whoever_asks_reads_nothing_of_it_in_the_trail(world: World):
    row, whom = asked(world.governor), uuid4()
    with acting(world.governor):
        SubjectRequest.objects.filter(pk=row.pk).update(subjects=[whom])
    kept = world.new_actor("council", "governance")
    declare_conflict(by=world.governor, subject=whom, why="Kin.", post_id=kept.post)
    with acting(world.new_actor("council", "governance")):
        assert AuditEntry.objects.filter(record=row.pk).exists()
    with acting(kept):
        assert not AuditEntry.objects.filter(record=row.pk).exists()


@pytest.mark.parametrize("on", [-6, 1])
def test_a_step_is_not_dated_before_the_request_or_after_today(world: World, on: int):
    row = asked(world.governor)
    with pytest.raises(Refused) as refused:
        services.take(by=world.governor, request_id=row.pk, step=Handled.STOPPED,
                      on=today() + on * DAY, why="x")  # fmt: skip
    assert refused.value.code == "sharing.subject_step_day"


def test_home_says_what_is_due_and_a_complaint_is_first_acknowledged(world: World):
    row = asked(world.governor, SubjectKind.COMPLAINT, checked="")
    with acting(world.governor):
        (one,) = [one for one in reads.to_do(world.governor) if one.url_args == (row.pk,)]
        assert one.due == row.received_on + 30 * DAY and not one.overdue
        assert reads.next_steps(row) == {Handled.ACKNOWLEDGED, Handled.TAKEN_BACK}
    services.take(by=world.governor, request_id=row.pk, step=Handled.ACKNOWLEDGED, on=today(),
                  why="By letter.")  # fmt: skip
    services.take(by=world.governor, request_id=row.pk, step=Handled.ANSWERED, on=today(),
                  why="Told.")  # fmt: skip
    with acting(world.governor):
        assert not [one for one in reads.to_do(world.governor) if one.url_args == (row.pk,)]
        assert reads.to_do(world.lead) == []


def test_a_request_is_written_down_and_stepped_on_pages(world: World):
    client = world.client("governor")
    given = {
        "kind": "access", "name": "Rowan Larkfield", "asked_by": "parent", "wants": "All of it.",
        "reach": "By hand.", "received_on": today().isoformat(), "seen": "yes",
        "checked": "Passport.", "law": "general",
    }  # fmt: skip
    answer = client.post("/partners/requests/new/", given)
    assert answer.status_code == 422  # a parent says who they are
    given |= {"asker": "Ash Larkfield", "authority": "Birth certificate."}
    answer = client.post("/partners/requests/new/", given)
    assert answer.status_code == 302
    assert client.post(f"{answer['Location']}stopped/", {"on": today().isoformat(), "why": "x"})
    shown = client.get(answer["Location"]).content.decode()
    assert "Ash Larkfield" in shown and "clock stopped" in shown
    assert world.client("lead").get(answer["Location"]).status_code == 404
