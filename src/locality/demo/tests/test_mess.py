"""What typing does to names and dates."""

from datetime import date

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from locality.demo import catalogue
from locality.demo.kernels import mess
from locality.demo.kernels.names import pet_names, plain, spellings

ALL_NAMES = sorted(
    {name for one in catalogue.communities() for name in (*one.female, *one.male, *one.family)}
)
names = st.sampled_from(ALL_NAMES)
chances = st.floats(0, 1, exclude_max=True)
days = st.dates(date(1920, 1, 1), date(2030, 12, 31))


@given(names, chances)
def test_a_typo_keeps_the_first_letter_and_almost_the_length(name, u):
    typed = mess.typo(name, u)
    assert typed[0] == name[0]
    assert abs(len(typed) - len(name)) <= 1


@given(days)
def test_swapping_day_and_month_twice_gives_the_day_back(day):
    born, late = np.array([day], dtype="M8[D]"), np.array(["2100-01-01"], dtype="M8[D]")
    swapped = mess.day_and_month_swapped(born, late)
    there = swapped[0].astype(object)
    if day.day <= 12:
        assert (there.day, there.month, there.year) == (day.month, day.day, day.year)
        assert mess.day_and_month_swapped(swapped, late)[0].astype(object) == day
    else:
        assert there == day


@given(days)
def test_a_swapped_birth_date_is_never_after_the_record(day):
    born = np.array([day], dtype="M8[D]")
    assert mess.day_and_month_swapped(born, born)[0] <= born[0]


@given(names)
def test_a_plain_name_is_ascii_and_as_long(name):
    assert plain(name).isascii()
    assert len(plain(name)) == len(name)


@given(names, chances)
def test_a_nickname_or_variant_is_one_that_the_book_has(name, u):
    for book in (pet_names(catalogue.communities()), spellings(catalogue.communities())):
        changed = mess.one_of(book)(name, u)
        assert changed == name or any(other in changed for others in book.values()
                                      for other in others)  # fmt: skip


def test_every_nickname_and_variant_is_of_a_name_that_is_used():
    used = set(ALL_NAMES) | {
        name
        for one in catalogue.communities()
        for name in (*one.older_female, *one.older_male, *one.female_family, *one.female_middle,
                     *one.male_middle)
    }  # fmt: skip
    for book in (pet_names(catalogue.communities()), spellings(catalogue.communities())):
        assert not set(book) - used


def test_communities_make_up_the_whole_and_have_names_enough():
    communities = catalogue.communities()
    assert abs(sum(one.share for one in communities) - 1) < 1e-9
    assert len(communities) >= 12
    for one in communities:
        assert len(one.female) + len(one.male) >= 60
        assert len(one.family) >= 60
        for listed in (one.female, one.male, one.family):
            assert len(set(listed)) == len(listed)
