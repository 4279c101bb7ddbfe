"""`locality audit`: check that nobody has rewritten the trail, prove a row, erase a detail."""

import json
from pathlib import Path
from uuid import UUID

import click
from django.conf import settings

from locality.kit.errors import Refused
from locality.sharing.sealing import auditing, erasing, proving
from locality.sharing.sealing.words import Report

SHOWN = 50  # findings of one kind that are written out
PATH = click.Path(path_type=Path, dir_okay=False)


@click.group(name="audit")
def audit() -> None:
    """Check the audit trail. Exit status 3 when anything is wrong."""


@audit.command("verify")
@click.option(
    "--state", type=PATH, help="What the auditor remembers; var/auditor.json if not given."
)
@click.option("--key", help="The log’s public key, if you have it from elsewhere.")
def verify(state: Path | None, key: str | None) -> None:
    """Compare every row with the checkpoints here, with the witnesses, and from the last time."""
    _say(auditing.verify(state or settings.VAR / "auditor.json", key))


@audit.command("fsck")
def fsck() -> None:
    """Check every row, chain, root and signature in the database alone."""
    _say(auditing.fsck())


@audit.command("prove")
@click.argument("row", type=click.UUID)
@click.option("--with-detail", is_flag=True, help="Show its personal detail as well.")
def prove(row: UUID, with_detail: bool) -> None:
    """Print the proof that a look, entry or sign-in is in the log.

    docs/check_proof.py checks it, with nothing of Locality.
    """
    click.echo(
        json.dumps(proving.prove(row, with_detail=with_detail), indent=1, ensure_ascii=False)
    )


@audit.command("erase-detail")
@click.argument("row", type=click.UUID)
@click.option("--why", required=True, help="Why: a sentence that stays in the trail.")
def erase_detail(row: UUID, why: str) -> None:
    """Erase a reason, the words of a search or whose sign-in it was. There is no way back.

    The row itself stays, and every proof of it stays valid.
    """
    erasing.erase_detail(row, why=why)
    click.echo("The detail is erased; an entry in the trail says so.")


def _say(report: Report) -> None:
    for remark in report.remarks:
        click.echo(f"To be looked at: {remark}")
    if report.found:
        raise Refused("sharing.trail_rewritten", "\n".join(_findings(report)))
    click.echo(f"{report.rows} rows read, {report.size} of them sealed: nothing is wrong.")
    click.echo(f"Root of the tree: {report.root.hex()}")


def _findings(report: Report) -> list[str]:
    """Every finding, but of many of one kind only the first."""
    said: dict[str, list[str]] = {}
    for one in report.found:
        said.setdefault(one.code, []).append(one.says)
    shown = [line for lines in said.values() for line in lines[:SHOWN]]
    more = [f"and {len(lines) - SHOWN} more like the last" for lines in said.values()
            if len(lines) > SHOWN]  # fmt: skip
    return [f"{len(report.found)} findings:", *shown, *more]
