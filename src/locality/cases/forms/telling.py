"""What somebody is asked who tells another agency about a person."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy

from locality.cases.forms.fields import OneOf, Picked
from locality.cases.forms.sharing import MARKINGS, ConditionsForm, as_category, as_marking, kinds
from locality.sharing.words import Marking
from locality.ui.fields import LongText, MultipleChoiceField


class TellForm(ConditionsForm):
    """Whom one tells, what, what else they are shown, and on what terms."""

    post_id = Picked(coerce=UUID, label=gettext_lazy("Whom do you tell?"))
    text = LongText(label=gettext_lazy("What do they need to know?"))
    category = Picked(
        choices=kinds(), coerce=as_category, label=gettext_lazy("What kind of information is it?")
    )
    marking = OneOf(
        as_marking, choices=MARKINGS, label=gettext_lazy("How closely is it held?"),
        initial=Marking.STANDARD.value,
    )  # fmt: skip
    also = MultipleChoiceField(
        label=gettext_lazy("What else may they see?"), required=False,
        help_text=gettext_lazy("They see who it is anyway. Tick only what they need."),
    )  # fmt: skip
    field_order = ("post_id", "text", "category", "marking", "also")

    def __init__(
        self, *args: Any, posts: Sequence[tuple[str, list]], parts: Mapping[UUID, str],
        **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.fields["post_id"].choices += list(posts)
        self.fields["also"].choices = [(str(one), says) for one, says in parts.items()]
        if not parts:
            self.fields["also"].widget = forms.MultipleHiddenInput()
        del self.fields["recipients"]
        self.fields["necessity"].label = gettext_lazy("Why do they need it?")
        self.fields["necessity"].help_text = gettext_lazy("One sentence. They can read it.")
        self.fields["until"].required, self.fields["until"].help_text = True, ""

    def told(self) -> dict[str, Any]:
        """What is told, to whom, on what terms."""
        plain = {one: self.cleaned_data[one] for one in ("post_id", "text", "category", "marking")}
        also = [UUID(one) for one in self.cleaned_data["also"]]
        return {**plain, "also": also, "terms": self.terms()}
