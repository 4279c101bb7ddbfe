"""Figures come from the other domains' own reads, under the author's own rights."""

import pytest

from locality.impact import reads
from locality.impact.reads import gathering
from locality.impact.rules.crime import line
from locality.impact.words import CrimeMeasure, NotRecorded, SectionKey
from locality.kit.dates import Month, Period, month_of
from locality.kit.disclosure import shipped_rule
from locality.places import reads as places_reads
from locality.places.tests import invented
from locality.places.tests.conftest import town  # noqa: F401  (a fixture)
from locality.referrals.tests import given
from locality.sharing import reads as sharing_reads
from locality.sharing.acting import acting


def gather(by, area="Aldermoor", period=None):
    with acting(by):
        this_month = month_of(sharing_reads.today())
        months = period or Period(this_month, this_month)
        return gathering.gather(area, gathering._code(area), months)


@pytest.mark.usefixtures("town")
def test_crime_is_that_of_places_with_its_gaps(world):
    period = Period(invented.GAP + -1, invented.PERIOD.last)
    crime = gather(world.director, period=period).crime
    assert set(crime.counts) == set(invented.CATEGORIES)
    assert crime.residents and crime.source.licence and "Complete to" in crime.source.version
    assert invented.GAP not in crime.complete and invented.PERIOD.last in crime.complete


def test_without_loaded_crime_and_records_everything_is_not_recorded(world):
    with acting(world.stranger):
        document = reads.printed("Walsall", invented.PERIOD, world.stranger.post)
    parts = [part for section in document.sections for part in section.parts]
    figures = [f for p in parts if p.kind == "figures" for line in p.lines for f in line.known]
    assert {type(figure.value) for figure in figures} == {NotRecorded}
    assert any(p.kind == "note" and "No complete month of recorded crime" in p.text for p in parts)


def test_a_referral_that_ended_is_counted_for_those_who_may_see_it(world):
    given.over(world, given.under_way(world))
    seen = gather(world.lead).practice
    assert seen.counts["referrals.offered"] == seen.counts["referrals.ended"] == 1
    cross = seen.crosses["referrals.outcomes"]
    assert sum(map(sum, cross.counts)) == 1 and cross.rows[0].startswith("Mentoring for")
    assert cross.columns[cross.counts[0].index(1)] == "Mostly reached"
    hidden = gather(world.stranger).practice
    assert not hidden.crosses and not any(hidden.counts.values())


def test_every_count_a_measure_names_is_given_by_some_domain(world):
    counted = gather(world.director).practice.counts
    waiting = {"concerns.screened", "concerns.in_time"}  # counted by triage
    assert set(counted) | waiting == {m.key for m in reads.strategies.measures().practice}


@pytest.mark.usefixtures("town")
@pytest.mark.parametrize("first", [Month(2025, 1), Month(2025, 4), Month(2025, 7)])
def test_the_board_reads_what_the_pages_of_places_say(world, first):
    """A quiet month is a gap for both: the same rate, the same change, the same interval."""
    period = Period(first, invented.PERIOD.last)
    with acting(world.director):
        where = places_reads.area_named("Aldermoor")
        page = places_reads.area_report(where.code, period, None)
        found = gathering.gather("Aldermoor", where.code, period)
    every = CrimeMeasure("all", SectionKey.HARM, "All")
    count, rate, change = (f.value for f in line(every, found, shipped_rule()).figures)
    assert count.value == page.whole.count
    assert rate.value == pytest.approx(page.whole.per_year)
    assert (rate.low, rate.high) == pytest.approx((page.interval.low, page.interval.high))
    percent = page.whole.percent
    assert (change.low, change.high) == pytest.approx((percent.low, percent.high))
    assert found.crime.silent == {invented.QUIET: 5}
