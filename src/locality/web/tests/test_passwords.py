"""What a password may be: long, not a common one, and otherwise whatever its owner likes."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from locality.sharing.models import User
from locality.web.accounts.forms import ChoosePassword
from locality.web.forms import NewPassword

SOMEBODY = User(name="Amina Khan", email="amina.khan@council.example.org")


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cc"]), max_size=11))
def test_a_password_has_twelve_characters_at_least(typed: str):
    with pytest.raises(ValidationError, match="12 characters"):
        validate_password(typed, SOMEBODY)


@pytest.mark.parametrize("common", ["1234567890123", "qwerty123456"])
def test_a_common_password_is_refused(common: str):
    with pytest.raises(ValidationError, match="too common"):
        validate_password(common, SOMEBODY)


@pytest.mark.parametrize(
    "typed",
    [
        "aaaaaaaaaaab", "kettle under moon", "9481 2230 7712 5", "kettle " * 40,
        "ਕੇਤਲੀ ਚੰਨ ਦੇ ਹੇਠਾਂ ਹੈ", "🫖🌙" * 6,
    ],
)  # fmt: skip
def test_any_long_enough_words_in_any_script_will_do(typed: str):
    validate_password(typed, SOMEBODY)


@pytest.mark.parametrize("name", ["password1", "password2"])
def test_what_is_typed_is_masked_and_kept_as_typed(name: str):
    typed = "  Kettle under MOON " + "x" * 200 + "  "
    for form in (ChoosePassword(user=SOMEBODY, temp_key=""), NewPassword(user=SOMEBODY)):
        field = form.fields[name]
        assert field.widget.input_type == "password"
        assert field.clean(typed) == typed
