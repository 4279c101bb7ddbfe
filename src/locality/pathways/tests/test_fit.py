"""Who fits, and why: learning something good about somebody never makes them fit worse."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from locality.pathways import catalogue
from locality.pathways.rules import age_on, fit, fit_on_record, grouped, is_eligible
from locality.pathways.tests.makers import AREAS, NEEDS, a_pathway
from locality.pathways.words import BEST_LAST, Agreement, Eligibility, Facts, HowFit

needs = st.frozensets(st.sampled_from(NEEDS))
eligibilities = st.builds(
    Eligibility,
    any_need=needs.filter(bool),
    at_least=st.integers(0, 30),
    below=st.none() | st.integers(31, 90),
    areas=st.frozensets(st.sampled_from(AREAS)),
)
pathways = st.builds(
    a_pathway,
    eligible=eligibilities,
    agreement=st.builds(Agreement, st.booleans(), st.just("a parent"), st.just("Ask again later.")),
)
facts = st.builds(
    Facts,
    age=st.none() | st.integers(0, 100),
    needs=needs,
    area=st.none() | st.sampled_from(AREAS),
    agreed=st.none() | st.booleans(),
    known=st.frozensets(st.sampled_from(["safe", "harm"])),
)


def good_news(pathway, facts):
    """The same person, with one more thing known that the pathway asks for."""
    rule = pathway.eligible
    yield replace(facts, age=rule.at_least)
    yield replace(facts, needs=facts.needs | {min(rule.any_need)})
    yield replace(facts, agreed=True)
    yield replace(facts, known=facts.known | {"safe"})
    yield replace(facts, known=facts.known - {"harm"})
    if rule.areas:
        yield replace(facts, area=min(rule.areas))


@given(pathways, facts)
def test_adding_a_satisfied_fact_never_worsens_the_fit(pathway, facts):
    before = BEST_LAST.index(fit(pathway, facts).how)
    for better in good_news(pathway, facts):
        assert BEST_LAST.index(fit(pathway, better).how) >= before


@given(pathways)
def test_with_everything_it_asks_for_anybody_fits(pathway):
    rule = pathway.eligible
    facts = Facts(
        rule.at_least, frozenset({min(rule.any_need)}), min(rule.areas, default=None), True,
        frozenset({"safe"}),
    )  # fmt: skip
    assert is_eligible(pathway, facts)


@given(pathways, facts)
def test_the_fit_is_its_worst_reason_and_each_reason_is_a_sentence_with_its_fact(pathway, facts):
    found = fit(pathway, facts)
    assert found.how == found.reasons[0].how
    assert found.how == min((r.how for r in found.reasons), key=BEST_LAST.index)
    for reason in found.reasons:
        assert reason.fact and reason.says[0].isupper() and reason.says[-1] in ".?!"


@given(pathways, facts)
def test_what_is_on_record_is_never_a_worse_fit_than_all_that_is_known(pathway, facts):
    on_record, whole = fit_on_record(pathway, facts), fit(pathway, facts)
    assert BEST_LAST.index(on_record.how) >= BEST_LAST.index(whole.how)
    assert set(on_record.reasons) <= set(whole.reasons)


@given(facts)
def test_every_pathway_is_in_exactly_one_of_three_groups(facts):
    groups = grouped([fit(pathway, facts) for pathway in catalogue.all()])
    assert list(groups) == [HowFit.FITS, HowFit.COULD_FIT, HowFit.DOES_NOT_FIT]
    assert sum(map(len, groups.values())) == len(catalogue.all())


@given(facts.map(lambda f: replace(f, age=None)))
def test_an_age_nobody_recorded_is_never_guessed(facts):
    assert fit(a_pathway(), facts).how != HowFit.FITS


def test_without_agreement_it_says_what_to_do_instead():
    no = fit(a_pathway(), Facts(9, frozenset({"education"}), None, False, frozenset({"safe"})))
    assert no.how == HowFit.DOES_NOT_FIT
    assert "Ask again later." in no.reasons[0].says


@given(st.dates(date(1920, 1, 1), date(2026, 1, 1)), st.integers(0, 90))
def test_an_age_is_counted_from_the_birthday(born, years):
    try:
        birthday = born.replace(year=born.year + years)
    except ValueError:  # 29 February is kept on 1 March
        birthday = date(born.year + years, 3, 1)
    assert age_on(born, birthday) == years
    assert age_on(born, birthday - timedelta(days=1)) == years - 1
