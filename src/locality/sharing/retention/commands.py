"""`locality retention`: what an operator runs about the time records are kept. Prints no name."""

from datetime import date

import click
from django.utils import timezone

from locality.sharing.retention import erasing, queueing, reads, rules
from locality.sharing.retention.words import Line
from locality.ui.terminal import Endings


@click.group(cls=Endings)
def retention() -> None:
    """Look after how long records are kept. Prints counts, never names."""


@retention.command("run")
@click.option("--simulate", is_flag=True, help="Say what would go, and change nothing.")
@click.option(
    "--batch", type=click.IntRange(1, 1000), default=erasing.BATCH, show_default=True,
    help="How many records go at once. Nobody can write while one batch goes.",
)  # fmt: skip
def run(simulate: bool, batch: int) -> None:
    """Ask leads about records whose time is over, and let go what they agreed on.

    Run it every night as the database’s owner. It asks only by schedules that an agency has
    confirmed, and lets nothing go that anything still needs. Stopped, it goes on when run again.
    """
    today = timezone.localdate()
    if simulate:
        _simulate(today)
        return
    queued = queueing.refresh(today)
    click.echo(
        f"{queued.added} records came into the queue, {queued.asked_anew} are asked about anew, "
        f"{queued.removed} left it."
    )
    gone = {kind: many for kind, many in erasing.run(today, batch).items() if many}
    for kind, many in sorted(gone.items()):
        click.echo(f"{kind}: {many} went, with what belongs to them.")
    click.echo(f"{sum(gone.values())} went. {queueing.left()} wait for leads, or are kept.")


def _simulate(today: date) -> None:
    lines = reads.simulated(today)
    for line in lines:
        for said in _says(line, trusted=rules.may_act(line.schedule, today)):
            click.echo(said)
    click.echo("No record’s time is over." if not lines else "Nothing was changed.")


def _says(line: Line, *, trusted: bool) -> list[str]:
    one = line.schedule
    until = f" and until everybody is {one.until_age}" if one.until_age else ""
    said = [
        f"{line.agency}: {one.kind}, {one.years} years after closing{until}, then {one.action}",
        f"  source: {one.source} ({one.mark or 'confirmed by the agency'})",
        f"  {line.goes} would go" + ("" if trusted else ", once the schedule is confirmed"),
    ]
    said += [f"    {kind}: {many}" for kind, many in sorted(line.rows.items())]
    return said + [f"  kept by {why}: {many}" for why, many in sorted(line.kept.items())]
