"""What somebody must say to get emergency access: who, and why."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from locality.ui.fields import DateField, LongText, PlainText

SHORTEST = 15  # characters: fewer give no reason


class EmergencyForm(forms.Form):
    """Just this name and this date of birth: a guess finds nobody."""

    given_names = PlainText(label=gettext_lazy("First names"), max_length=100)
    family_name = PlainText(label=gettext_lazy("Family name"), max_length=100)
    born = DateField(label=gettext_lazy("Date of birth"), latest="today")
    reason = LongText(
        label=gettext_lazy("Why can this not wait?"), max_length=1000,
        help_text=gettext_lazy(
            "What may happen, to whom, and why you cannot ask. Your information-governance lead "
            "reads it, and so do the leads of every agency that holds records."
        ),
    )  # fmt: skip

    def clean_reason(self) -> str:
        """Ask for more than a word."""
        given: str = self.cleaned_data["reason"]
        if len(given.strip()) < SHORTEST:
            raise ValidationError(_("Write a sentence, so that others can judge it."))
        return given
