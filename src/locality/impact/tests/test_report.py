"""A report has the board's sections in order, and tells nobody a small count."""

import itertools

from hypothesis import given, settings
from hypothesis import strategies as st

from locality.impact.reads import snapshots
from locality.impact.rules import outline, showing
from locality.impact.rules.report import behind
from locality.impact.tests.samples import (
    CATEGORIES,
    PERIOD,
    PRACTICE,
    a_frame,
    a_part,
    a_report,
    crime_of,
    gathered,
    some_crime,
    some_practice,
)
from locality.impact.words import Cross, Fewer, NotRecorded, Number, Withheld
from locality.kit.disclosure import shipped_rule

RULE = shipped_rule()
HEADINGS = [
    "1 Purpose", "2 Recommendations", "3 Report detail", "3.1 Building trust and confidence",
    "3.2 Strengthening communities and growing the economy", "3.3 Protecting people from harm",
    "3.4 What is not known", "4 Implications for joint working",
    "5 Contribution to the strategy’s priorities", "6 Background papers", "7 Author",
]  # fmt: skip
counts = st.integers(0, 40)


def values(document):
    return {
        figure.key: figure.value
        for part in a_part(document, "figures")
        for line in part.lines
        for figure in line.known
    }


def test_the_sections_stand_in_the_boards_usual_order():
    document = a_report()
    assert [f"{section.number} {section.heading}" for section in document.sections] == HEADINGS


def test_every_priority_of_the_strategy_has_its_words_and_its_figures():
    (section,) = [s for s in a_report().sections if s.key == "strategy"]
    names = [priority.name for priority in a_frame().strategy.priorities]
    assert [part.heading for part in section.parts if part.kind == "text"] == names
    captions = [part.caption for part in section.parts if part.kind == "figures"]
    assert all(name in caption for name, caption in zip(names, captions, strict=True))


def test_where_nothing_is_recorded_the_report_says_so_and_shows_no_nought():
    empty = gathered(some_crime(missing=frozenset(some_crime().complete)), some_practice({}, None))
    document = a_report(found=empty)
    notes = [part.text for part in a_part(document, "note")]
    assert any("No complete month of recorded crime" in text for text in notes)
    assert any("no table of outcomes" in text for text in notes)
    assert {type(value) for value in values(document).values()} == {NotRecorded}


def test_a_strategy_whose_years_are_over_is_said_to_be():
    notes = [part.text for part in a_part(a_report(), "note")]
    assert any("It ran to 2020; no later strategy is recorded here." in text for text in notes)


def test_every_number_says_what_it_rests_on():
    document = a_report()
    for provenance, counted in behind(document):
        assert provenance.source.name and provenance.coverage.sentence
        assert all(names and how for names, how in counted)


def test_a_missing_month_of_this_period_is_said_to_be_unknown():
    missing = frozenset({PERIOD.first + 2})
    document = a_report(found=gathered(some_crime(missing=missing)))
    (unknown,) = [s for s in document.sections if s.key == "unknown"]
    assert "June 2025" in " ".join(unknown.parts[0].points)
    said = [text for basis, _ in behind(document) for _, text in basis.lines]
    assert any("11 of 12 months are complete; without June 2025" in text for text in said)
    assert "(11 of 12 months complete)" in a_part(document, "figures")[1].caption


def test_small_areas_without_their_usual_records_are_told_beside_the_figures():
    quiet = PERIOD.first + 7
    document = a_report(found=gathered(some_crime(silent={quiet: 23})))
    said = [part.text for part in a_part(document, "finding")]
    assert any("(23 in November 2025) are gaps, not falls" in text for text in said)
    months = a_part(document, "chart")[0].table
    assert {row.head: row.cells[1] for row in months.rows}["November"].endswith(
        "(without 23 areas)"
    )


@given(st.dictionaries(st.sampled_from(CATEGORIES), st.integers(0, 9), min_size=8))
def test_no_published_sum_gives_away_a_small_category(totals):
    """A reader knows every shown category and the total; small ones must stay 1 to 4."""
    first = PERIOD.first
    base = some_crime(base=0)
    months = {
        name: {m: n if m == first else 0 for m in base.complete} for name, n in totals.items()
    }
    shown = values(a_report(found=gathered(crime_of(months, base.complete))))
    for measure in a_frame().measures.crime:
        value = shown[measure.key]
        if measure.category and 0 < totals[measure.category] < 5:
            assert not isinstance(value, Number)
            assert not isinstance(shown[f"{measure.key}.rate"], Number)
            assert not isinstance(shown[f"{measure.key}.change"], Number)


@given(counts, counts)
def test_a_part_printed_beside_its_whole_gives_away_neither_part_nor_rest(part, rest):
    value, share = showing.part_of(part, part + rest, RULE), showing.share(part, part + rest, RULE)
    if 0 < part < 5:
        assert value == Fewer(5)
    elif 0 < rest < 5:
        assert isinstance(value, Withheld)
    else:
        assert value == Number(part)
    assert isinstance(share, Number) == (
        part + rest > 0 and not any(0 < n < 5 for n in (part, rest, part + rest))
    )


@settings(deadline=None)
@given(st.lists(st.lists(st.integers(0, 12), min_size=3, max_size=3), min_size=2, max_size=3))
def test_a_tables_total_and_the_same_figure_are_shown_alike(rows):
    names = tuple(f"Pathway {at}" for at in range(len(rows)))
    cross = Cross(names, ("Reached", "Partly", "Not"), tuple(map(tuple, rows)))
    ended = sum(map(sum, rows))
    practice = some_practice(PRACTICE | {"referrals.ended": ended}, cross)
    document = a_report(found=gathered(practice=practice))
    if not ended:
        assert isinstance(values(document)["referrals.ended"], NotRecorded)
        return
    (table,) = [part for part in a_part(document, "table") if part.key == "referrals.outcomes"]
    assert table.rows[-1].cells[-1] == values(document)["referrals.ended"].shown
    printed = itertools.chain.from_iterable(row.cells for row in table.rows)
    assert not {"1", "2", "3", "4"} & set(printed)


def test_a_signed_report_comes_back_as_it_was():
    document = a_report({"purpose": ("Words.", 3)})
    assert snapshots.restored(snapshots.kept(document)) == document


def test_the_words_of_every_slot_find_their_place():
    strategy = a_frame().strategy
    written = {
        slot.block.key: (f"Words {at}", 1) for at, slot in enumerate(outline.slots(strategy))
    }
    blocks = a_part(a_report(written), "text")
    assert {block.key: (block.text, block.version) for block in blocks} == written
