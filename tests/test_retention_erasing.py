"""What two leads agreed on goes, whole and for good; nothing else ever does."""

import threading
from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID, uuid4

import psycopg
import pytest
from click.testing import CliRunner
from django.db import ProgrammingError, connection, connections
from django.utils import timezone

from locality.cases.models import Case, Note, Subject
from locality.kit.errors import BadInput, NotHere, Refused
from locality.people.models import Record
from locality.sharing.acting import Actor, acting
from locality.sharing.conflicts.services import keep_from
from locality.sharing.models import AuditEntry, Circle, Disposal, DisposalStep, Hold
from locality.sharing.retention import deciding, erasing, services
from locality.sharing.retention.commands import retention
from locality.sharing.retention.words import Standing
from locality.sharing.words import Action, Verdict
from tests.ending import LONG_AGO, Ending, an_old_case, ending
from tests.world import World, as_owner, close_connections, today

SOON = timedelta(days=30)


@pytest.fixture
def night(_world: World, django_db_blocker) -> Iterator[Ending]:
    """What an operator runs at night, for a council that keeps its cases for six years."""
    with django_db_blocker.unblock(), ending(_world) as made:
        made.schedule("cases.case")
        yield made
        connection.close()


def a_note(case: Case, owner: int, by: Actor) -> Note:
    with as_owner():
        return Note.objects.using("owner").create(
            case=case, text="x", happened_on=today(), made_by_id=by.post, owner_id=owner,
            category=case.category, marking=case.marking,
            label_id=(owner * 16 + case.category) * 4 + case.marking,
        )  # fmt: skip


def left_of(case: Case) -> list[str]:
    """Every table in which a row still names a case, or is it."""
    found = []
    with connections["owner"].cursor() as cursor:
        for table in connections["owner"].introspection.table_names(cursor):
            query = f'SELECT count(*) FROM "{table}" t WHERE t::text LIKE %s'  # noqa: S608
            cursor.execute(query, [f"%{case.pk}%"])
            if cursor.fetchone()[0]:
                found.append(table)
    return found


def test_what_two_leads_agreed_on_goes_with_all_beneath_it(night: Ending):
    old, other = an_old_case(night.world), an_old_case(night.world)
    note = a_note(old, old.owner_id, night.world.lead)
    assert night.queued(old.pk) and night.queued(other.pk)
    night.agree(old.pk)
    assert night.gone(old.pk)
    for model, row in ((Note, note.pk), (Circle, old.circle_id)):
        assert not model.objects.using("owner").filter(pk=row).exists()
    assert not Subject.objects.using("owner").filter(case_id=old.pk).exists()
    assert Case.objects.using("owner").filter(pk=other.pk).exists()
    assert Record.objects.using("owner").filter(person__in=old.about).exists()


def test_only_the_trail_and_by_whose_word_it_went_still_name_it(night: Ending):
    old = an_old_case(night.world)
    night.queued(old.pk)
    night.agree(old.pk)
    assert night.gone(old.pk)
    assert set(left_of(old)) <= {
        "sharing_auditentry", "sharing_consultation", "sharing_disposal"
    }  # fmt: skip
    row = Disposal.objects.using("owner").get(record=old.pk)
    assert row.done_at and (row.reference, row.left) == ("", None)


def test_what_the_trail_said_of_it_in_words_goes_and_that_it_went_is_there(night: Ending):
    old = an_old_case(night.world)
    told = AuditEntry.objects.using("owner").filter(record=old.pk)
    assert any(one.why for one in told)
    night.queued(old.pk)
    night.agree(old.pk)
    assert night.gone(old.pk)
    said = {one.did: one.why for one in told.exclude(did="sharing.detail.erased")}
    assert said.pop("sharing.record.erased") == "6 years: Our own paper 12"
    assert said and set(said.values()) == {""}


def test_why_it_was_kept_before_goes_with_it_and_by_whose_word_it_went_stays(night: Ending):
    old, later = an_old_case(night.world), today() + 2 * SOON
    row = night.queued(old.pk)
    services.decide(
        by=night.leads[0], disposals=[row.pk], verdict=Verdict.KEEP, why="Linnet's complaint.",
        keep_until=today() + SOON,
    )  # fmt: skip
    night.agree(old.pk)
    erasing.run(later)
    assert not Case.objects.using("owner").filter(pk=old.pk).exists()
    steps = DisposalStep.objects.using("owner").filter(disposal=row.pk)
    assert [(one.verdict, one.why) for one in steps] == [(Verdict.MAY_GO, "")] * 2
    told = AuditEntry.objects.using("owner").filter(record=row.pk)
    assert told.count() == 3 and not told.exclude(why="").exists()


def test_a_hold_that_was_lifted_goes_with_what_was_held(night: Ending):
    old = an_old_case(night.world)
    held = services.hold(by=night.world.lead, subject=old.pk, why="Linnet's mother sues.")
    services.lift(by=night.leads[0], hold_id=held.pk, why="Linnet's mother lost.")
    night.queued(old.pk)
    night.agree(old.pk)
    assert night.gone(old.pk)
    assert not Hold.objects.using("owner").filter(pk=held.pk).exists()
    told = AuditEntry.objects.using("owner").filter(record=held.pk)
    assert told.count() == 2 and not told.exclude(why="").exists()


def test_one_lead_is_not_enough_however_often_they_say_it(night: Ending):
    old = an_old_case(night.world)
    night.queued(old.pk)
    night.agree(old.pk, night.leads[0], night.leads[0])
    assert not night.gone(old.pk)
    night.agree(old.pk, night.leads[1])
    assert night.gone(old.pk)


def test_nobody_but_a_lead_of_the_agency_says_anything(night: Ending):
    old = an_old_case(night.world)
    row = night.queued(old.pk)
    theirs = night.world.new_actor("health", "governance")
    for who, wrong in ((night.world.lead, Refused), (theirs, NotHere)):
        with pytest.raises(wrong):
            services.decide(by=who, disposals=[row.pk], verdict=Verdict.MAY_GO)
    for who in (night.world.lead, theirs):
        with pytest.raises(ProgrammingError), acting(who):
            DisposalStep(disposal_id=row.pk, verdict=Verdict.MAY_GO, by_id=who.post,
                         agency_id=who.agency).save(force_insert=True)  # fmt: skip
    night.agree(old.pk, night.leads[0])
    assert not night.gone(old.pk)


def test_nobody_writes_in_another_s_name_or_for_another_day(night: Ending):
    old = an_old_case(night.world)
    row = night.queued(old.pk)
    one, other = night.leads
    long_ago = timezone.now() - timedelta(days=2)
    for changes in ({"by_id": other.post}, {"at": long_ago}, {"at": timezone.now() + SOON}):
        with pytest.raises(ProgrammingError), acting(one):
            DisposalStep(**{
                "disposal_id": row.pk, "verdict": Verdict.MAY_GO, "by_id": one.post,
                "agency_id": one.agency, **changes,
            }).save(force_insert=True)  # fmt: skip


def test_whoever_acts_deletes_nothing_themselves(night: Ending):
    old = an_old_case(night.world)
    night.queued(old.pk)
    for model in (Disposal, DisposalStep, Case):
        table = model._meta.db_table
        with pytest.raises(ProgrammingError, match="denied"), acting(night.leads[0]):
            connection.cursor().execute(f'DELETE FROM "{table}"')  # noqa: S608


def test_kept_until_a_day_it_stays_and_all_is_said_anew_after_it(night: Ending):
    old = an_old_case(night.world)
    row = night.queued(old.pk)
    night.agree(old.pk)
    services.decide(
        by=night.leads[0], disposals=[row.pk], verdict=Verdict.KEEP, why="A complaint.",
        keep_until=today() + SOON,
    )  # fmt: skip
    assert not night.gone(old.pk)
    erasing.run(today() + 2 * SOON)
    assert Case.objects.using("owner").filter(pk=old.pk).exists()
    night.agree(old.pk)
    erasing.run(today() + 2 * SOON)
    assert not Case.objects.using("owner").filter(pk=old.pk).exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"verdict": Verdict.KEEP, "why": "x"},
        {"verdict": Verdict.KEEP, "why": "x", "keep_until": today()},
        {"verdict": Verdict.KEEP, "why": " ", "keep_until": today() + SOON},
        {"verdict": Verdict.MAY_GO, "keep_until": today() + SOON},
    ],
)
def test_half_a_word_is_refused_with_what_is_missing(night: Ending, wrong: dict):
    old = an_old_case(night.world)
    row = night.queued(old.pk)
    with pytest.raises(BadInput, match="keep_until: |why: "):
        services.decide(by=night.leads[0], disposals=[row.pk], **wrong)
    assert not row.steps.exists()


def test_all_are_decided_on_or_none(night: Ending):
    old = an_old_case(night.world)
    row = night.queued(old.pk)
    with pytest.raises(NotHere):
        services.decide(
            by=night.leads[0], disposals=[row.pk, uuid4()], verdict=Verdict.MAY_GO
        )  # fmt: skip
    assert not DisposalStep.objects.using("owner").filter(disposal=row).exists()


def test_a_partner_s_part_needs_the_partner_s_lead_and_nobody_is_told_of_it(night: Ending):
    old = an_old_case(night.world)
    health = night.world.agencies["health"]
    a_note(old, health, night.world.nurse)
    row = night.queued(old.pk)
    assert row.others == [health]
    night.agree(old.pk)
    assert not night.gone(old.pk)
    with acting(night.leads[0]):
        (line,) = deciding.lines([deciding.open_ones().get(pk=row.pk)], night.leads[0], today())
        assert (line.stands, line.more) == (Standing.AGREED, 0)
    with pytest.raises(ProgrammingError, match="permission denied"), acting(night.leads[0]):
        Disposal.objects.filter(pk=row.pk).values_list("others").first()
    night.agree(old.pk, night.world.new_actor("health", "governance"))
    assert night.gone(old.pk)


def test_a_part_that_came_later_is_asked_about_anew(night: Ending):
    old = an_old_case(night.world)
    night.queued(old.pk)
    night.agree(old.pk)
    a_note(old, night.world.agencies["health"], night.world.nurse)
    assert not night.gone(old.pk)  # not even before the queue knows of it
    night.queued(old.pk)
    night.agree(old.pk, night.world.new_actor("health", "governance"))
    assert not night.gone(old.pk)  # what the council's leads said was about less
    night.agree(old.pk)
    assert night.gone(old.pk)


def test_another_schedule_is_asked_about_anew(night: Ending):
    old = an_old_case(night.world)
    night.queued(old.pk)
    night.agree(old.pk)
    night.schedule("cases.case", years=7)
    assert not night.gone(old.pk)
    assert night.queued(old.pk) and not night.gone(old.pk)
    night.agree(old.pk)
    assert night.gone(old.pk)


def test_without_a_schedule_of_its_own_or_looked_at_in_time_nothing_is_asked(night: Ending):
    old = an_old_case(night.world)
    assert night.queued(old.pk)
    night.schedule("cases.case", review_by=today() - timedelta(days=1))
    assert not night.queued(old.pk)
    night.schedule("cases.case", years=60)
    assert not night.queued(old.pk)


@pytest.mark.parametrize("when", ["before it is asked", "after it was agreed"])
def test_what_is_held_stays_whenever_it_was_said(night: Ending, when: str):
    old = an_old_case(night.world)
    if when != "before it is asked":
        night.queued(old.pk)
        night.agree(old.pk)
    with as_owner():
        held = Hold.objects.using("owner").create(
            subject=old.about[0], why="An inquiry.", agency_id=night.world.agencies["health"],
            declared_by_id=night.world.nurse.post,
        )  # fmt: skip
    assert not night.gone(old.pk)
    assert night.queued(old.pk) is None
    with as_owner():
        Hold.objects.using("owner").filter(pk=held.pk).update(lifted_at=timezone.now())
    assert night.queued(old.pk) and not night.gone(old.pk)


def test_a_lead_is_not_asked_about_what_they_are_kept_from(night: Ending):
    old, one = an_old_case(night.world), night.leads[0]
    row = night.queued(old.pk)
    keep_from(by=night.world.lead, subject=old.about[0], post_id=one.post, why="An uncle.")
    with acting(one):
        assert not deciding.open_ones().filter(pk=row.pk).exists()
    with pytest.raises(NotHere):
        night.agree(old.pk, one)
    with acting(night.leads[1]):
        assert deciding.open_ones().filter(pk=row.pk).exists()


def test_of_a_slimmer_row_what_was_done_is_left_and_about_nobody(night: Ending):
    night.schedule("cases.case", action=Action.SLIM)
    old = an_old_case(night.world)
    night.queued(old.pk)
    night.agree(old.pk)
    assert night.gone(old.pk)
    row = Disposal.objects.using("owner").get(record=old.pk)
    assert row.left["closed_at"] == (timezone.now() - LONG_AGO).strftime("%Y-%m")
    assert set(row.left) == {"opened_at", "closed_at", "closing", "category"}
    said = AuditEntry.objects.using("owner").filter(record=old.pk).values_list("did", flat=True)
    assert "sharing.record.slimmed" in said


def test_what_cannot_be_slimmed_has_no_such_schedule(night: Ending):
    with pytest.raises(BadInput, match="action: "):
        night.schedule("people.household", action=Action.SLIM)
    with pytest.raises(NotHere):
        night.schedule("cases.note")


def test_nobody_but_a_lead_says_how_long(night: Ending):
    with pytest.raises(Refused):
        night.schedule("cases.case", by=night.world.lead)


def test_it_goes_in_batches_and_one_that_fails_leaves_nothing_half_done(night: Ending, monkeypatch):
    old = [an_old_case(night.world) for _ in range(3)]
    for case in old:
        night.queued(case.pk)
        night.agree(case.pk)
    finish, done = erasing._finish, []

    def fails_at_the_second(*args: object) -> None:
        finish(*args)
        done.append(args[1].record)
        if len(done) == 2:
            raise KeyboardInterrupt

    monkeypatch.setattr(erasing, "_finish", fails_at_the_second)
    with pytest.raises(KeyboardInterrupt):
        erasing.run(today(), batch=1)
    there = set(Case.objects.using("owner").filter(pk__in=[one.pk for one in old])
                .values_list("pk", flat=True))  # fmt: skip
    assert len(there) == 2 and done[0] not in there and done[1] in there
    monkeypatch.undo()
    assert erasing.run(today(), batch=1) == {"cases.case": 2}


def test_while_a_batch_goes_others_read_and_cannot_write(night: Ending, administrator: str):
    with psycopg.connect(administrator, autocommit=True) as other, as_owner():
        erasing._nobody_writes()
        other.execute("SET lock_timeout = '200ms'")
        assert other.execute("SELECT count(*) FROM cases_case").fetchone()
        for table in ("sharing_hold", "cases_note", "sharing_disclosed", "sharing_disposalstep"):
            with pytest.raises(psycopg.errors.LockNotAvailable):
                other.execute(f'UPDATE "{table}" SET id = id')  # noqa: S608
        other.execute("UPDATE sharing_consultation SET id = id WHERE false")


def test_it_gives_way_to_whoever_is_writing_and_says_so(night: Ending, monkeypatch):
    old = an_old_case(night.world)
    night.queued(old.pk)
    night.agree(old.pk)
    monkeypatch.setattr(erasing, "TRIES", 2)
    monkeypatch.setattr(erasing, "PAUSE", 0.01)
    with acting(night.world.lead), pytest.raises(Refused, match="quieter hour"):
        connection.cursor().execute("LOCK TABLE cases_case IN ROW EXCLUSIVE MODE")
        night.gone(old.pk)
    assert night.gone(old.pk)


def test_the_command_asks_then_lets_go_and_says_how_many(night: Ending):
    old = an_old_case(night.world)
    asked = CliRunner().invoke(retention, ["run"])
    assert asked.exit_code == 0 and "came into the queue" in asked.output, asked.output
    night.agree(old.pk)
    said = CliRunner().invoke(retention, ["run", "--batch", "10"])
    assert "cases.case: 1 went" in said.output, said.output
    assert str(old.pk) not in said.output
    assert CliRunner().invoke(retention, ["run", "--batch", "0"]).exit_code == 2


def test_a_hold_said_while_it_goes_comes_first_or_finds_nothing(night: Ending):
    """Whoever asks first wins; never is something both held and gone, or neither."""
    for _ in range(8):
        old = an_old_case(night.world)
        night.queued(old.pk)
        night.agree(old.pk)
        worker = threading.Thread(target=_hold, args=(night.world.lead, old.pk))
        worker.start()
        gone = night.gone(old.pk)
        worker.join()
        assert Hold.objects.using("owner").filter(subject=old.pk).exists() != gone


def _hold(by: Actor, case: UUID) -> None:
    try:
        services.hold(by=by, subject=case, why="An inquiry.")
    except NotHere:
        pass
    finally:
        close_connections()
