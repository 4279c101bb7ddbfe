"""What people type into board reports. Messages say how to fix it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from locality.impact.rules import outline
from locality.kit.dates import Month, Period, month

LONGEST = 20_000
MONTHS_BACK = 48


class StartForm(forms.Form):
    """Which area and months a report is about."""

    area = forms.ChoiceField(
        label=_("Which area is the report about?"),
        error_messages={"required": _("Select the area the report is about")},
    )
    first = forms.ChoiceField(
        label=_("First month"),
        error_messages={"required": _("Select the first month")},
    )
    last = forms.ChoiceField(
        label=_("Last month"),
        error_messages={"required": _("Select the last month")},
    )

    def __init__(self, *args: Any, areas: list[str], this_month: Month, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        months = [this_month + -back for back in range(1, MONTHS_BACK + 1)]
        choices = [(str(when), when.label) for when in months]
        for name in ("first", "last"):
            self.fields[name].choices = [("", _("Select a month")), *choices]
        self.fields["area"].choices = [(name, name) for name in areas]

    def clean(self) -> dict[str, Any]:
        """Make one period of the two months."""
        cleaned = super().clean() or {}
        first, last = cleaned.pop("first", None), cleaned.pop("last", None)
        if first and last and month(last) < month(first):
            self.add_error("last", _("Select a last month that is not before the first"))
        elif first and last:
            cleaned["period"] = Period(month(first), month(last))
        return cleaned


class BlockForm(forms.Form):
    """The words of one block, and the version the writer had before them."""

    text = forms.CharField(
        label=_("What the report should say"),
        max_length=LONGEST,
        strip=True,
        widget=forms.Textarea(attrs={"rows": 14}),
        error_messages={
            "required": _("Enter what the report should say"),
            "max_length": _("Shorten the text to %(limit_value)d characters or fewer"),
            "null_characters_not_allowed": _("Remove the characters that cannot be printed"),
        },
    )
    seen = forms.IntegerField(
        min_value=0,
        max_value=2**31 - 1,
        widget=forms.HiddenInput,
        error_messages={"required": _("Open these words again before you change them")},
    )

    def __init__(self, *args: Any, prompt: str, newest: Any, **kwargs: Any) -> None:
        self.newest = newest
        initial = {"text": newest.text, "seen": newest.number}
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["text"].help_text = prompt

    def clean_text(self) -> str:
        """Refuse what no document can hold, naming it."""
        text: str = self.cleaned_data["text"].replace("\r\n", "\n").replace("\r", "\n")
        if strange := outline.strange_characters(text):
            raise forms.ValidationError(
                _("Remove the characters that cannot be printed: %(codes)s"),
                params={"codes": ", ".join(strange[:10])},
            )
        return text

    def clean(self) -> dict[str, Any]:
        """Keep what was typed when somebody else wrote meanwhile, and show who and what.

        After this message the writer has seen the newest version: sending again replaces it.
        """
        cleaned = super().clean() or {}
        self.is_stale = cleaned.get("seen", self.newest.number) != self.newest.number
        if self.is_stale:
            self.data = self.data.copy()
            self.data[self.add_prefix("seen")] = self.newest.number
            self.add_error(
                "text",
                _("%(who)s changed these words after you opened them. Your words are kept here: "
                  "compare them with theirs, then save.") % {"who": self.newest.by},
            )  # fmt: skip
        return cleaned
