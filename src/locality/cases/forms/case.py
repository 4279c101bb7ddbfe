"""What people are asked about a case itself and its team."""

from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from locality.cases.forms.fields import PICK, OneOf, Picked, WhyForm, said
from locality.cases.forms.sharing import TermsForm, as_category, kinds
from locality.cases.reads import sealed_kinds
from locality.cases.words import Closing
from locality.sharing.words import Marking
from locality.ui.fields import ChoiceField, DateField, LongText, PlainText


class EditForm(forms.Form):
    """What a case says. Knows when somebody else changed it in the meantime."""

    title = PlainText(label=gettext_lazy("A few words for lists, without names"), max_length=100)
    why = LongText(label=gettext_lazy("Why this case exists"))
    own_words = LongText(label=gettext_lazy("What they want, in their own words"), required=False)
    going_well = LongText(label=gettext_lazy("What is going well"), required=False)
    review_on = DateField(label=gettext_lazy("Date of the next review"), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    def __init__(self, *args: Any, version: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.now, self.fields["version"].initial = version, version
        self.overtaken = False

    def clean(self) -> dict[str, Any]:
        """Refuse what was written on an older version; sending it again is then deliberate."""
        given = self.cleaned_data
        if given.get("version") not in (None, self.now):
            self.overtaken = True
            self.data = self.data.copy()
            self.data["version"] = self.now
            raise ValidationError(
                _(
                    "Somebody changed this case while you were writing. Your text is kept below. "
                    "Compare it with what the case says now, then save."
                ),
                code="changed",
            )
        return given


class OpenForm(TermsForm):
    """Everything needed to open a case about somebody."""

    title = PlainText(label=gettext_lazy("A few words for lists, without names"), max_length=100)
    why = LongText(label=gettext_lazy("Why does this case exist?"))
    own_words = LongText(
        label=gettext_lazy("What do they want, in their own words?"), required=False
    )
    going_well = LongText(label=gettext_lazy("What is going well?"), required=False)
    category = Picked(
        choices=kinds(), coerce=as_category, label=gettext_lazy("What kind of information is it?")
    )
    sealed = ChoiceField(
        label=gettext_lazy("Is it about any of these?"), initial="no",
        help_text=gettext_lazy(
            "If it is, the case is sealed: only its live team sees it, and it is in no search, "
            "list or count."
        ),
    )  # fmt: skip
    review_on = DateField(label=gettext_lazy("Date of the first review"), earliest="today")
    field_order = ("title", "why", "own_words", "going_well", "sealed", "category", "review_on")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [(one.key, one.name) for one in sealed_kinds().values()]
        self.fields["sealed"].choices = [("no", gettext_lazy("None of these")), *kinds]
        self.fields["category"].required = False
        self.fields["category"].help_text = gettext_lazy(
            "Leave it when you chose one of those above."
        )

    def clean(self) -> dict[str, Any]:
        """Take the kind of information from what the case is about, where that says it."""
        given = super().clean() or self.cleaned_data
        kind = sealed_kinds().get(given.get("sealed", ""))
        given["marking"] = Marking.SEALED if kind else Marking.STANDARD
        if kind:
            given["category"] = kind.category
        elif given.get("category") is None and "category" not in self.errors:
            self.add_error("category", _("Choose what kind of information it is"))
        return given


class CloseForm(forms.Form):
    """Why a case ends, and what whoever raised it is told."""

    closing = OneOf(Closing, choices=said(Closing), label=gettext_lazy("Why does it end?"))
    says = LongText(
        label=gettext_lazy("What was achieved, and what should happen if it starts again?"),
        max_length=2000,
    )
    tell = LongText(
        label=gettext_lazy("What may whoever raised the concern be told?"), required=False,
        max_length=1000,
        help_text=gettext_lazy("They may not know of the case. Write nothing they need not know."),
    )  # fmt: skip


class MemberForm(forms.Form):
    """Somebody for the team."""

    post_id = Picked(coerce=UUID, label=gettext_lazy("Who joins the team?"))
    part = PlainText(label=gettext_lazy("What will they do in it?"), required=False, max_length=100)

    def __init__(self, *args: Any, posts: list[tuple[str, list]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["post_id"].choices = [*PICK, *posts]


class HandOverForm(WhyForm):
    """The next lead."""

    post_id = Picked(coerce=UUID, label=gettext_lazy("Who leads the case from now on?"))
    field_order = ("post_id", "why")

    def __init__(self, *args: Any, posts: list[tuple[UUID, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["post_id"].choices = [*PICK, *posts]


class Narrow(forms.Form):
    """What the list of cases can be narrowed to. Nothing personal: it is in the address."""

    quiet = True
    whose = forms.ChoiceField(
        label=gettext_lazy("Whose"), required=False,
        choices=[
            ("", gettext_lazy("Those I work on")),
            ("agency", gettext_lazy("My agency’s")),
            ("all", gettext_lazy("All I may see")),
        ],
    )  # fmt: skip
    state = forms.ChoiceField(
        label=gettext_lazy("State"), required=False,
        choices=[
            ("", gettext_lazy("Open")),
            ("closed", gettext_lazy("Closed")),
            ("any", gettext_lazy("Open and closed")),
        ],
    )  # fmt: skip
    review = forms.ChoiceField(
        label=gettext_lazy("Review"), required=False,
        choices=[
            ("", gettext_lazy("Any")),
            ("late", gettext_lazy("Overdue")),
            ("soon", gettext_lazy("Due within a week")),
        ],
    )  # fmt: skip
