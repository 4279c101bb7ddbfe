"""Drafts: their writer's alone, kept for 14 days, cleared unread by a named job."""

from datetime import timedelta

import pytest
from django.utils import timezone

from locality.intake import jobs, reads, services
from locality.intake.models import Draft
from locality.intake.rules import DRAFT_LASTS
from locality.intake.tests.given import answers
from locality.kit.errors import NotHere, Refused
from locality.sharing import audit
from locality.sharing.acting import Actor, acting
from locality.sharing.models import AuditEntry
from tests.world import World


def a_draft(by: Actor, age: timedelta = timedelta(0)) -> Draft:
    made = services.save_draft(by=by, answers=answers())
    with acting(by):
        Draft.objects.filter(pk=made.pk).update(saved_at=timezone.now() - age)
    return made


def test_a_draft_is_its_writers_alone(world: World):
    made = a_draft(world.teacher)
    colleague = world.new_actor("school", "governance")
    for other in (colleague, world.screener, world.governor, world.job, world.stranger):
        with acting(other), pytest.raises(NotHere):
            reads.draft(made.pk)
        with pytest.raises(NotHere):
            services.save_draft(by=other, draft_id=made.pk, answers={"danger": "no"})
        with pytest.raises(NotHere):
            services.throw_draft_away(by=other, draft_id=made.pk)
    with acting(world.teacher):
        assert reads.draft(made.pk).answers["danger"] == "soon"


def test_saving_replaces_what_is_answered_again_and_keeps_the_rest(world: World):
    made = a_draft(world.teacher)
    services.save_draft(by=world.teacher, draft_id=made.pk, answers={"danger": "now"})
    with acting(world.teacher):
        assert reads.draft(made.pk).answers == answers(danger="now")


def test_naming_a_record_twice_and_taking_out_nobody_change_nothing(world: World):
    made = services.save_draft(by=world.teacher, answers={})
    for _ in range(2):
        services.add_person(by=world.teacher, draft_id=made.pk, person={"record_id": "x"})
    services.remove_person(by=world.teacher, draft_id=made.pk, number=7)
    with acting(world.teacher):
        assert reads.draft(made.pk).answers["people"] == [{"record_id": "x"}]
    services.remove_person(by=world.teacher, draft_id=made.pk, number=0)
    with acting(world.teacher):
        assert reads.draft(made.pk).answers["people"] == []


def test_the_job_clears_what_nobody_touched_for_14_days_in_its_own_agency_alone(world: World):
    clerk = world.new_actor("council", "practitioner")
    kept = [
        a_draft(clerk), a_draft(clerk, DRAFT_LASTS - timedelta(minutes=5)),
        a_draft(world.teacher, DRAFT_LASTS + timedelta(days=1)),
    ]  # fmt: skip
    old = a_draft(clerk, DRAFT_LASTS + timedelta(minutes=5))
    assert services.clear_old_drafts(by=world.job) == 1
    with acting(clerk):
        assert set(reads.drafts(clerk.post)) == set(kept[:2])
        assert not Draft.objects.filter(pk=old.pk).exists()
    with acting(world.teacher):
        assert reads.draft(kept[2].pk)
    with acting(world.job):
        assert AuditEntry.objects.filter(did="intake.draft.cleared").exists()


def test_only_a_named_job_clears(world: World):
    with pytest.raises(Refused, match="run the system"):
        services.clear_old_drafts(by=world.governor)


def test_the_nightly_task_acts_for_each_agency_that_has_a_job(world: World):
    clerk = world.new_actor("council", "practitioner")
    a_draft(clerk, DRAFT_LASTS + timedelta(days=1))
    assert {post.agency_id for post in reads.job_posts()} == {world.agencies["council"]}
    assert jobs.clear_drafts(timestamp=0) == 1


@pytest.mark.parametrize("act", ["begin", "save", "throw away", "clear"])
def test_without_its_audit_entry_a_draft_stays_as_it_was(world: World, monkeypatch, act):
    clerk = world.new_actor("council", "practitioner")
    made = a_draft(clerk, DRAFT_LASTS + timedelta(days=1))
    monkeypatch.setattr(audit, "record", lambda **_: 1 / 0)
    acts = {
        "begin": lambda: services.save_draft(by=clerk, answers={}),
        "save": lambda: services.save_draft(by=clerk, draft_id=made.pk, answers={"danger": "now"}),
        "throw away": lambda: services.throw_draft_away(by=clerk, draft_id=made.pk),
        "clear": lambda: services.clear_old_drafts(by=world.job),
    }
    with pytest.raises(ZeroDivisionError):
        acts[act]()
    with acting(clerk):
        assert [one.answers["danger"] for one in reads.drafts(clerk.post)] == ["soon"]
