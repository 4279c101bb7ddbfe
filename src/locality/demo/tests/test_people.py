"""Who lives in the invented area."""

import os
from collections import Counter, defaultdict
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from locality.demo import catalogue, runs
from locality.demo.tests.areas import SAMPLES, TODAY, neighbourhood, plan, small
from locality.demo.words.area import NEIGHBOURHOOD, Size

ROOT = Path(__file__).parents[4]
OPEN_DATA = Path(os.environ.get("LOCALITY_OPEN_DATA", ROOT.parent / "shared" / "data"))
REAL_STREETS = OPEN_DATA / "west_midlands" / "walsall_streets.csv"

everywhere = pytest.mark.parametrize(("seed", "number"), SAMPLES)


def homes_of(batch):
    found = defaultdict(list)
    for resident in batch.residents:
        found[resident.household].append(resident)
    return found


@everywhere
def test_a_neighbourhood_has_exactly_as_many_residents_as_it_says(seed, number):
    assert len(neighbourhood(seed, number).residents) == NEIGHBOURHOOD


def test_the_small_area_has_ten_thousand_residents_and_their_records():
    assert sum(len(batch.residents) for batch in small()) == Size.SMALL.residents == 10_000
    assert 23_000 < sum(len(batch.records) for batch in small()) < 27_000
    assert 36_000 < sum(len(batch.contacts) for batch in small()) < 44_000


@everywhere
def test_every_household_lives_at_an_address_on_a_street_of_its_own(seed, number):
    streets = {street.name: street for street in runs.area_streets(plan(seed, Size.BOROUGH))}
    for home in neighbourhood(seed, number).households:
        street = streets[home.address.split(", ")[-1].split(" ", 1)[1]]
        assert home.postcode in street.postcodes
        assert (home.ward, home.area) == (street.ward, street.area)


@everywhere
def test_nobody_lives_nowhere_and_no_household_is_empty(seed, number):
    batch = neighbourhood(seed, number)
    assert set(batch.residents.columns["household"]) == set(batch.households.columns["id"])


@everywhere
def test_whoever_moved_did_so_within_the_two_years_and_says_from_where(seed, number):
    for home in neighbourhood(seed, number).households:
        assert (
            (home.moved_on is None) == (home.former_address == "") == (home.former_postcode == "")
        )
        assert home.moved_on is None or timedelta(0) < TODAY - home.moved_on <= timedelta(730)


@everywhere
def test_twins_share_a_birth_date_and_nobody_at_home_shares_a_name(seed, number):
    twins = 0
    for people in homes_of(neighbourhood(seed, number)).values():
        if len(people) > 9:
            continue  # care homes
        names = [(p.given_names, p.family_name) for p in people]
        assert len(set(names)) == len(names)
        births = Counter(p.born for p in people if p.part == "child")
        twins += sum(n > 1 for n in births.values())
        for earlier, later in pairwise(sorted(births)):
            assert later - earlier >= timedelta(300)
    assert twins > 0


@everywhere
def test_children_are_younger_than_somebody_at_home_by_sixteen_years(seed, number):
    for people in homes_of(neighbourhood(seed, number)).values():
        eldest = min(p.born for p in people)
        assert all(p.born - eldest > timedelta(16 * 365) for p in people if p.part == "child")
        assert any(TODAY - p.born > timedelta(16 * 365) for p in people)


def test_ages_and_communities_are_spread_as_in_such_a_place():
    residents = [resident for batch in small() for resident in batch.residents]
    ages = [(TODAY - resident.born).days / 365.25 for resident in residents]
    assert 0.18 < sum(age < 18 for age in ages) / len(ages) < 0.30
    assert 0.12 < sum(age >= 65 for age in ages) / len(ages) < 0.22
    there = Counter(resident.community for resident in residents)
    for community in catalogue.communities():
        share = there[community.name] / len(residents)
        assert 0.4 * community.share < share < 2.2 * community.share


def test_no_street_shares_its_name_or_postcode_with_another():
    streets = runs.area_streets(plan(size=Size.BOROUGH))
    codes = [code for street in streets for code in street.postcodes]
    assert len({street.name for street in streets}) == len(streets)
    assert len(set(codes)) == len(codes)
    assert all(code.startswith("ZZ") for code in codes)


def test_people_live_in_the_areas_that_are_given():
    areas = ("E01010001", "E01010002", "E01010003")
    made = runs.batch(runs.Plan(Size.TINY, 1, TODAY, areas), 0)
    assert set(made.households.columns["area"]) == set(areas)
    assert set(made.concerns.columns["area"]) <= {"", *areas}


def test_every_area_lies_in_one_ward():
    wards = defaultdict(set)
    for street in runs.area_streets(plan(size=Size.BOROUGH)):
        wards[street.area].add(street.ward)
    assert len(wards) == len(runs.INVENTED_AREAS)
    assert all(len(found) == 1 for found in wards.values())


@pytest.mark.skipif(not REAL_STREETS.exists(), reason=f"no open data at {REAL_STREETS}")
def test_no_street_is_a_real_one():
    real = {line.split(",")[0].casefold() for line in REAL_STREETS.read_text("utf-8").splitlines()}
    for seed in (1, 2, 2026):
        invented = {s.name.casefold() for s in runs.area_streets(plan(seed, Size.BOROUGH))}
        assert not invented & real
