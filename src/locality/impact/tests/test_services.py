"""Reports in a real database: versions, signing, and who may see them."""

from datetime import date
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from locality.impact import reads, services
from locality.impact.models import BlockVersion, Report
from locality.impact.tests.samples import CODE, PERIOD
from locality.kit.dates import Period, month_of
from locality.kit.errors import BadInput, NotHere, Refused
from locality.sharing import audit
from locality.sharing.acting import acting
from locality.sharing.models import AuditEntry

pytestmark = pytest.mark.usefixtures("practice")
NEEDED = ("purpose", "recommendations", "joint_working")


def a_report(by):
    return services.start_report(by=by, area="walsall", period=PERIOD)


def write(by, report, text, seen=0, key="purpose"):
    return services.edit_block(by=by, report_id=report.pk, key=key, text=text, seen=seen)


def a_signed_report(by):
    report = a_report(by)
    for key in NEEDED:
        write(by, report, "Words.", key=key)
    return services.finish_report(by=by, report_id=report.pk)


def document(by, report):
    with acting(by):
        return reads.document(reads.report(report.pk), by.post)


def test_every_version_is_kept_and_the_newest_is_in_the_report(world):
    by = world.director
    report = a_report(by)
    write(by, report, "First.")
    write(by, report, "Second.", seen=1)
    with acting(by):
        assert [(v.number, v.text) for v in reads.versions(report.pk, "purpose")] == [
            (2, "Second."), (1, "First."),
        ]  # fmt: skip
        assert reads.written(report.pk) == {"purpose": ("Second.", 2)}


def test_bringing_back_a_version_takes_nothing_away(world):
    by = world.director
    report = a_report(by)
    write(by, report, "First.")
    write(by, report, "Second.", seen=1)
    services.restore_version(by=by, report_id=report.pk, key="purpose", number=1, seen=2)
    with acting(by):
        assert [v.text for v in reads.versions(report.pk, "purpose")] == [
            "First.", "Second.", "First.",
        ]  # fmt: skip


def test_words_nobody_has_seen_are_not_written_over(world):
    by = world.director
    report = a_report(by)
    write(by, report, "First.")
    with pytest.raises(Refused, match="Grace Holloway, director changed these words") as refused:
        write(by, report, "Mine.", seen=0)
    assert refused.value.code == "impact.changed_meanwhile"
    with acting(by):
        assert reads.newest(report.pk, "purpose").text == "First."


def test_another_agency_sees_no_report_and_writes_nothing(world):
    report = a_report(world.director)
    write(world.director, report, "First.")
    stranger = world.new_actor("health", "director")
    with acting(stranger):
        assert not reads.reports().exists() and not BlockVersion.objects.exists()
        with pytest.raises(NotHere):
            reads.report(report.pk)
    with pytest.raises(NotHere):
        write(stranger, report, "Mine.", seen=1)
    with pytest.raises(NotHere):
        services.finish_report(by=stranger, report_id=report.pk)


def test_only_a_post_that_writes_reports_may_start_or_write_one(world):
    with pytest.raises(Refused, match="write board reports"):
        a_report(world.analyst)
    report = a_report(world.director)
    with pytest.raises(Refused, match="write board reports"):
        write(world.analyst, report, "Mine.")


def test_a_report_without_the_words_the_board_needs_is_not_signed(world):
    report = a_report(world.director)
    write(world.director, report, "Words.", key="purpose")
    with pytest.raises(Refused, match="“Recommendations” and “Implications for joint working”"):
        services.finish_report(by=world.director, report_id=report.pk)


def test_only_its_author_signs_a_report(world):
    report = a_report(world.director)
    colleague = world.new_actor("council", "director", "Nell Ashby")
    write(colleague, report, "A colleague may write.")
    with pytest.raises(Refused, match="Only Grace Holloway, director, can sign"):
        services.finish_report(by=colleague, report_id=report.pk)


def test_a_signed_report_keeps_its_figures_and_words(world, practice):
    by = world.director
    report = a_signed_report(by)
    before = document(by, report)
    practice.counted["cases opened"] = 5000
    assert document(by, report) == before
    assert document(by, a_report(by)) != before
    with pytest.raises(Refused, match="has been signed"):
        write(by, report, "More.", seen=1)
    with pytest.raises(Refused, match="has been signed"):
        services.finish_report(by=by, report_id=report.pk)


def changes_nothing(by, statement):
    """Whether the database itself refuses, or finds nothing to change."""
    try:
        with transaction.atomic(), acting(by):
            return statement() == 0
    except DatabaseError:
        return True


def test_the_database_itself_keeps_versions_and_signed_reports(world):
    by = world.director
    signed, draft = a_signed_report(by), a_report(by)
    version = write(by, draft, "First.")
    versions, reports = BlockVersion.objects, Report.objects
    assert changes_nothing(by, lambda: versions.filter(pk=version.pk).update(text="Other."))
    assert changes_nothing(by, lambda: versions.filter(pk=version.pk).delete()[0])
    assert changes_nothing(by, lambda: reports.filter(pk=signed.pk).update(signed={}))
    assert changes_nothing(
        by,
        lambda: reports.filter(pk=signed.pk).update(state="draft", signed=None, finished_at=None),
    )
    with acting(by):
        block = versions.get(block__report=signed, block__key="purpose")
    late = BlockVersion(
        block_id=block.block_id, number=2, text="Late.", written_by_id=by.post,
        owner_id=block.owner_id, category=block.category, marking=block.marking,
        label_id=block.label_id,
    )  # fmt: skip
    assert changes_nothing(by, lambda: late.save(force_insert=True))
    forged = world.screener.post
    late.block_id, late.written_by_id = version.block_id, forged
    assert changes_nothing(by, lambda: late.save(force_insert=True))


def test_everything_done_is_in_the_audit_trail(world):
    by = world.director
    a_signed_report(by)
    with acting(by):
        did = list(
            AuditEntry.objects.filter(kind__startswith="impact").values_list("did", flat=True)
        )
    assert sorted(did) == ["impact.block.written"] * 3 + [
        "impact.report.signed", "impact.report.started",
    ]  # fmt: skip


def test_without_its_audit_entry_nothing_is_written(world, monkeypatch):
    report = a_report(world.director)

    def fails(**_):
        raise DatabaseError("no audit")

    monkeypatch.setattr(audit, "record", fails)
    with pytest.raises(DatabaseError), transaction.atomic():
        write(world.director, report, "Lost.")
    with acting(world.director):
        assert not BlockVersion.objects.exists()


def test_what_is_not_there_is_not_here(world):
    by = world.director
    report = a_report(by)
    with pytest.raises(NotHere):
        write(by, report, "x", key="no such place")
    with pytest.raises(NotHere):
        services.restore_version(by=by, report_id=report.pk, key="purpose", number=1, seen=0)
    with pytest.raises(NotHere, match="no area is called Atlantis"):
        services.start_report(by=by, area="Atlantis", period=PERIOD)
    with acting(by), pytest.raises(NotHere):
        reads.report(uuid4())


def complete(by):
    with acting(by):
        return reads.gathering.gather("Walsall", CODE, PERIOD).practice.complete


@pytest.mark.parametrize("months", range(len(PERIOD)))
def test_the_months_before_the_first_record_are_not_complete(world, practice, months):
    practice.began = (PERIOD.first + months).last_day
    today = month_of(timezone.localdate())
    expected = {m for m in PERIOD if m < today} - {PERIOD.first + at for at in range(months)}
    assert complete(world.director) == expected


def test_where_nothing_was_ever_recorded_no_month_is_complete(world, practice):
    practice.began = date.max
    assert not complete(world.director)


def test_a_measure_none_of_the_domains_counts_is_not_recorded(world, practice):
    del practice.counted["cases opened"]
    found = str(document(world.director, a_report(world.director)))
    assert "No case opened in this period is recorded." in found


def test_an_unsigned_report_waits_for_its_author_alone(world):
    by = world.director
    a_signed_report(by)
    report = a_report(by)
    with acting(by):
        (waiting,) = reads.to_do(by)
        assert waiting.url_args == (report.pk,) and "April 2025 to March 2026" in waiting.says
    with acting(world.analyst):
        assert not reads.to_do(world.analyst)


def test_a_report_that_could_be_subtracted_finely_from_a_signed_one_is_not_begun_or_signed(world):
    shifted = Period(PERIOD.first + 1, PERIOD.last)
    early = services.start_report(by=world.director, area="walsall", period=shifted)
    a_signed_report(world.director)
    with pytest.raises(Refused, match="covers April 2025 to March 2026"):
        services.start_report(by=world.director, area="walsall", period=shifted)
    for key in NEEDED:
        write(world.director, early, "Words.", key=key)
    with pytest.raises(Refused) as refused:
        services.finish_report(by=world.director, report_id=early.pk)
    assert refused.value.code == "impact.overlaps"


def test_a_report_on_months_to_come_is_not_begun(world):
    with acting(world.director):
        now = reads.this_month()
    with pytest.raises(BadInput, match="has not ended yet"):
        services.start_report(by=world.director, area="walsall", period=Period(now, now))
