"""Report pages, through the whole stack."""

import io

import pytest
from django.urls import reverse
from docx import Document
from pypdf import PdfReader

from locality.impact.tests.test_services import a_report, a_signed_report, write
from locality.sharing.acting import acting
from locality.sharing.models import Consultation
from locality.sharing.words import Look

pytestmark = pytest.mark.usefixtures("practice")


def at(name, *args):
    return reverse(f"impact:{name}", args=args)


def words(response):
    return " ".join(response.content.decode().split())


def test_a_director_starts_a_report_and_comes_to_it(world):
    browser = world.client("director")
    answers = {"area": "Walsall", "first": "2025-04", "last": "2026-03"}
    done = browser.post(at("start"), answers)
    assert done.status_code == 302
    page = browser.get(done.url)
    assert "April 2025 to March 2026" in words(page)
    assert "Nothing has been written here yet" in words(page)
    assert "Walsall, April 2025 to March 2026" in words(browser.get(at("reports")))


@pytest.mark.parametrize(("who", "times"), [("director", 1), ("analyst", 1), ("teacher", 0)])
def test_reports_are_a_main_link_for_whoever_writes_or_analyses(world, who, times):
    link = f'href="{at("reports")}"'
    assert world.client(who).get("/places/").content.decode().count(link) == times


@pytest.mark.parametrize(
    ("answers", "says"),
    [
        ({"area": ""}, "Select the area the report is about"),
        ({"area": "Walsall", "first": "2025-04"}, "Select the last month"),
        ({"area": "Walsall", "first": "2025-04", "last": "2025-03"}, "not before the first"),
    ],
)
def test_a_missing_or_wrong_answer_says_how_to_fix_it(world, answers, says):
    page = world.client("director").post(at("start"), answers)
    assert page.status_code == 422 and says in words(page)


def test_words_are_edited_on_the_page_and_shown_as_typed(world):
    browser, report = world.client("director"), a_report(world.director)
    typed = "<b>Not bold</b> & #emph[plain]\n\nSecond paragraph."
    done = browser.post(at("edit", report.pk, "purpose"), {"text": typed, "seen": "0"})
    assert done.url == f"{at('report', report.pk)}#purpose"
    page = words(browser.get(at("report", report.pk)))
    assert "&lt;b&gt;Not bold&lt;/b&gt; &amp; #emph[plain]" in page
    assert typed.splitlines()[2] in words(browser.get(at("edit", report.pk, "purpose")))


def test_two_people_typing_see_each_other_and_lose_nothing(world):
    browser, report = world.client("director"), a_report(world.director)
    colleague = world.new_actor("council", "director", "Nell Ashby")
    write(colleague, report, "What Nell wrote.")
    page = browser.post(at("edit", report.pk, "purpose"), {"text": "What I typed.", "seen": "0"})
    assert page.status_code == 422
    assert "Nell Ashby, director changed these words after you opened them" in words(page)
    assert "What Nell wrote." in words(page) and "What I typed." in words(page)
    seen = page.context["form"]["seen"].value()
    again = {"text": "Both of us.", "seen": seen}
    assert browser.post(at("edit", report.pk, "purpose"), again).status_code == 302
    assert "Both of us." in words(browser.get(at("report", report.pk)))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("x" * 20_001, "Shorten the text to 20000 characters"),
        ("a\x07b", "Remove the characters that cannot be printed: U+0007"),
        ("a\x00b", "Remove the characters that cannot be printed"),
        ("a\ufffeb", "U+FFFE"),
    ],
)
def test_what_cannot_be_printed_is_not_kept(world, text, says):
    browser, report = world.client("director"), a_report(world.director)
    page = browser.post(at("edit", report.pk, "purpose"), {"text": text, "seen": "0"})
    assert page.status_code == 422 and says in words(page)
    assert "Nothing has been written" in words(browser.get(at("versions", report.pk, "purpose")))


@pytest.mark.parametrize("seen", ["", "x", "-1", "99999999999999999999"])
def test_a_tampered_version_number_is_an_error_not_a_crash(world, seen):
    browser, report = world.client("director"), a_report(world.director)
    page = browser.post(at("edit", report.pk, "purpose"), {"text": "Words.", "seen": seen})
    assert page.status_code == 422


def test_versions_show_what_changed_and_bring_back_an_earlier_one(world):
    browser, report = world.client("director"), a_report(world.director)
    write(world.director, report, "One two three.")
    write(world.director, report, "One four three.", seen=1)
    page = words(browser.get(at("versions", report.pk, "purpose")))
    assert "</span>two</del>" in page and "</span>four</ins>" in page
    assert "Bring it back" in words(browser.get(at("restore", report.pk, "purpose", 1)))
    browser.post(at("restore", report.pk, "purpose", 1))
    assert "One two three." in words(browser.get(at("report", report.pk)))


def test_the_report_comes_as_pdf_and_as_word(world):
    browser, report = world.client("director"), a_report(world.director)
    made = browser.get(at("pdf", report.pk))
    assert made["Content-Type"] == "application/pdf"
    assert "board-report-walsall-april-2025-to-march-2026-draft.pdf" in made["Content-Disposition"]
    assert PdfReader(io.BytesIO(made.content)).trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert Document(io.BytesIO(browser.get(at("word", report.pk)).content)).tables


def test_every_figure_opens_to_its_source(world):
    browser, report = world.client("director"), a_report(world.director)
    page = words(browser.get(at("report", report.pk)))
    lines = page.count('class="govuk-table__header impact-measure"')
    assert lines and page.count('<details class="impact-behind">') >= lines
    assert "Only the records that the author of this report may see are counted" in page


def test_signing_asks_once_more_and_then_nothing_can_be_changed(world):
    browser, report = world.client("director"), a_signed_report(world.director)
    page = words(browser.get(at("report", report.pk)))
    assert "Final" in page and at("edit", report.pk, "purpose") not in page
    assert browser.get(at("edit", report.pk, "purpose")).status_code == 409
    draft = a_report(world.director)
    assert "Sign the report?" in words(browser.get(at("finish", draft.pk)))
    assert browser.post(at("finish", draft.pk)).status_code == 409


def test_signing_names_the_signed_reports_that_share_its_months(world):
    draft, browser = a_report(world.director), world.client("director")
    assert "Whoever has both" not in words(browser.get(at("finish", draft.pk)))
    a_signed_report(world.director)
    page = words(browser.get(at("finish", draft.pk)))
    assert "A signed report shares these months: April 2025 to March 2026" in page


def test_a_stranger_finds_no_report(world):
    report = a_report(world.director)
    browser = world.client("stranger")
    assert "has no board report yet" in words(browser.get(at("reports")))
    for name, *more in [("report",), ("pdf",), ("word",), ("finish",), ("edit", "purpose"),
                        ("versions", "purpose"), ("restore", "purpose", 1)]:  # fmt: skip
        assert browser.get(at(name, report.pk, *more)).status_code == 404


def test_a_reader_without_the_duty_reads_but_is_offered_no_pen(world):
    browser, report = world.client("analyst"), a_report(world.director)
    page = words(browser.get(at("report", report.pk)))
    assert "Purpose" in page and at("edit", report.pk, "purpose") not in page
    assert at("start") not in words(browser.get(at("reports")))


def test_a_draft_says_whose_sight_its_figures_are(world):
    report = a_report(world.director)
    own = words(world.client("director").get(at("report", report.pk)))
    assert "count only what its author may see" in own
    other = words(world.client("analyst").get(at("report", report.pk)))
    assert "count only what you may see, and you are not its author" in other
    assert "its reader may see are counted" in other


def test_a_place_for_words_that_no_report_has_is_not_found(world):
    browser, report = world.client("director"), a_report(world.director)
    assert browser.get(at("edit", report.pk, "nothing")).status_code == 404
    assert browser.get(at("restore", report.pk, "purpose", 99999999999)).status_code == 404


@pytest.mark.parametrize("name", ["pdf", "word"])
def test_a_report_taken_away_as_a_file_is_an_export(world, name):
    report = a_report(world.director)
    assert world.client("director").get(at(name, report.pk)).status_code == 200
    with acting(world.director):
        looks = Consultation.objects.filter(route=f"impact:{name}", records=[report.pk])
        assert {look.kind for look in looks} == {Look.PAGE, Look.EXPORT}
