"""Say what to type, instead of what is invalid: GOV.UK sentences for Django's usual errors."""

from django import forms
from django.utils.translation import gettext as _

from locality.ui.dates import PARTS
from locality.ui.fields import DateField

CHOOSERS = (forms.ChoiceField, forms.ModelChoiceField)


def speak_plainly(field: forms.Field, label: str) -> None:
    """Replace the messages Django wrote; those that the form's author wrote stay."""
    usual = _usual(field)
    for code, sentence in _sentences(field, label).items():
        if str(field.error_messages.get(code, "")) == str(usual.get(code, "")):
            field.error_messages[code] = sentence


def required(field: forms.Field, label: str) -> str:
    """Ask for what is missing, in the words of the label."""
    words = {"label": label.rstrip(":"), "name": lower_first(label.rstrip(":"))}
    if isinstance(field, forms.BooleanField):
        return _("Tick “%(label)s” to go on") % words
    if isinstance(field, forms.FileField):
        return _("Choose a file for “%(label)s”") % words
    if label.rstrip().endswith("?"):
        chooser = isinstance(field, CHOOSERS)
        return (
            _("Select an answer to “%(label)s”") if chooser else _("Answer “%(label)s”")
        ) % words
    if isinstance(field, CHOOSERS):
        return _("Select %(name)s") % words
    return _("Enter %(name)s") % words


def lower_first(label: str) -> str:
    """Put a label into a sentence: "Date noticed" is "date noticed", "GP surgery" stays."""
    return label if len(label) > 1 and label[1].isupper() else label[:1].lower() + label[1:]


def _sentences(field: forms.Field, label: str) -> dict[str, str]:
    named = {"label": label.rstrip("?:")}
    return {
        "required": required(field, label),
        "max_length": _(
            "%(label)s must be %%(limit_value)d characters or fewer; it is now %%(show_value)d"
        )
        % named,
        "min_length": _("%(label)s must be %%(limit_value)d characters or more") % named,
        "max_value": _("%(label)s must be %%(limit_value)s or less") % named,
        "min_value": _("%(label)s must be %%(limit_value)s or more") % named,
        "invalid_choice": _("Select one of the answers shown for “%s”") % label.rstrip(":"),
        "invalid_list": _("Select the answers for “%s” again") % label.rstrip(":"),
    } | _invalid(field, named)


def _invalid(field: forms.Field, named: dict[str, str]) -> dict[str, str]:
    if isinstance(field, forms.EmailField):
        return {"invalid": _("Enter an email address, like name@example.com")}
    if isinstance(field, forms.IntegerField):  # and its decimals
        whole = type(field) is forms.IntegerField
        number = (
            _("%(label)s must be a whole number, like 5")
            if whole
            else _("%(label)s must be a number, like 2.5")
        )
        return {"invalid": number % named}
    return {}


def _usual(field: forms.Field) -> dict[str, str]:
    usual: dict[str, str] = {}
    for kind in reversed(type(field).__mro__):
        usual |= getattr(kind, "default_error_messages", {})
    return usual


def wrong_boxes(field: forms.Field) -> None:
    """A date with an error nobody placed is wrong in all its boxes."""
    if isinstance(field, DateField):
        field.widget.attrs.setdefault("wrong", PARTS)
