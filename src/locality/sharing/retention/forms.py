"""What somebody is asked who keeps records for an inquiry, and a lead who lets them go."""

from django import forms
from django.utils.translation import gettext_lazy

from locality.ui.fields import LongText


class HoldForm(forms.Form):
    """Why it must be kept."""

    why = LongText(
        label=gettext_lazy("Why must it be kept?"), max_length=500,
        help_text=gettext_lazy(
            "For example: a public inquiry, a court case, a complaint. Only you and the "
            "information-governance leads of your agency can read this."
        ),
    )  # fmt: skip


class LiftForm(forms.Form):
    """Why it need be kept no longer."""

    why = LongText(label=gettext_lazy("Why need it be kept no longer?"), max_length=500)
