"""docs/fields.md says of every field what the code and the database ask of it."""

import pytest
from django import forms
from django.db import models

from scripts import fields


def test_the_page_is_what_the_code_says():
    assert fields.PAGE.read_text(encoding="utf-8") == fields.page(), "run python -m scripts.fields"


def under(kind: type) -> set[type]:
    """All that is made of a kind, and of what is made of it."""
    return {one for sub in kind.__subclasses__() for one in {sub, *under(sub)}}


@pytest.mark.parametrize(
    ("kind", "listed"), [(forms.BaseForm, fields.all_forms), (models.Model, fields.all_records)]
)
def test_nothing_of_ours_is_left_out(kind: type, listed):
    ours = {one for one in under(kind) if one.__module__.startswith("locality.")}
    made = {one for one in ours if ".tests" not in one.__module__ and "Fake" not in one.__name__}
    made = {one for one in made if one.__module__ != "locality.ui.gallery"}  # keeps nothing
    named = {one for one in made if not getattr(getattr(one, "_meta", None), "abstract", False)}
    assert len(listed()) > 40
    assert {one for one in named if one.__qualname__ == one.__name__} <= set(listed())


def test_limits_choices_and_rules_across_fields_are_told():
    page = fields.page()
    for said in (
        "500 characters at most", "must be answered", "one of: ", "Together: ",
        "decision says why: `", "no two with the same ",
    ):  # fmt: skip
        assert said in page, said
