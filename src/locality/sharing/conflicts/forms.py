"""What somebody is asked who keeps a colleague away, and a lead who lets them back."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy

from locality.ui.fields import LongText


class KeepForm(forms.Form):
    """Whom to keep away, and why."""

    post_id = forms.TypedChoiceField(coerce=UUID, label=gettext_lazy("Who must not see this?"))
    why = LongText(
        label=gettext_lazy("Why not?"), max_length=500,
        help_text=gettext_lazy(
            "For example: a relative, a friend, somebody they are afraid of. Only you and the "
            "information-governance leads of your agency can read this."
        ),
    )  # fmt: skip

    def __init__(self, *args: Any, posts: list[tuple[str, list]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["post_id"].choices = [("", gettext_lazy("Choose one")), *posts]


class LiftForm(forms.Form):
    """Why somebody may see it again."""

    why = LongText(label=gettext_lazy("Why may they see it again?"), max_length=500)
