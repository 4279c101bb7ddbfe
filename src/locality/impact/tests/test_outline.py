"""Words: what is needed before signing, what no document can hold, what changed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from locality.impact import strategies
from locality.impact.rules import changes, outline
from locality.impact.rules.changes import Change
from locality.impact.words import State, TextBlock
from locality.kit.errors import BadInput, NotHere, Refused

WALSALL = strategies.for_area("Walsall")
NEEDED = {"purpose", "recommendations", "joint_working"}


@given(st.dictionaries(st.sampled_from([s.block.key for s in outline.slots(WALSALL)]), st.text()))
def test_a_report_can_be_signed_only_with_the_words_the_board_needs(texts):
    written = {key: (text, 1) for key, text in texts.items()}
    complete = all(texts.get(key, "").strip() for key in NEEDED)
    try:
        outline.require_words(WALSALL, written)
    except Refused as refused:
        assert not complete and refused.code == "impact.not_written"
    else:
        assert complete


@given(st.lists(st.sampled_from([1, 2]), max_size=12).map(lambda levels: [1, *levels]))
def test_no_two_headings_have_the_same_number(levels):
    numbers = outline.numbers(levels)
    assert len(set(numbers)) == len(levels)
    assert [len(number.split(".")) for number in numbers] == levels


@given(st.text(), st.text())
def test_the_kept_and_added_words_are_the_newer_text(before, after):
    runs = changes.runs(before, after)
    assert "".join(r.text for r in runs if r.change is not Change.REMOVED) == after
    assert "".join(r.text for r in runs if r.change is not Change.ADDED) == before


@given(st.text(st.characters(exclude_categories=["Cc", "Cs", "Cn"])))
def test_ordinary_writing_in_any_script_is_never_strange(text):
    assert not outline.strange_characters(f"{text}\n\t")


@pytest.mark.parametrize("text", ["a\x00b", "a\x07b", "a\x1bb", "a\ufffeb", "a\ufdd0b", "\x85"])
def test_what_no_document_can_hold_is_named(text):
    assert len(outline.strange_characters(text)) == 1


def test_a_list_has_a_point_for_every_line_and_prose_a_paragraph_for_every_gap():
    text = "One\r\ntwo\n\n\nThree"
    assert TextBlock("k", "", "", text).paragraphs == ("One\ntwo", "Three")
    assert TextBlock("k", "", "", text, listed=True).paragraphs == ("One", "two", "Three")


def test_writing_over_unseen_words_is_refused_with_who_wrote_them():
    outline.require_current(3, 3, "Somebody", "at 10:00")
    with pytest.raises(Refused, match="Ada Fern, director changed these words at 10:04"):
        outline.require_current(2, 3, "Ada Fern, director", "at 10:04")


def test_a_signed_report_is_not_changed():
    with pytest.raises(Refused, match="has been signed"):
        outline.require_draft(State.FINAL)


def test_a_broken_strategy_says_everything_that_is_wrong_with_it(tmp_path):
    text = (strategies.HERE / f"{WALSALL.key}.toml").read_text()
    broken = tmp_path / "broken.toml"
    broken.write_text(text.replace("crime.shops", "crime.magic").replace("= 2020", "= 2010"))
    with pytest.raises(BadInput, match="crime.magic.*which nobody measures") as wrong:
        strategies.read_strategy(broken)
    assert "last_year is before first_year" in str(wrong.value)
    broken.write_text(text.replace("= 2020", '= "2020"') + "colour = 'red'\n")
    with pytest.raises(BadInput, match="last_year") as wrong:
        strategies.read_strategy(broken)
    assert "colour" in str(wrong.value)
    broken.write_text("name = ")
    with pytest.raises(BadInput, match="is not TOML"):
        strategies.read_strategy(broken)


def test_broken_measures_say_everything_that_is_wrong_with_them(tmp_path):
    broken = tmp_path / "measures.toml"
    text = strategies.MEASURES.read_text()
    text = text.replace('key = "crime.robbery"', 'key = "crime.weapons"')
    text = text.replace('of = "goals.agreed"', 'of = "goals.imagined"')
    broken.write_text(text.replace('total = "referrals.ended"', 'total = "none.such"'))
    with pytest.raises(BadInput, match="“crime.weapons” is used more than once") as wrong:
        strategies.read_measures(broken)
    assert "goals.imagined" in str(wrong.value) and "none.such" in str(wrong.value)


def test_an_area_without_a_strategy_is_not_here():
    with pytest.raises(NotHere, match="no strategy for Nowhere"):
        strategies.for_area("Nowhere")
    with pytest.raises(NotHere):
        strategies.strategy("../measures")
