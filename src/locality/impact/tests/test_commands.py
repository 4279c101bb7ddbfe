"""`locality report board`, as somebody types it."""

import io

import pytest
from click.testing import CliRunner
from pypdf import PdfReader

from locality.impact.commands import report
from locality.impact.tests.test_services import a_report, write

pytestmark = pytest.mark.usefixtures("practice", "world")
ASKED = ["board", "--area", "walsall", "--from", "2025-04", "--to", "2026-03"]


def run(folder, *options, asked=ASKED):
    return CliRunner().invoke(report, [*asked, "--output", str(folder), *options])


def test_it_writes_both_files_and_says_what_it_found(tmp_path):
    done = run(tmp_path / "new")
    assert done.exit_code == 0, done.output
    names = sorted(file.name for file in (tmp_path / "new").iterdir())
    assert names == [
        "board-report-walsall-2025-04-to-2026-03.docx",
        "board-report-walsall-2025-04-to-2026-03.pdf",
    ]
    assert "Counted for " in done.output and "Violence and sexual offences: " in done.output


def test_it_prints_the_words_of_the_newest_report(tmp_path, world):
    email = f"{world.director.person}@example.org"
    write(world.director, a_report(world.director), "Words of this report.")
    done = run(tmp_path, "--as", email)
    assert "Grace Holloway" in done.output, done.output
    made = PdfReader(
        io.BytesIO((tmp_path / "board-report-walsall-2025-04-to-2026-03.pdf").read_bytes())
    )
    assert "Words of this report." in made.pages[0].extract_text()


@pytest.mark.parametrize(
    ("asked", "status", "says"),
    [
        (
            ["board", "--area", "Walsall", "--from", "April", "--to", "2026-03"],
            2,
            "such as 2025-04",
        ),
        (
            ["board", "--area", "Walsall", "--from", "2026-04", "--to", "2026-03"],
            2,
            "cannot end in",
        ),
        (["board", "--area", "Atlantis", "--from", "2025-04", "--to", "2026-03"], 4, "Atlantis"),
        ([*ASKED, "--as", "nobody@example.org"], 3, "has no post"),
        (["board", "--area", "Walsall"], 2, "--from"),
    ],
)
def test_a_mistake_ends_with_its_status_and_one_sentence(tmp_path, asked, status, says):
    done = run(tmp_path, asked=asked)
    assert done.exit_code == status and says in done.output
    assert not list(tmp_path.iterdir())
