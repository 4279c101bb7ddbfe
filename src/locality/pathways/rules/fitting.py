"""How somebody fits a pathway: one reason for each criterion, each a full sentence. Pure."""

from collections.abc import Collection, Iterator, Mapping, Set
from datetime import date
from types import MappingProxyType

from locality.kit.saying import in_words, say, say_many
from locality.pathways.words import BEST_LAST, Facts, Fit, HowFit, Pathway, Reason

NO_NAMES: Mapping[str, str] = MappingProxyType({})


def age_on(born: date, day: date) -> int:
    """Count whole years: the birthday itself counts, and 29 February is kept on 1 March."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def is_eligible(pathway: Pathway, facts: Facts) -> bool:
    """Say whether somebody with these facts may be offered this pathway now."""
    return fit(pathway, facts).how == HowFit.FITS


def fit(pathway: Pathway, facts: Facts, need_names: Mapping[str, str] = NO_NAMES) -> Fit:
    """Hold everything known about somebody against a pathway, one criterion at a time.

    How they fit is how they fit the criterion they fit worst; the worst reasons come first.
    `need_names` says what to call each heading of need; without a name it is called by its key.
    """
    on_record = _on_record(pathway, facts, need_names)
    return _worst_first(pathway, [*on_record, *_asked(pathway, facts)])


def fit_on_record(pathway: Pathway, facts: Facts, need_names: Mapping[str, str] = NO_NAMES) -> Fit:
    """The same by what is on record alone, before anybody was asked whether they agree."""
    return _worst_first(pathway, list(_on_record(pathway, facts, need_names)))


def grouped(fits: Collection[Fit]) -> dict[HowFit, list[Fit]]:
    """Group fits by how well they fit, best group first."""
    return {how: [one for one in fits if one.how == how] for how in reversed(BEST_LAST)}


def _worst_first(pathway: Pathway, reasons: list[Reason]) -> Fit:
    reasons.sort(key=lambda reason: BEST_LAST.index(reason.how))
    return Fit(pathway, reasons[0].how, tuple(reasons))


def _on_record(pathway: Pathway, facts: Facts, names: Mapping[str, str]) -> Iterator[Reason]:
    yield _age(pathway, facts)
    yield _need(pathway, facts, names)
    if pathway.eligible.areas:
        yield _area(pathway, facts)


def _asked(pathway: Pathway, facts: Facts) -> Iterator[Reason]:
    if pathway.agreement.required:
        yield _agreement(pathway, facts)
    for before in pathway.before:
        fact = say(before.says)
        if before.key in facts.known:
            yield Reason(HowFit.FITS, say("It is known that {fact}.", fact=fact), fact)
        else:
            says = say("It could fit once it is known that {fact}.", fact=fact)
            yield Reason(HowFit.COULD_FIT, says, say("not known that {fact}", fact=fact))
    for stop in pathway.stops:
        if stop.key in facts.known:
            fact = say(stop.says)
            says = say(
                "It is not the right way now, because {fact}. {instead}",
                fact=fact,
                instead=say(stop.instead),
            )
            yield Reason(HowFit.DOES_NOT_FIT, says, fact)


def _age(pathway: Pathway, facts: Facts) -> Reason:
    rule, wanted = pathway.eligible, ages_in_words(pathway)
    if facts.age is None:
        says = say(
            "It could fit if they are {wanted}: nobody here has recorded when they were born.",
            wanted=wanted,
        )
        return Reason(HowFit.COULD_FIT, says, say("age not known"))
    inside = rule.at_least <= facts.age and (rule.below is None or facts.age < rule.below)
    says = say("They are {age}, and it is for people {wanted}.", age=facts.age, wanted=wanted)
    how = HowFit.FITS if inside else HowFit.DOES_NOT_FIT
    return Reason(how, says, say_many("{n} year old", "{n} years old", n=facts.age))


def ages_in_words(pathway: Pathway) -> str:
    """Say for which ages a pathway is, to follow “people”."""
    rule = pathway.eligible
    if rule.below is None:
        aged = say("aged {age} or over", age=rule.at_least)
        return aged if rule.at_least else say("of any age")
    if not rule.at_least:
        return say("under {age}", age=rule.below)
    return say("aged {first} to {last}", first=rule.at_least, last=rule.below - 1)


def _need(pathway: Pathway, facts: Facts, names: Mapping[str, str]) -> Reason:
    helps_with = needs_in_words(pathway.eligible.any_need, names, "or")
    if not facts.needs:
        says = say(
            "It could fit if the plan has a need that it helps with: {needs}.", needs=helps_with
        )
        return Reason(HowFit.COULD_FIT, says, say("no need on the plan yet"))
    planned = needs_in_words(facts.needs, names)
    fact = say("needs on the plan: {needs}", needs=planned)
    if shared := facts.needs & pathway.eligible.any_need:
        needs = needs_in_words(shared, names)
        says = say("The plan has {needs}, which it helps with.", needs=needs)
        return Reason(HowFit.FITS, says, fact)
    says = say(
        "It helps with {needs}, and the plan has {planned}.", needs=helps_with, planned=planned
    )
    return Reason(HowFit.DOES_NOT_FIT, says, fact)


def needs_in_words(needs: Set[str], names: Mapping[str, str], last: str = "and") -> str:
    """Say headings of need as in a sentence: “Secure housing” and “Financial stability”."""
    return in_words(
        [say("“{need}”", need=say(names.get(need, need))) for need in sorted(needs)], last
    )


def _area(pathway: Pathway, facts: Facts) -> Reason:
    offered_in = in_words(sorted(pathway.eligible.areas), "or")
    if facts.area is None:
        says = say(
            "It could fit if they live in {areas}: nobody here has recorded where.",
            areas=offered_in,
        )
        return Reason(HowFit.COULD_FIT, says, say("area not known"))
    how = HowFit.FITS if facts.area in pathway.eligible.areas else HowFit.DOES_NOT_FIT
    says = say(
        "They live in {area}, and it is offered in {areas}.", area=facts.area, areas=offered_in
    )
    return Reason(how, says, say("lives in {area}", area=facts.area))


def _agreement(pathway: Pathway, facts: Facts) -> Reason:
    who = say(pathway.agreement.who)
    if facts.agreed:
        says = say("Agreement was given, as it must be by {who}.", who=who)
        return Reason(HowFit.FITS, says, say("agreed"))
    if facts.agreed is None:
        says = say(
            "It could fit if there is agreement by {who}: nobody has recorded asking.", who=who
        )
        return Reason(HowFit.COULD_FIT, says, say("agreement not asked"))
    says = say(
        "There is no agreement by {who}. {instead}",
        who=who,
        instead=say(pathway.agreement.if_refused),
    )
    return Reason(HowFit.DOES_NOT_FIT, says, say("did not agree"))
