"""What people type is kept as text, whatever it is; what cannot be kept is refused in words."""

import unicodedata

from django import forms
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from locality.ui.fields import LongText, PlainText

CONTROLS = st.characters(categories=["Cc"], exclude_characters="\n\t\r\x85")
ANYTHING = st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=80)


class Box(forms.Form):
    what = LongText(label="What did you notice?", required=False, max_length=100)
    where = PlainText(label="Where it was", required=False, max_length=100)


@given(ANYTHING)
def test_text_without_controls_is_accepted_and_kept_in_one_spelling(text):
    kept = LongText(required=False, strip=False).clean(text)
    assert kept == unicodedata.normalize(
        "NFC", text.replace("\u2028", "\n").replace("\u2029", "\n")
    )


@given(ANYTHING)
def test_cleaning_twice_changes_nothing(text):
    once = PlainText(required=False).clean(text)
    assert PlainText(required=False).clean(once) == once


@given(ANYTHING, CONTROLS, ANYTHING)
def test_a_control_character_is_refused_with_a_sentence_that_says_what_to_do(a, control, b):
    for field in (PlainText(required=False), LongText(required=False)):
        try:
            field.clean(a + control + b)
        except ValidationError as refused:
            assert refused.code == "control"
            assert "Delete it and type" in refused.messages[0]
            assert control not in refused.messages[0]
        else:
            raise AssertionError("a control character was kept")


@given(
    st.lists(st.sampled_from(["a", "\n", "\r\n", "\t", " ", "é", "🙂"]), max_size=30).map("".join)
)
def test_one_line_has_no_line_end_and_a_box_has_only_newlines(text):
    assert not set(PlainText(required=False).clean(text)) & set("\n\r\t")
    assert "\r" not in LongText(required=False).clean(text)


@given(ANYTHING)
def test_nothing_typed_comes_back_as_markup(text):
    hostile = f"<script>alert(1)</script>{text}\"'><b>"
    page = str(Box({"what": hostile, "where": hostile}))
    assert "<script" not in page
    assert "<b>" not in page


def test_right_to_left_emoji_markup_and_quotes_are_text_like_any_other():
    for text in ("שלום", "مرحبا", "👩‍👩‍👧", "<script>", "Robert'); DROP TABLE case;--", "O’Neill"):
        assert PlainText().clean(text) == unicodedata.normalize("NFC", text)


def test_the_message_says_where_the_hidden_character_is():
    form = Box({"where": "Park Street near\x07 the shop", "what": "\x00"})
    assert form.errors["where"] == [
        "Remove the hidden character after “Park Street near”. "
        "Delete it and type those words again."
    ]
    assert "at the start" in form.errors["what"][0]


def test_too_long_says_how_long_it_may_be_and_how_long_it_is():
    form = Box({"where": "x" * 101})
    assert form.errors["where"] == ["Where it was must be 100 characters or fewer; it is now 101"]
