"""Every kind of question is drawn the GOV.UK way, and its mistakes are said in words."""

import re

import pytest
from django import forms
from hypothesis import given
from hypothesis import strategies as st

from locality.ui.fields import ChoiceField, MultipleChoiceField, PlainText, YesNo, keep_revealed
from locality.ui.gallery import Everything


class Told(forms.Form):
    told = ChoiceField(
        label="Have you told the family?",
        choices=[("yes", "Yes"), ("no", "No")],
        hints={"no": "Say why below"},
        reveals={"no": "why_not"},
    )
    why_not = PlainText(label="Why not?", required=False)
    seen = MultipleChoiceField(
        label="What have you seen?", choices=[("a", "A"), ("b", "B")], required=False
    )
    again = YesNo(label="Has this happened before?", required=False)

    def clean(self):
        keep_revealed(self)
        return self.cleaned_data


def ids(page: str) -> list[str]:
    return re.findall(r'\bid="([^"]+)"', page)


@pytest.mark.parametrize("data", [None, {}])
def test_every_id_is_unique_and_everything_pointed_at_exists(data):
    page = str(Everything(data))
    assert len(ids(page)) == len(set(ids(page)))
    pointed = re.findall(r'(?:aria-describedby|for|aria-controls)="([^"]+)"', page)
    assert {one for many in pointed for one in many.split()} <= set(ids(page))


def test_every_control_has_a_label_of_its_own_or_is_hidden():
    page = str(Everything())
    labelled = set(re.findall(r'<label[^>]* for="([^"]+)"', page))
    controls = re.findall(r"<(?:input|textarea|select)\b[^>]*>", page)
    named = {re.search(r'\bid="([^"]+)"', control)[1] for control in controls}
    assert named <= labelled


def test_a_wrong_control_is_marked_and_described_by_its_error():
    page = str(Everything({}))
    box = re.search(r'<input[^>]*id="id_place"[^>]*>', page)[0]
    assert 'aria-invalid="true"' in box
    assert 'aria-describedby="id_place-hint id_place-error"' in box
    assert 'id="id_place-error"' in page and "Enter where it was" in page


def test_no_control_uses_the_browsers_own_checks_or_cuts_what_is_pasted():
    page = str(Everything())
    assert " required" not in page
    assert not re.search(r"<textarea[^>]*maxlength", page)
    assert 'data-maxlength="400"' in page


def test_nothing_typed_about_others_is_offered_to_the_next_person():
    page = str(Everything())
    for control in re.findall(r'<(?:input[^>]*type="text"|textarea)[^>]*>', page):
        assert 'autocomplete="off"' in control


def test_a_number_has_its_keyboard_and_no_spinner():
    box = re.search(r'<input[^>]*id="id_people"[^>]*>', str(Everything()))[0]
    assert 'type="text"' in box and 'inputmode="numeric"' in box


@given(st.sampled_from(["yes", "no", "", "maybe"]), st.text(max_size=5))
def test_a_revealed_question_is_answered_when_shown_and_kept_only_then(told, why):
    form = Told({"told": told, "why_not": why})
    if form.is_valid() and told == "yes":
        assert form.cleaned_data["why_not"] == ""
    if form.is_valid() and told == "no":
        assert form.cleaned_data["why_not"]
    if told == "no" and not why.strip():
        assert form.errors["why_not"] == ["Answer “Why not?”"]
    if told == "yes":
        assert form.is_valid()


def test_a_revealed_question_is_drawn_once_inside_its_answer():
    page = str(Told())
    assert page.count('name="why_not"') == 1
    assert page.index('value="no"') < page.index('name="why_not"') < page.index('name="seen"')


@pytest.mark.parametrize(("typed", "kept"), [("yes", True), ("no", False), ("", None)])
def test_yes_and_no_become_truths(typed, kept):
    form = Told({"told": "yes", "again": typed})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["again"] is kept


def test_what_is_not_among_the_answers_says_what_to_do():
    form = Told({"told": "perhaps"})
    assert form.errors["told"] == [
        "Select one of the answers shown for “Have you told the family?”"
    ]


def test_messages_an_author_wrote_stay():
    class Own(forms.Form):
        name = forms.CharField(error_messages={"required": "Say what they like to be called"})

    assert Own({}).errors["name"] == ["Say what they like to be called"]


def test_form_level_errors_are_shown_and_can_be_linked_to():
    class Never(forms.Form):
        def clean(self):
            raise forms.ValidationError("The end is before the start")

    page = str(Never({}))
    assert 'id="form-errors"' in page and "The end is before the start" in page
