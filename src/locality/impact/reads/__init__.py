"""Reports and their words. The only way a page or a command fetches one."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from locality.impact import strategies
from locality.impact.models import Block, BlockVersion, Report
from locality.impact.reads import gathering, snapshots
from locality.impact.rules import outline, periods
from locality.impact.rules import report as building
from locality.impact.words import Author, BoardReport, State, Strategy, TextBlock
from locality.kit.dates import Month, Period, month_of
from locality.kit.disclosure import shipped_rule
from locality.kit.errors import NotHere
from locality.sharing import reads as sharing_reads
from locality.sharing.acting import Actor
from locality.sharing.words import Duty, Sector
from locality.ui.words import ToDo


@dataclass(frozen=True, slots=True)
class Written:
    """One version of a block's words, with who left them and when."""

    number: int
    text: str
    by: str
    at: datetime | None


def reports() -> QuerySet[Report]:
    """Every report the actor may see, newest first."""
    return Report.objects.select_related("author__agency")


def report(report_id: UUID) -> Report:
    """Fetch one report, or raise NotHere: unknown and unseen look the same."""
    found = reports().filter(pk=report_id).first()
    if found is None:
        raise NotHere(f"report {report_id}")
    return found


def latest(area: str, period: Period) -> Report | None:
    """Fetch the newest report of an area and period, if there is one."""
    return (
        reports()
        .filter(
            area_name__iexact=area,
            first_month=period.first_day,
            last_month=period.last.first_day,
        )
        .first()
    )


def period(found: Report) -> Period:
    """Say which months a report is about."""
    return Period(month_of(found.first_month), month_of(found.last_month))


def signed_periods(area: str) -> list[Period]:
    """The months of every signed report on an area that the actor may see."""
    return [period(found) for found in reports().filter(area_name=area, state=State.FINAL)]


def this_month() -> Month:
    """The month that it is now."""
    return month_of(sharing_reads.today())


def written(report_id: UUID) -> dict[str, tuple[str, int]]:
    """Fetch the newest words of every block of a report: text and version, by key."""
    newest = BlockVersion.objects.filter(
        block__report=report_id, number=F("block__current")
    ).select_related("block")
    return {version.block.key: (version.text, version.number) for version in newest}


def slot(found: Report, key: str) -> TextBlock:
    """Fetch one place for words in a report, empty, or raise NotHere."""
    for place in outline.slots(strategies.strategy(found.strategy)):
        if place.block.key == key:
            return place.block
    raise NotHere(f"block {key}")


def block_to_change(report_id: UUID, key: str) -> Block:
    """Fetch one block and hold it until the transaction ends, so two cannot both write.

    Raises NotHere for a key this report has no place for.
    """
    found = Block.objects.select_for_update().filter(report=report_id, key=key).first()
    if found is None:
        raise NotHere(f"block {key}")
    return found


def versions(report_id: UUID, key: str) -> list[Written]:
    """Every version of a block's words, newest first."""
    kept = BlockVersion.objects.filter(block__report=report_id, block__key=key)
    return [_written(version) for version in kept.select_related("written_by")]


def newest(report_id: UUID, key: str) -> Written:
    """Fetch the newest version of a block's words; number 0, without words, before the first."""
    kept = versions(report_id, key)
    return kept[0] if kept else Written(0, "", "", None)


def version(report_id: UUID, key: str, number: int) -> Written:
    """Fetch one version of a block's words, or raise NotHere."""
    for found in versions(report_id, key):
        if found.number == number:
            return found
    raise NotHere(f"version {number} of {key}")


def _written(kept: BlockVersion) -> Written:
    by = f"{kept.written_by.name}, {kept.written_by.title}"
    return Written(kept.number, kept.text, by, kept.written_at)


def document(found: Report, reader: UUID) -> BoardReport:
    """Build a report as it stands: as it was signed or, for a draft, counted now.

    A draft is counted over what `reader` (the post of whoever acts) may see, and says so.
    """
    if found.state == State.FINAL:
        return snapshots.restored(found.signed)
    return draft(found, State.DRAFT, reader)


def draft(found: Report, state: State, reader: UUID) -> BoardReport:
    """Count the figures of a report now and build it with its newest words."""
    by_author = reader == found.author_id
    frame = _frame(strategies.strategy(found.strategy), found.author, state, by_author)
    gathered = gathering.gather(
        found.area_name, found.area_code, period(found), by_author=by_author
    )
    return building.build(frame, gathered, written(found.pk))


def printed(area: str, months: Period, post_id: UUID) -> BoardReport:
    """Build the newest report on an area and period or, before there is one, its figures alone."""
    name, code = gathering.area(area)
    periods.require_ended(months, this_month())
    if found := latest(name, months):
        return document(found, post_id)
    frame = _frame(strategies.for_area(name), sharing_reads.post(post_id), State.DRAFT)
    return building.build(frame, gathering.gather(name, code, months), {})


def _frame(
    strategy: Strategy, author: sharing_reads.Post, state: State, by_author: bool = True
) -> building.Frame:
    return building.Frame(
        strategy=strategy,
        measures=strategies.measures(),
        rule=shipped_rule(),
        author=Author(f"{author.title[:1].upper()}{author.title[1:]}", author.agency.name),
        prepared_on=sharing_reads.today(),
        state=state,
        by_author=by_author,
    )


def to_do(by: Actor) -> list[ToDo]:
    """What waits for an author: their own reports that are not signed yet."""
    drafts = reports().filter(author=by.post, state=State.DRAFT)
    return [_to_finish(draft) for draft in drafts]


def _to_finish(found: Report) -> ToDo:
    says = _("Your board report on %(area)s, %(period)s, is a draft.") % {
        "area": found.area_name,
        "period": period(found).label,
    }
    return ToDo(
        says=says, verb=_("Finish it"), url_name="impact:report", url_args=(found.pk,),
        due=None, overdue=False, kind="report",
    )  # fmt: skip


def authors(email: str = "") -> list[sharing_reads.Post]:
    """Posts that may write board reports, councils first; of one person if asked."""
    held = sharing_reads.posts(duty=Duty.REPORT)
    if email:
        held = held.filter(user__email__iexact=email)
    return sorted(held, key=lambda post: post.agency.sector != Sector.COUNCIL)
