"""What a screener is asked to decide about a concern."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from locality.cases.reads import laws
from locality.pathways import catalogue
from locality.places.words import PlaceKind
from locality.sharing.words import CATEGORY_SAYS, Gateway, Marking
from locality.triage.words import Asked, CaseToOpen, Decided, NewScreening, Way
from locality.ui.fields import ChoiceField, DateField, LongText, MultipleChoiceField, PlainText

if TYPE_CHECKING:
    from locality.cases.models import Case
    from locality.intake.models import Concern
    from locality.sharing.models import Post

REVIEW_AFTER = timedelta(weeks=6)
ASKED = [
    (Asked.WAITING.value, _("Waiting")),
    (Asked.OVERDUE.value, _("Overdue")),
    (Asked.REPEATS.value, _("Raised before about the same person or place")),
    (Asked.DECIDED.value, _("Decided")),
    (Asked.WITHDRAWN.value, _("Withdrawn by the reporter")),
]
MARKINGS = {
    Marking.STANDARD: _("Standard: everybody on the team who is cleared for its kind"),
    Marking.RESTRICTED: _("Restricted: fewer people"),
    Marking.SEALED: _("Sealed: its live team alone, and in no search, list or count"),
}


class FilterForm(forms.Form):
    """Which concerns to show. Goes into the address: nothing in it is personal."""

    quiet = True
    show = forms.ChoiceField(label=_("Show"), choices=ASKED, required=False)
    kind = forms.TypedChoiceField(
        label=_("Kind"), coerce=int, empty_value=None, required=False,
        choices=[("", _("Any")), *((int(c), says) for c, says in CATEGORY_SAYS.items())],
    )  # fmt: skip

    def chosen(self) -> list[tuple[str, str]]:
        """The filters in use: what each is called in the address, and in words."""
        given = self.cleaned_data if self.is_valid() else {}
        used = [name for name in given if given[name] not in (None, "", Asked.WAITING.value)]
        return [(name, dict(self.fields[name].choices)[given[name]]) for name in used]

    def asked(self) -> tuple[Asked, int | None]:
        """What is asked for; nonsense in the address asks for what waits."""
        given = self.cleaned_data if self.is_valid() else {}
        return Asked(given.get("show") or Asked.WAITING), given.get("kind")


class FindPlaceForm(forms.Form):
    """Which place a concern means: looked for before it is added."""

    words = PlainText(
        label=_("Name, street or neighbourhood"), max_length=200,
        help_text=_("At least two letters."), 
    )  # fmt: skip

    def clean_words(self) -> str:
        """Ask for enough to look for."""
        words: str = self.cleaned_data["words"]
        if sum(c.isalnum() for c in words) < 2:
            raise forms.ValidationError(_("Type at least two letters of its name or street"))
        return words


class AddPlaceForm(forms.Form):
    """A public place that is not named yet. Everybody can see its name."""

    name = PlainText(
        label=_("What do people call it?"), max_length=150,
        help_text=_("A public place, such as Alder Park play area. Never somebody’s home."),
    )  # fmt: skip
    kind = ChoiceField(
        label=_("What kind of place is it?"),
        choices=[(one.value, one.value.capitalize()) for one in PlaceKind],
    )  # fmt: skip
    street = PlainText(
        label=_("Which street is it in, or near?"), required=False, max_length=150
    )  # fmt: skip


class DecideForm(forms.Form):
    """What every decision says: why, and what the reporter is told."""

    decided: Decided
    reason = LongText(
        label=_("Why do you decide this?"), max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For your colleagues and for whoever looks at this later."),
    )  # fmt: skip
    told_reporter = LongText(
        label=_("What do you tell the reporter?"), required=False, max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("They see this beside their reference. Write what they may know."),
    )  # fmt: skip

    def __init__(self, *args: Any, concern: "Concern", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.concern = concern

    def clean(self) -> dict[str, Any]:
        """Refuse to decide on less than the reporter has said by now."""
        given = super().clean()
        if self.data.get("seen", "0") != str(len(self.concern.additions.all())):
            raise forms.ValidationError(
                _("The reporter has added to this since you opened it. Read it, then decide.")
            )
        return given

    def screening(self) -> NewScreening:
        """The decision, once the form is valid."""
        given = self.cleaned_data
        return NewScreening(
            decided=self.decided, reason=given["reason"], told_reporter=given["told_reporter"],
            **self.more(),
        )  # fmt: skip

    def more(self) -> dict[str, Any]:
        """What this kind of decision says besides."""
        return {"route": self.cleaned_data["route"]}


class SignpostForm(DecideForm):
    """Point the reporter to somebody who can help."""

    decided = Decided.SIGNPOST
    route = PlainText(
        label=_("What do you point them to?"),
        help_text=_("A service, with how to reach it."),
    )  # fmt: skip
    field_order = ["route", "told_reporter", "reason"]


class UrgentForm(DecideForm):
    """Hand it at once to the service that acts."""

    decided = Decided.URGENT
    route = PlainText(
        label=_("Whom have you told, and how?"),
        help_text=_("Ring first, then write it down: such as “Duty social worker, by telephone”."),
    )  # fmt: skip
    field_order = ["route", "reason", "told_reporter"]


class LinkForm(DecideForm):
    """Give it to the people who help already."""

    decided = Decided.LINK
    case = ChoiceField(label=_("Which case does it belong to?"))
    summary = LongText(
        label=_("What does the team need to know?"), max_length=4000,
        help_text=_("The team reads this, and not the concern: it is its reporter’s agency’s."),
    )  # fmt: skip
    field_order = ["case", "summary", "reason", "told_reporter"]

    def __init__(self, *args: Any, cases: "Sequence[Case]" = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["case"].choices = [
            (str(case.pk), f"{case.reference}: {case.title}, {case.lead}") for case in cases
        ]

    def more(self) -> dict[str, Any]:
        return {
            "case_id": UUID(self.cleaned_data["case"]),
            "summary": self.cleaned_data["summary"],
        }


class OpenForm(DecideForm):
    """The least that is asked to open a case."""

    decided = Decided.OPEN
    title = PlainText(label=_("A few words for lists, without names"), max_length=100)
    why = LongText(
        label=_("Why should there be a case?"), max_length=4000,
        help_text=_("The team reads this, and not the concern. Write what worries and what helps."),
    )  # fmt: skip
    lead = forms.ChoiceField(label=_("Who leads it?"))
    team = MultipleChoiceField(label=_("Who else is on the team?"), required=False)
    need_heading = forms.ChoiceField(label=_("What is needed first?"))
    need = PlainText(label=_("The first need, in a sentence"), max_length=500)
    marking = ChoiceField(label=_("How closely is it held?"))
    gateway = ChoiceField(label=_("Which law lets your agency tell the team?"))
    necessity = PlainText(
        label=_("Why does the team need to know?"), max_length=500,
        initial=_("So that help can be planned and given."),
    )  # fmt: skip
    review_on = DateField(label=_("When is it reviewed?"), earliest="today")
    field_order = [
        "title", "why", "need_heading", "need", "lead", "team", "review_on", "gateway",
        "necessity", "marking", "reason", "told_reporter",
    ]  # fmt: skip

    def __init__(
        self, *args: Any, leads: "Iterable[Post]" = (), team: "Iterable[Post]" = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        least = Marking(max(self.concern.marking, Marking.STANDARD))
        fields = self.fields
        fields["title"].initial = self.concern.title
        fields["review_on"].initial = timezone.localdate() + REVIEW_AFTER
        fields["lead"].choices = [("", _("Choose one")), *((str(p.pk), str(p)) for p in leads)]
        fields["team"].choices = [(str(p.pk), f"{p}, {p.agency}") for p in team]
        fields["need_heading"].choices = [
            ("", _("Choose one")), *catalogue.need_names().items()
        ]  # fmt: skip
        fields["marking"].choices = [
            (str(int(marking)), says) for marking, says in MARKINGS.items() if marking >= least
            and (marking < Marking.SEALED or least == Marking.SEALED)
        ]  # fmt: skip
        fields["marking"].initial = str(int(least))
        fields["gateway"].choices = [(one.value, law.name) for one, law in laws().items()]
        fields["gateway"].hints = {one.value: law.says for one, law in laws().items()}

    def more(self) -> dict[str, Any]:
        given = self.cleaned_data
        same = ("title", "why", "need_heading", "need", "necessity", "review_on")
        return {
            "opening": CaseToOpen(
                lead_post=UUID(given["lead"]),
                team_posts=tuple(UUID(post) for post in given["team"]),
                marking=Marking(int(given["marking"])),
                gateway=Gateway(given["gateway"]),
                **{name: given[name] for name in same},
            )
        }


FORMS: dict[Way, type[DecideForm]] = {
    Way.SIGNPOST: SignpostForm,
    Way.LINK: LinkForm,
    Way.OPEN: OpenForm,
    Way.URGENT: UrgentForm,
}
