"""What a reader may ask for, and what a new place needs."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from locality.kit.dates import Period, month
from locality.places import reads
from locality.places.words import AreaKind, PlaceKind
from locality.ui import fields

A_YEAR = 12


class PeriodForm(forms.Form):
    """Which months. Read from the address, so that what is shown can be sent to somebody."""

    quiet = True
    first = forms.ChoiceField(label=gettext_lazy("From"), required=False)
    last = forms.ChoiceField(label=gettext_lazy("To"), required=False)

    def __init__(self, asked: Mapping[str, str], *, loaded: Period) -> None:
        """`asked` is the address's query; the usual months stand in for those it leaves out."""
        self.loaded = loaded
        usual = {"first": str(self.usual.first), "last": str(self.usual.last)}
        super().__init__(usual | {key: value for key, value in asked.items() if value})
        choices = [(str(one), one.label) for one in reversed(list(loaded))]
        for name in usual:
            self.fields[name].choices = choices  # type: ignore[attr-defined]

    @property
    def usual(self) -> Period:
        """The twelve months up to the last one loaded."""
        back = min(A_YEAR, len(self.loaded)) - 1
        return Period(self.loaded.last + -back, self.loaded.last)

    def clean(self) -> dict[str, Any]:
        """Refuse an end before the beginning."""
        found = self.cleaned_data
        if not self.errors:
            first, last = month(found["first"]), month(found["last"])
            if last < first:
                self.add_error("last", _("Choose a month that is not before %s") % first.label)
            else:
                found["period"] = Period(first, last)
        return found

    @property
    def period(self) -> Period:
        """The months asked for; the usual ones while what was asked cannot be read."""
        return self.cleaned_data.get("period", self.usual) if self.is_valid() else self.usual


class FilterForm(PeriodForm):
    """Which crime, in which months."""

    category = forms.ChoiceField(label=gettext_lazy("Kind of crime"), required=False)
    field_order = ("category", "first", "last")

    def __init__(self, asked: Mapping[str, str], *, loaded: Period) -> None:
        super().__init__(asked, loaded=loaded)
        named = [(name, name) for name in reads.categories()]
        every = [("", _("All recorded crime")), *named]
        self.fields["category"].choices = every  # type: ignore[attr-defined]

    @property
    def chosen(self) -> str | None:
        """The category asked for; None for all."""
        return (self.cleaned_data.get("category") if self.is_valid() else None) or None


class FindPlaceForm(forms.Form):
    """What to look for among the named places."""

    quiet = True
    words = fields.PlainText(label=gettext_lazy("Name or street"), required=False, max_length=100)


class PlaceForm(forms.Form):
    """A public place: never somebody's home."""

    name = fields.PlainText(
        label=gettext_lazy("What is the place called?"),
        help_text=gettext_lazy("The name people use, for example Alder Park play area"),
        max_length=150,
    )
    kind = fields.ChoiceField(
        label=gettext_lazy("What kind of place is it?"),
        choices=[(kind.value, kind.value.capitalize()) for kind in PlaceKind],
    )
    street = fields.PlainText(
        label=gettext_lazy("Which street is it in, or near?"), required=False, max_length=150
    )
    area_code = forms.ChoiceField(
        label=gettext_lazy("Which small area is it in?"),
        help_text=gettext_lazy("Leave it if you do not know"),
        required=False,
    )

    def __init__(self, *args: Any, borough: str | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        inside = reads.areas(AreaKind.LSOA, borough) if borough else []
        self.fields["area_code"].choices = [
            ("", _("I do not know")), *((one.code, one.name) for one in inside)
        ]  # fmt: skip
