"""`locality report …`: make board reports at a terminal."""

from pathlib import Path

import click
from django.utils.text import slugify

from locality.impact import reads
from locality.impact.runs import pdf, word
from locality.impact.words import BoardReport, Finding
from locality.kit import dates
from locality.kit.dates import Period
from locality.kit.errors import Refused
from locality.kit.saying import say
from locality.sharing import sessions
from locality.sharing.acting import Actor, acting
from locality.ui.terminal import Endings

PURPOSE = "oversight"
MAKERS = {"pdf": pdf.pdf, "docx": word.word}


@click.group(cls=Endings)
def report() -> None:
    """Make the reports that boards read."""


@report.command("board")
@click.option("--area", required=True, help="The area the report is about, such as Walsall.")
@click.option("--from", "first", required=True, help="First month, such as 2025-04.")
@click.option("--to", "last", required=True, help="Last month, such as 2026-03.")
@click.option(
    "--output",
    default=".",
    show_default=True,
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder for the PDF and the Word file; made if it is not there.",
)
@click.option("--as", "email", default="", help="E-mail address of the report's author.")
def board(area: str, first: str, last: str, output: Path, email: str) -> None:
    """Write the Health and Wellbeing Board's report as PDF and Word.

    The words are those of the newest report on this area and period that the author can see;
    the figures are counted now, over the records that the author may see.
    """
    period = Period(dates.month(first), dates.month(last))
    by, who = _author(email)
    with acting(by):
        document = reads.printed(area, period, by.post)
    click.echo(f"Counted for {who}.")
    for section in document.sections:
        for part in section.parts:
            if isinstance(part, Finding):
                click.echo(part.text)
    for file in _write(document, period, output):
        click.echo(f"Wrote {file}")


def _author(email: str) -> tuple[Actor, str]:
    """Act as somebody whose post writes board reports: the one asked for, or the first."""
    held = reads.authors(email)
    if not held:
        wanted = f"{email} has no post" if email else "Nobody here has a post"
        raise Refused(
            "impact.no_author", say("{wanted} that may write board reports.", wanted=wanted)
        )
    post = held[0]
    key = sessions.start(user=post.user_id, post=post.pk, lasts=sessions.JOB_LASTS)
    by = Actor(post=post.pk, person=post.user_id, agency=post.agency_id, purpose=PURPOSE, key=key)
    return by, f"{post.name}, {post.title}, {post.agency.name}"


def _write(document: BoardReport, period: Period, output: Path) -> list[Path]:
    output.mkdir(parents=True, exist_ok=True)
    name = slugify(f"board report {document.area} {period.first} to {period.last}")
    files = []
    for ending, make in MAKERS.items():
        file = output / f"{name}.{ending}"
        file.write_bytes(make(document))
        files.append(file)
    return files
