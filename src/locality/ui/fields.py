"""Form fields that take what people type and say, in words, what to type instead."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from locality.ui import dates, text
from locality.ui.clock import date_in_words
from locality.ui.widgets import DateInput

LINE, BOX = 200, 5000  # longest single line and longest box, in characters
EARLIEST = date(1900, 1, 1)


class PlainText(forms.CharField):
    """One line of text: NFC, no control characters; anything else people write is text."""

    lines = False
    longest = LINE

    def __init__(self, *, max_length: int | None = None, **kwargs: Any) -> None:
        super().__init__(max_length=max_length or self.longest, **kwargs)

    def to_python(self, value: Any) -> str:
        """Normalise, or refuse with a sentence that helps to find the character."""
        given = text.cleaned("" if value is None else str(value), lines=self.lines)
        if bad := text.unwanted(given):
            raise ValidationError(_unkeepable(given, bad[0]), code="control")
        return super().to_python(given)


class LongText(PlainText):
    """A box of text, with a character count."""

    lines = True
    longest = BOX
    widget = forms.Textarea(attrs={"rows": 6})


def _unkeepable(given: str, character: str) -> str:
    before = text.where(given, character)
    if not before:
        return _("Remove the hidden character at the start. Delete it and type the text again.")
    return _(
        "Remove the hidden character after “%(words)s”. Delete it and type those words again."
    ) % {"words": before}


class DateField(forms.Field):
    """A date in three boxes. `latest="today"` refuses the future; `earliest="today"` the past."""

    widget = DateInput

    def __init__(
        self,
        *,
        earliest: date | str | Callable[[], date] = EARLIEST,
        latest: date | str | Callable[[], date] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.earliest, self.latest = earliest, latest

    def to_python(self, value: Any) -> date | None:
        """Read the boxes; each kind of mistake has its own sentence."""
        self.widget.attrs.pop("wrong", None)
        if isinstance(value, date):
            return value
        boxes = value if isinstance(value, Mapping) else self.widget.format_value(value)
        found = dates.read_date(boxes)
        if isinstance(found, date):
            return found
        if found.code == "empty":
            if isinstance(value, str) and value.strip():
                raise self._wrong("unreal", dates.PARTS)
            return None
        raise self._wrong(found.code, found.parts)

    def validate(self, value: date | None) -> None:
        """Refuse a date outside the limits, saying which."""
        super().validate(value)
        if value is None:
            return
        earliest, latest = _limit(self.earliest), _limit(self.latest)
        if latest and value > latest:
            raise self._wrong("past" if self.latest == "today" else "late", dates.PARTS, latest)
        if earliest and value < earliest:
            raise self._wrong(
                "future" if self.earliest == "today" else "early", dates.PARTS, earliest
            )

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare dates, not the way they were typed."""
        try:
            return self.to_python(data) != self.to_python(initial)
        except ValidationError:
            return True

    def _wrong(self, code: str, parts: Sequence[str], limit: date | None = None) -> ValidationError:
        self.widget.attrs["wrong"] = tuple(parts)
        label = str(self.label or _("The date"))
        names = _(" and ").join(str(dates.PART_NAMES[part]) for part in parts)
        sentence = {
            "missing": _("%(label)s must include %(parts)s"),
            "unreal": _("%(label)s must be a real date"),
            "year": _("%(label)s must have a year of 4 numbers, like 2026"),
            "past": _("%(label)s must be today or in the past"),
            "future": _("%(label)s must be today or in the future"),
            "late": _("%(label)s must be on or before %(limit)s"),
            "early": _("%(label)s must be on or after %(limit)s"),
        }[code]
        words = {"label": label, "parts": names, "limit": limit and date_in_words(limit)}
        return ValidationError(sentence % words, code=code)


def _limit(limit: date | str | Callable[[], date] | None) -> date | None:
    if limit == "today":
        return timezone.localdate()
    return limit() if callable(limit) else limit  # type: ignore[return-value]


class TimeField(forms.Field):
    """A time of day in one box: 2pm, 2:30pm, 14:00 or midday."""

    widget = forms.TextInput

    def to_python(self, value: Any) -> time | None:
        """Read it the way people write it."""
        if value in self.empty_values or isinstance(value, time):
            return value or None
        found = dates.read_time(str(value))
        if found is None:
            label = str(self.label or _("The time"))
            raise ValidationError(_("%s must be a time, like 2pm or 14:30") % label, code="unreal")
        return found

    def prepare_value(self, value: Any) -> Any:
        """Show a kept time as 14:30."""
        return value.strftime("%H:%M") if isinstance(value, time) else value

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {"class": "govuk-input--width-5"}


class _Options:
    """What radios and checkboxes can also have: hints, and questions they reveal."""

    def __init__(
        self,
        *,
        hints: Mapping[str, str] | None = None,
        reveals: Mapping[str, Sequence[str] | str] | None = None,
        inline: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.hints, self.inline = dict(hints or {}), inline
        self.reveals = {
            str(value): (names,) if isinstance(names, str) else tuple(names)
            for value, names in (reveals or {}).items()
        }


class ChoiceField(_Options, forms.ChoiceField):
    """Radios. `hints={value: hint}`; `reveals={value: names of the questions it opens}`."""

    widget = forms.RadioSelect


class MultipleChoiceField(_Options, forms.MultipleChoiceField):
    """Checkboxes, with the same `hints` and `reveals`."""

    widget = forms.CheckboxSelectMultiple


class YesNo(ChoiceField):
    """A question answered yes or no; gives True, False, or None when it may be left."""

    def __init__(self, **kwargs: Any) -> None:
        choices = [("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No"))]
        super().__init__(choices=choices, **{"inline": not kwargs.get("reveals")} | kwargs)

    def prepare_value(self, value: Any) -> Any:
        return {True: "yes", False: "no"}.get(value, value) if isinstance(value, bool) else value

    def clean(self, value: Any) -> bool | None:
        """Turn the chosen word into a truth."""
        return {"yes": True, "no": False}.get(super().clean(self.prepare_value(value)))


def keep_revealed(form: forms.BaseForm, *optional: str) -> None:
    """Call in `clean`: a revealed question must be answered, a hidden one keeps no answer.

    Declare revealed fields with required=False; name in `optional` those that may stay empty.
    """
    for field in form.fields.values():
        for value, names in getattr(field, "reveals", {}).items():
            for name in names:
                _keep(form, name, shown=_chosen(form, field, value), needed=name not in optional)


def _chosen(form: forms.BaseForm, field: forms.Field, value: str) -> bool:
    name = next(name for name, known in form.fields.items() if known is field)
    answer = form.cleaned_data.get(name)
    if isinstance(field, YesNo):
        answer = field.prepare_value(answer)
    return (
        value in {str(item) for item in answer}
        if isinstance(answer, list)
        else str(answer) == value
    )


def _keep(form: forms.BaseForm, name: str, *, shown: bool, needed: bool) -> None:
    field = form.fields[name]
    empty = form.cleaned_data.get(name) in field.empty_values
    if shown and needed and empty and name not in form.errors:
        form.add_error(name, ValidationError(field.error_messages["required"], code="required"))
    if not shown:
        form.cleaned_data[name] = (
            []
            if isinstance(field, forms.MultipleChoiceField)
            else ("" if isinstance(field, forms.CharField) else None)
        )
        form.errors.pop(name, None)
