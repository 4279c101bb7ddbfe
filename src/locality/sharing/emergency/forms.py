"""What a lead is asked about a use of emergency access."""

from django import forms
from django.utils.translation import gettext_lazy

from locality.sharing.words import Answer
from locality.ui.fields import ChoiceField, LongText


class ReviewForm(forms.Form):
    """What came of asking."""

    answer = ChoiceField(
        label=gettext_lazy("Was it justified?"),
        choices=[
            (Answer.FINE.value, gettext_lazy("Yes: somebody could have come to harm without it")),
            (Answer.NOT_FINE.value, gettext_lazy("No, and I am following it up")),
        ],
    )
    words = LongText(
        label=gettext_lazy("Whom did you ask, and what did they say?"), max_length=1000,
        help_text=gettext_lazy("Do not name the person it was about."),
    )  # fmt: skip
