"""Fields that give back the locality's words, and forms that know when they were overtaken."""

from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from locality.cases.rules import stamp
from locality.ui.fields import ChoiceField, PlainText

PICK = [("", gettext_lazy("Choose one"))]


class OneOf(ChoiceField):
    """Radios that give back one of the locality's words."""

    def __init__(self, word: Callable[[Any], Any], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.word = word

    def clean(self, value: Any) -> Any:
        """Give the word, or None when nothing was chosen and nothing need be."""
        chosen = super().clean(value)
        return self.word(chosen) if chosen else None


class Picked(forms.TypedChoiceField):
    """A list to pick one from, with nothing picked at first."""

    def __init__(self, choices: Iterable[tuple[Any, Any]] = (), **kwargs: Any) -> None:
        super().__init__(choices=[*PICK, *choices], empty_value=None, **kwargs)


def said(words: Iterable[StrEnum]) -> list[tuple[str, str]]:
    """The locality's words as choices, each with a capital."""
    return [(word.value, word.value[:1].upper() + word.value[1:]) for word in words]


class Overtakable(forms.Form):
    """A form about words that somebody else may change meanwhile. It knows when it was overtaken.

    `held` is what the record says now, by field; nothing for something new.
    """

    version = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)

    def __init__(self, *args: Any, held: Mapping[str, Any] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **{"initial": dict(held or {}), **kwargs})
        self.held, self.now = held or {}, stamp(held) if held else ""
        self.fields["version"].initial, self.overtaken = self.now, False

    def words(self) -> dict[str, Any]:
        """What was typed, without the stamp of what was shown."""
        return {name: said for name, said in self.cleaned_data.items() if name != "version"}

    def clean(self) -> dict[str, Any]:
        """Refuse what was written on older words; sending it again is then deliberate."""
        given = super().clean() or self.cleaned_data
        seen = given.get("version", "")
        said_already = all(given.get(name) == was for name, was in self.held.items())
        if seen and self.held and seen != self.now and not said_already:
            self.overtaken = True
            self.data = self.data.copy()
            self.data[self.add_prefix("version")] = self.now
            raise ValidationError(
                _(
                    "Somebody changed this while you were writing. Your text is kept below. "
                    "Compare it with what it says now, then save."
                ),
                code="changed",
            )
        return given


class WhyForm(forms.Form):
    """A reason, for what cannot be undone."""

    why = PlainText(label=gettext_lazy("Why?"), max_length=500)
