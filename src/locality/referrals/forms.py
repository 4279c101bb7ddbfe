"""What people are asked about a referral, and what to type instead when it cannot be read."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from locality.cases.reads import laws
from locality.cases.words import Grade
from locality.kit.errors import Refused
from locality.pathways import catalogue
from locality.pathways.words import Facts, HowFit, Pathway
from locality.pathways.words import Step as PathwayStep
from locality.referrals import rules
from locality.referrals.words import Attendance, Declined, NewReferral, Provider, StepState
from locality.sharing.words import Gateway
from locality.ui.fields import (
    ChoiceField,
    DateField,
    LongText,
    MultipleChoiceField,
    PlainText,
    YesNo,
    keep_revealed,
)

PICK = [("", gettext_lazy("Choose one"))]
Choices = Sequence[tuple[Any, Any]]


@dataclass(frozen=True, slots=True)
class Offering:
    """What an offer is filled in against: the case, the person, the pathway, what is on record."""

    case_id: UUID
    person_id: UUID
    pathway: Pathway
    facts: Facts
    providers: tuple[Provider, ...]
    goals: Choices
    contacts: Choices


class Picked(forms.TypedChoiceField):
    """A list to pick one from, with nothing picked at first."""

    def __init__(self, choices: Choices = (), **kwargs: Any) -> None:
        super().__init__(choices=[*PICK, *choices], empty_value=None, **kwargs)


def said(words: Sequence[Any]) -> list[tuple[str, str]]:
    """The locality's words as choices, each with a capital."""
    return [(str(word), str(word)[:1].upper() + str(word)[1:]) for word in words]


class OfferForm(forms.Form):
    """Offer somebody one pathway. Says what is missing before anything is sent."""

    provider = ChoiceField(label=gettext_lazy("Who do you ask to help?"))
    goal = Picked(label=gettext_lazy("Which goal of the plan does it serve?"), required=False)
    why = LongText(
        label=gettext_lazy("What is the help for?"), max_length=2000,
        help_text=gettext_lazy(
            "The provider reads this and does not see the case. Say what they need, and what the "
            "person wants and is good at."
        ),
    )  # fmt: skip
    known = MultipleChoiceField(label=gettext_lazy("What have you made sure of?"))
    stops = MultipleChoiceField(label=gettext_lazy("Is any of this true now?"), required=False)
    agreed = YesNo(label=gettext_lazy("Do they agree?"), reveals={"yes": ("agreed_says",)})
    agreed_says = PlainText(
        label=gettext_lazy("Who said so, and when?"), required=False, max_length=500
    )
    contacts = MultipleChoiceField(
        label=gettext_lazy("How may the provider reach them?"), required=False,
        help_text=gettext_lazy("Only ways that are known to be safe are listed."),
    )  # fmt: skip
    gateway = ChoiceField(label=gettext_lazy("Which law lets you share this?"))
    necessity = PlainText(
        label=gettext_lazy("Why does the provider need to know this?"), max_length=500,
        help_text=gettext_lazy("One sentence. They can read it."),
    )  # fmt: skip

    def __init__(self, *args: Any, offering: Offering, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offering, pathway = offering, offering.pathway
        able = [(one.agency, one.name) for one in offering.providers if not one.why_not]
        self.fields["provider"].choices = able
        self.fields["provider"].initial = able[0][0] if len(able) == 1 else None
        self.fields["goal"].choices = [*PICK, *offering.goals]
        self.fields["agreed"].label = _("Is there agreement by %(who)s?") % {
            "who": pathway.agreement.who
        }
        self.fields["agreed"].required = pathway.agreement.required
        self._choose("known", [(one.key, _capital(one.says)) for one in pathway.before])
        self._choose("stops", [(one.key, _capital(one.says)) for one in pathway.stops])
        self._choose("contacts", offering.contacts)
        known_laws = {gateway: laws()[Gateway(gateway)] for gateway in pathway.gateways}
        self.fields["gateway"].choices = [(key, law.name) for key, law in known_laws.items()]
        self.fields["gateway"].hints = {key: law.says for key, law in known_laws.items()}
        self.fields["gateway"].initial = pathway.gateways[0]

    def _choose(self, name: str, choices: Choices) -> None:
        """Ask only where there is something to choose from."""
        if choices:
            self.fields[name].choices = choices
        else:
            del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """Hold the answers against the pathway, and say beside each what keeps it from fitting."""
        keep_revealed(self)
        given = self.cleaned_data
        if "agreed" not in self.errors:
            facts = replace(self.offering.facts, agreed=given.get("agreed"), known=self._known())
            found = catalogue.fit(self.offering.pathway, facts, catalogue.need_names())
            for reason in found.reasons:
                if reason.how != HowFit.FITS:
                    self.add_error(self._question_of(reason.fact), ValidationError(reason.says))
        return given

    def _known(self) -> frozenset[str]:
        given = self.cleaned_data
        return frozenset([*given.get("known", ()), *given.get("stops", ())])

    def _question_of(self, fact: str) -> str | None:
        """Which question a reason belongs to; none when it rests on what is on record."""
        pathway = self.offering.pathway
        if "agree" in fact:
            return "agreed"
        if any(one.says == fact for one in pathway.stops):
            return "stops"
        return "known" if any(one.says in fact for one in pathway.before) else None

    def referral(self) -> NewReferral:
        """The offer that was filled in."""
        given, offering = self.cleaned_data, self.offering
        return NewReferral(
            case_id=offering.case_id, person_id=offering.person_id, pathway=offering.pathway.key,
            provider=int(given["provider"]), why=given["why"], agreed=given["agreed"],
            agreed_says=given["agreed_says"], necessity=given["necessity"],
            gateway=Gateway(given["gateway"]), goal_id=given["goal"] and UUID(given["goal"]),
            known=self._known(), contacts=tuple(UUID(one) for one in given.get("contacts", ())),
        )  # fmt: skip


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


class AcceptForm(forms.Form):
    """Who will work with them."""

    worker = Picked(coerce=UUID, label=gettext_lazy("Who will work with them?"))

    def __init__(self, *args: Any, workers: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["worker"].choices = [*PICK, *workers]


class HandOverForm(AcceptForm):
    """Who works with them from now on, and why it changes."""

    why = PlainText(label=gettext_lazy("Why does it change?"), max_length=500)


class DeclineForm(forms.Form):
    """Why not."""

    declined = ChoiceField(label=gettext_lazy("Why not?"), choices=said(list(Declined)))
    says = LongText(
        label=gettext_lazy("What should whoever asked you know?"), required=False, max_length=1000,
        help_text=gettext_lazy("For example, who could help instead, or when you could."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Some reasons want words."""
        given = self.cleaned_data
        if given.get("declined") and "says" not in self.errors:
            _beside(self, "says", lambda: rules.require_words(
                Declined(given["declined"]), given["says"]))  # fmt: skip
        return given


class WhyForm(forms.Form):
    """A reason."""

    why = PlainText(label=gettext_lazy("Why?"), max_length=500)


class StepForm(forms.Form):
    """What became of a step, and what comes next."""

    state = ChoiceField(
        label=gettext_lazy("Was it done?"), initial=StepState.DONE.value,
        choices=[
            (StepState.DONE.value, gettext_lazy("Yes, it was done")),
            (StepState.SKIPPED.value, gettext_lazy("No, it was not taken")),
        ],
    )  # fmt: skip
    says = LongText(
        label=gettext_lazy("What happened? If it was not taken, why not?"), required=False,
        max_length=2000,
    )  # fmt: skip
    then = ChoiceField(label=gettext_lazy("What comes next?"), required=False)

    def __init__(self, *args: Any, step: PathwayStep | None, pathway: Pathway, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if step is None:
            del self.fields["then"]
            return
        self.fields["says"].help_text = _("What shows that it was done: %(what)s.") % {
            "what": step.evidence[:1].lower() + step.evidence[1:]
        }
        self.fields["then"].choices = [(key, _follows(pathway, key)) for key in step.then]
        self.fields["then"].initial = step.then[0]

    def clean(self) -> dict[str, Any]:
        """A step that was not taken says why."""
        given = self.cleaned_data
        if given.get("state") and "says" not in self.errors:
            _beside(self, "says", lambda: rules.require_step_state(
                StepState(given["state"]), given["says"]))  # fmt: skip
        return given


def _follows(pathway: Pathway, key: str) -> str:
    step, end = pathway.step(key), pathway.end(key)
    return step.name if step else _("It ends: %(how)s") % {"how": end.name if end else key}


class SessionForm(forms.Form):
    """One meeting, or that it did not take place."""

    held_on = DateField(label=gettext_lazy("When was it?"), latest="today")
    attendance = ChoiceField(label=gettext_lazy("Did they come?"), choices=said(list(Attendance)))
    says = LongText(
        label=gettext_lazy("What happened?"), required=False, max_length=2000,
        help_text=gettext_lazy("A few words are enough. The team around them can read it."),
    )  # fmt: skip

    def __init__(self, *args: Any, first: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["held_on"].earliest = first


class EndForm(forms.Form):
    """How it ended, how far the goal was reached, and the report."""

    how = ChoiceField(label=gettext_lazy("How did it end?"))
    grade = ChoiceField(
        label=gettext_lazy("How far was the goal reached?"),
        help_text=gettext_lazy("In their own view, where they gave one."),
    )  # fmt: skip
    their_view = LongText(
        label=gettext_lazy("What do they say about it, in their words?"), required=False,
        max_length=2000,
    )  # fmt: skip

    def __init__(self, *args: Any, pathway: Pathway, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.pathway = pathway
        self.fields["how"].choices = [(end.key, end.name) for end in pathway.ends]
        self.fields["grade"].choices = said(pathway.grades)
        for number, heading in enumerate(pathway.report_headings):
            self.fields[f"part_{number}"] = LongText(label=heading, max_length=4000)
        self.order_fields([name for name in self.fields if name != "their_view"])

    def report(self) -> Mapping[str, str]:
        """What was written, by heading."""
        headings = enumerate(self.pathway.report_headings)
        return {heading: self.cleaned_data[f"part_{number}"] for number, heading in headings}

    def outcome(self) -> Grade:
        """How far the goal was reached."""
        return Grade(self.cleaned_data["grade"])


class Narrow(forms.Form):
    """What the lists can be narrowed to. Nothing personal: it is in the address."""

    quiet = True
    whose = forms.ChoiceField(
        label=gettext_lazy("Whose"), required=False,
        choices=[("", gettext_lazy("My agency’s")), ("mine", gettext_lazy("Only mine"))],
    )  # fmt: skip
    pathway = forms.ChoiceField(label=gettext_lazy("Kind of help"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [(one.key, one.name) for one in catalogue.all()]
        self.fields["pathway"].choices = [("", _("Any")), *kinds]


def _beside(form: forms.Form, name: str, check: Callable[[], None]) -> None:
    """Say a rule's refusal beside the question it is about."""
    try:
        check()
    except Refused as no:
        form.add_error(name, no.reason)
