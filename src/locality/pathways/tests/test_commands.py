"""`locality pathways check`, as somebody types it."""

from click.testing import CliRunner

from locality.pathways import catalogue
from locality.pathways.commands import pathways

MENTORING = (catalogue.HERE / "mentoring.toml").read_text(encoding="utf-8")


def test_the_shipped_catalogue_makes_sense_and_says_what_is_to_be_confirmed():
    done = CliRunner().invoke(pathways, ["check"])
    assert done.exit_code == 0
    assert "mentoring 2026.1: makes sense" in done.output
    assert "to be confirmed: how soon a provider answers" in done.output


def test_one_file_with_faults_ends_with_2_and_names_every_fault(tmp_path):
    file = tmp_path / "mentoring.toml"
    file.write_text(
        MENTORING.replace("at_least = 10", "at_least = 20").replace("days = 42", "days = 0")
    )
    done = CliRunner().invoke(pathways, ["check", str(file)])
    assert done.exit_code == 2
    assert "at least 20 and below 18" in done.output and "step “review”" in done.output


def test_an_entry_past_its_review_date_says_so(tmp_path):
    file = tmp_path / "mentoring.toml"
    file.write_text(MENTORING.replace("review_by = 2027-03-31", "review_by = 2020-03-31"))
    done = CliRunner().invoke(pathways, ["check", str(file)])
    assert done.exit_code == 0
    assert "should have been reviewed by 31 March 2020" in done.output
