"""`locality retention`: what an operator runs about the time records are kept. Prints no name."""

import click
from django.utils import timezone

from locality.kit.errors import Refused
from locality.sharing.retention import reads, rules
from locality.sharing.retention.words import Line
from locality.ui.terminal import Endings


@click.group(cls=Endings)
def retention() -> None:
    """Look after how long records are kept. Prints counts, never names."""


@retention.command("run")
@click.option("--simulate", is_flag=True, help="Say what would go, and change nothing.")
def run(simulate: bool) -> None:
    """Say which records’ time is over, and what would become of them.

    Nothing is erased: that two people agree to it, and how it is done, is not built yet.
    """
    if not simulate:
        raise Refused("sharing.retention_only_simulates", "Run it with --simulate.")
    today = timezone.localdate()
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
        f"  source: {one.source} ({one.mark})",
        f"  {line.goes} would go" + ("" if trusted else ", once the schedule is confirmed"),
    ]
    said += [f"    {kind}: {many}" for kind, many in sorted(line.rows.items())]
    return said + [f"  kept by {why}: {many}" for why, many in sorted(line.kept.items())]
