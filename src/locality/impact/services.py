"""What people do with board reports: start one, write in it, sign it."""

from datetime import datetime
from uuid import UUID, uuid4

from django.utils import timezone

from locality.impact import reads, strategies
from locality.impact.models import Block, BlockVersion, Report
from locality.impact.reads import gathering, snapshots
from locality.impact.rules import outline, periods
from locality.impact.words import State
from locality.kit.dates import Period
from locality.kit.errors import Refused
from locality.kit.saying import say
from locality.sharing import audit, duties
from locality.sharing.acting import Actor, acting
from locality.sharing.labels import as_labelled, labelled
from locality.sharing.words import Category, Duty, Marking


def start_report(*, by: Actor, area: str, period: Period) -> Report:
    """Start a report on an area and period, against the area's latest strategy.

    Raises BadInput for months that have not ended or are too many. Refuses with
    `impact.overlaps` months that a signed report shares in part.
    """
    with acting(by):
        duties.require(Duty.REPORT)
        name, code = gathering.area(area)
        periods.require_ended(period, reads.this_month())
        periods.require_apart(period, reads.signed_periods(name))
        strategy = strategies.for_area(name)
        started = Report(
            id=uuid4(),
            area_code=code,
            area_name=name,
            strategy=strategy.key,
            first_month=period.first_day,
            last_month=period.last.first_day,
            author_id=by.post,
            **labelled(by.agency, Category.COMMUNITY, Marking.STANDARD),
        )
        started.save(force_insert=True)
        for slot in outline.slots(strategy):
            Block(report=started, key=slot.block.key, **as_labelled(started)).save()
        audit.record(by=by, did="impact.report.started", to=started)
        return started


def edit_block(*, by: Actor, report_id: UUID, key: str, text: str, seen: int) -> BlockVersion:
    """Put new words into a block, as a new version after the one the writer saw.

    Refuses with `impact.changed_meanwhile` when somebody wrote after `seen`, and with
    `impact.signed` in a final report.
    """
    with acting(by):
        duties.require(Duty.REPORT)
        report = reads.report(report_id)
        outline.require_draft(State(report.state))
        block = reads.block_to_change(report_id, key)
        _require_current(block, seen)
        version = BlockVersion.objects.create(
            block=block,
            number=block.current + 1,
            text=text,
            written_by_id=by.post,
            **as_labelled(report),
        )
        block.current = version.number
        block.save(update_fields=["current"])
        audit.record(by=by, did="impact.block.written", to=block)
        return version


def restore_version(
    *, by: Actor, report_id: UUID, key: str, number: int, seen: int
) -> BlockVersion:
    """Bring back an earlier version's words, as a new version. Nothing is taken away."""
    with acting(by):
        earlier = reads.version(report_id, key, number)
        return edit_block(by=by, report_id=report_id, key=key, text=earlier.text, seen=seen)


def finish_report(*, by: Actor, report_id: UUID) -> Report:
    """Sign a report: keep it whole, as it stands now.

    Refuses with `impact.not_written` while a part the board needs has no words, with
    `impact.not_the_author` for anybody but its author, and with `impact.overlaps` while a
    signed report shares its months in part.
    """
    with acting(by):
        duties.require(Duty.REPORT)
        report = reads.report(report_id)
        outline.require_draft(State(report.state))
        _require_author(report, by)
        strategy = strategies.strategy(report.strategy)
        outline.require_words(strategy, reads.written(report_id))
        periods.require_apart(reads.period(report), reads.signed_periods(report.area_name))
        report.signed = snapshots.kept(reads.draft(report, State.FINAL, by.post))
        report.state, report.finished_at = State.FINAL, timezone.now()
        report.save(update_fields=["state", "finished_at", "signed"])
        audit.record(by=by, did="impact.report.signed", to=report)
        return report


def _require_current(block: Block, seen: int) -> None:
    if seen != block.current:
        newest = reads.newest(block.report_id, block.key)
        outline.require_current(seen, block.current, newest.by, _moment(newest.at))


def _require_author(report: Report, by: Actor) -> None:
    if report.author_id != by.post:
        raise Refused(
            "impact.not_the_author",
            say(
                "Only {name}, {title}, can sign this report: it is theirs.",
                name=report.author.name,
                title=report.author.title,
            ),
        )


def _moment(at: datetime) -> str:
    local = timezone.localtime(at)
    return f"at {local:%H:%M} on {local.day} {local:%B %Y}"
