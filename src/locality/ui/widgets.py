"""The two controls Django does not have: a date in three boxes, and options with hints."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

PARTS = ("day", "month", "year")
LABELS = {"day": _("Day"), "month": _("Month"), "year": _("Year")}


class DateInput(forms.Widget):
    """Three boxes, day month year, named `name-day`, `name-month` and `name-year`."""

    template_name = "ui/widgets/date.html"
    use_fieldset = True

    def format_value(self, value: Any) -> dict[str, str]:
        """Split a date into its boxes; what somebody typed comes back as they typed it."""
        if isinstance(value, date):
            return {"day": str(value.day), "month": str(value.month), "year": f"{value.year:04}"}
        if isinstance(value, Mapping):
            return {part: str(value.get(part, "")) for part in PARTS}
        if isinstance(value, str) and len(pieces := value.split("-")) == 3:
            year, month, day = (piece.lstrip("0") for piece in pieces)
            return {"day": day, "month": month, "year": year}
        return dict.fromkeys(PARTS, "")

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, None, attrs)
        given = self.format_value(value)
        base = context["widget"]["attrs"].get("id", f"id_{name}")
        wrong = self.attrs.get("wrong") or ()
        context["widget"]["boxes"] = [
            {
                "name": f"{name}-{part}",
                "id": f"{base}-{part}",
                "label": LABELS[part],
                "value": given[part],
                "width": 4 if part == "year" else 2,
                "wrong": part in wrong,
            }
            for part in PARTS
        ]
        return context

    def value_from_datadict(self, data: Any, files: Any, name: str) -> dict[str, str] | str | None:
        """Read the three boxes; one value "2026-03-24" under the plain name works too."""
        if name in data and not any(f"{name}-{part}" in data for part in PARTS):
            return data.get(name)
        return {part: str(data.get(f"{name}-{part}", "")).strip() for part in PARTS}

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return name not in data and not any(f"{name}-{part}" in data for part in PARTS)

    def id_for_label(self, id_: str, index: str | None = None) -> str:
        """The first box, so that the error summary can link to it."""
        return f"{id_}-day" if id_ else id_
