"""Names made searchable, and why somebody may be who is sought."""

from datetime import date
from types import SimpleNamespace

from hypothesis import given
from hypothesis import strategies as st

from locality.people import rules
from locality.people.reads import nickname_groups
from locality.people.words import Reason, Sought

names = st.text(max_size=30)
keys = st.text(alphabet="ABCDEFGHIJKLMNOPQRSTUVWXYZ", max_size=12)
births = st.none() | st.dates(date(1920, 1, 1), date(2026, 1, 1))


def sought(
    given: str = "", family: str = "", born: date | None = None, postcode: str = ""
) -> Sought:
    return Sought(
        rules.search_key(given), rules.search_key(family), born, rules.tidy_postcode(postcode),
        rules.nicknames(given, nickname_groups()),
    )  # fmt: skip


def found(given: str, family: str, born: date | None = None, **more: str) -> SimpleNamespace:
    return SimpleNamespace(
        given_key=rules.search_key(given), family_key=rules.search_key(family), born=born,
        known_as=more.get("known_as", ""), postcode=more.get("postcode", ""),
    )  # fmt: skip


@given(names)
def test_a_search_key_made_twice_is_the_same(name):
    assert rules.search_key(rules.search_key(name)) == rules.search_key(name)


@given(names)
def test_a_search_key_holds_letters_and_figures_alone(name):
    assert all(c.isalnum() for c in rules.search_key(name))


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyzéüñç -’'", max_size=20))
def test_capitals_spaces_and_marks_make_no_difference(name):
    spaced = " ".join(name.upper())
    assert rules.search_key(spaced) == rules.search_key(name)


def test_an_irish_a_polish_and_a_turkish_name():
    assert rules.search_key("O’Neill") == "ONEILL"
    assert rules.search_key("Błażej") == rules.search_key("BŁAŻEJ")
    assert rules.search_key("Müller-Çelik") == "MULLERCELIK"


@given(st.text(max_size=12))
def test_a_tidy_postcode_stays_tidy(typed):
    assert rules.tidy_postcode(rules.tidy_postcode(typed)) == rules.tidy_postcode(typed)


def test_a_postcode_is_written_the_usual_way():
    assert rules.tidy_postcode(" ws11ab ") == "WS1 1AB"


@given(keys, keys)
def test_slips_are_counted_the_same_both_ways(one, other):
    assert rules.slips(one, other) == rules.slips(other, one)


@given(keys)
def test_no_slip_is_needed_to_stay_the_same(one):
    assert rules.slips(one, one) == 0


@given(keys, keys, keys)
def test_slips_are_at_least_the_difference_in_length(one, other, _):
    assert abs(len(one) - len(other)) <= rules.slips(one, other) <= max(len(one), len(other))


def test_neighbouring_letters_swapped_are_one_slip():
    assert rules.slips("FEILDING", "FIELDING") == 1


@given(keys.filter(bool), keys.filter(bool), births, births)
def test_the_same_name_is_always_found_and_nothing_is_likelier(given, family, born, other):
    same = rules.reasons(sought(given, family, born), found(given, family, other))
    assert same[0] == Reason.SAME_NAME
    twin = rules.reasons(sought(given, family, born), found(given, family, born))
    assert rules.likeness(twin) >= rules.likeness(same)


@given(keys.filter(bool), keys.filter(bool))
def test_names_the_other_way_round_are_found(given, family):
    assert rules.reasons(sought(given, family), found(family, given))


@given(st.sampled_from(nickname_groups()), st.data())
def test_every_form_of_a_name_finds_every_other(group, data):
    one, other = data.draw(st.sampled_from(group)), data.draw(st.sampled_from(group))
    assert rules.reasons(sought(one, "Fielding"), found(other, "Fielding"))


def test_reasons_are_told_in_plain_words():
    why = rules.reasons(
        sought("Bill", "Feilding", date(2010, 3, 1)), found("William", "Fielding", date(2010, 1, 3))
    )
    assert why == (Reason.SPELLED_NEARLY, Reason.NEAR_BIRTH)


def test_somebody_else_is_not_found():
    assert rules.reasons(sought("Ash", "Fielding"), found("Tomasz", "Nowak")) == ()
    assert rules.reasons(sought("", "", date(2010, 3, 1)), found("A", "B", date(2011, 3, 1))) == ()


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=12), st.integers(0, 9))
def test_being_the_same_person_works_both_ways(pairs, one):
    for other in rules.connected([one], pairs):
        assert one in rules.connected([other], pairs)


@given(st.text(max_size=30))
def test_one_box_keeps_every_word_that_is_typed(typed):
    given_names, family = rules.split_name(typed)
    assert sorted(f"{given_names} {family}".replace(",", " ").split()) == sorted(
        typed.replace(",", " ").split()
    )


def test_one_box_is_read_the_way_names_are_written():
    assert rules.split_name("Ana de Souza") == ("Ana", "de Souza")
    assert rules.split_name("Van der Berg, Jo Ann") == ("Jo Ann", "Van der Berg")
    assert rules.split_name("Fielding") == ("", "Fielding")
    assert rules.split_name("  ") == ("", "")
