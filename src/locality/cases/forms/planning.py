"""What people are asked about a plan: needs, goals, actions, grades and reviews."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy

from locality.cases.forms.fields import PICK, OneOf, Overtakable, Picked, said
from locality.cases.words import ActionState, Grade
from locality.pathways import catalogue
from locality.ui.fields import DateField, LongText, PlainText


def _let_a_day_stand(form: Overtakable) -> None:
    """Let a day that has passed stay as it is when other words are corrected."""
    was = form.held.get("due")
    if was and was < timezone.localdate():
        form.fields["due"].earliest = was


class NeedForm(Overtakable):
    """Something worrying, or that would help."""

    heading = Picked(label=gettext_lazy("What is it about?"))
    says = LongText(
        label=gettext_lazy("What is worrying, or would help?"), max_length=1000,
        help_text=gettext_lazy("Say what happens, not what somebody is."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["heading"].choices = [*PICK, *catalogue.need_names().items()]


class GoalForm(Overtakable):
    """What should be different, and how we will know."""

    says = PlainText(label=gettext_lazy("What should be different?"), max_length=500)
    measure = PlainText(label=gettext_lazy("How will we know?"), required=False, max_length=500)
    due = DateField(label=gettext_lazy("By when"), required=False, earliest="today")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _let_a_day_stand(self)


class ActionForm(Overtakable):
    """One thing one person will do by a day."""

    says = PlainText(label=gettext_lazy("What will be done?"), max_length=500)
    who = Picked(label=gettext_lazy("Who will do it?"), coerce=UUID)
    due = DateField(label=gettext_lazy("By when"), earliest="today")

    def __init__(self, *args: Any, team: list[tuple[UUID, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["who"].choices = [*PICK, *team]
        _let_a_day_stand(self)


class EndActionForm(Overtakable):
    """What became of an action."""

    state = OneOf(
        ActionState, label=gettext_lazy("What became of it?"),
        choices=said([ActionState.DONE, ActionState.NOT_NEEDED]), initial=ActionState.DONE.value,
    )  # fmt: skip
    result = LongText(label=gettext_lazy("What came of it?"), required=False, max_length=2000)


class GradeForm(Overtakable):
    """How far a goal was reached."""

    grade = OneOf(
        Grade, choices=said(Grade), label=gettext_lazy("How far was it reached?"),
        help_text=gettext_lazy("In their own view, where they gave one."),
    )  # fmt: skip
    says = LongText(label=gettext_lazy("How do we know?"), required=False, max_length=2000)


class ReviewForm(forms.Form):
    """Looking together at how the plan goes."""

    held_on = DateField(label=gettext_lazy("Day of the review"), latest="today")
    says = LongText(label=gettext_lazy("How is the plan going?"))
    their_view = LongText(label=gettext_lazy("What do they say about it?"), required=False)
    next_on = DateField(
        label=gettext_lazy("Day of the next review"), required=False, earliest="today",
        help_text=gettext_lazy("Leave empty only if the case is about to close."),
    )  # fmt: skip
