"""How somebody fits a pathway: one reason for each criterion, each a full sentence. Pure."""

from collections.abc import Collection, Iterator, Mapping, Set
from datetime import date
from types import MappingProxyType

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
        if before.key in facts.known:
            yield Reason(HowFit.FITS, f"It is known that {before.says}.", before.says)
        else:
            says = f"It could fit once it is known that {before.says}."
            yield Reason(HowFit.COULD_FIT, says, f"not known that {before.says}")
    for stop in pathway.stops:
        if stop.key in facts.known:
            says = f"It is not the right way now, because {stop.says}. {stop.instead}"
            yield Reason(HowFit.DOES_NOT_FIT, says, stop.says)


def _age(pathway: Pathway, facts: Facts) -> Reason:
    rule, wanted = pathway.eligible, ages_in_words(pathway)
    if facts.age is None:
        says = f"It could fit if they are {wanted}: nobody here has recorded when they were born."
        return Reason(HowFit.COULD_FIT, says, "age not known")
    inside = rule.at_least <= facts.age and (rule.below is None or facts.age < rule.below)
    says = f"They are {facts.age}, and it is for people {wanted}."
    how = HowFit.FITS if inside else HowFit.DOES_NOT_FIT
    return Reason(how, says, f"{facts.age} years old")


def ages_in_words(pathway: Pathway) -> str:
    """Say for which ages a pathway is, to follow “people”."""
    rule = pathway.eligible
    if rule.below is None:
        return f"aged {rule.at_least} or over" if rule.at_least else "of any age"
    return f"aged {rule.at_least} to {rule.below - 1}" if rule.at_least else f"under {rule.below}"


def _need(pathway: Pathway, facts: Facts, names: Mapping[str, str]) -> Reason:
    helps_with = needs_in_words(pathway.eligible.any_need, names, "or")
    if not facts.needs:
        says = f"It could fit if the plan has a need that it helps with: {helps_with}."
        return Reason(HowFit.COULD_FIT, says, "no need on the plan yet")
    fact = f"needs on the plan: {needs_in_words(facts.needs, names)}"
    if shared := facts.needs & pathway.eligible.any_need:
        says = f"The plan has {needs_in_words(shared, names)}, which it helps with."
        return Reason(HowFit.FITS, says, fact)
    says = f"It helps with {helps_with}, and the plan has {needs_in_words(facts.needs, names)}."
    return Reason(HowFit.DOES_NOT_FIT, says, fact)


def needs_in_words(needs: Set[str], names: Mapping[str, str], last: str = "and") -> str:
    """Say headings of need as in a sentence: “Secure housing” and “Financial stability”."""
    return in_words([f"“{names.get(need, need)}”" for need in sorted(needs)], last)


def _area(pathway: Pathway, facts: Facts) -> Reason:
    offered_in = in_words(sorted(pathway.eligible.areas), "or")
    if facts.area is None:
        says = f"It could fit if they live in {offered_in}: nobody here has recorded where."
        return Reason(HowFit.COULD_FIT, says, "area not known")
    how = HowFit.FITS if facts.area in pathway.eligible.areas else HowFit.DOES_NOT_FIT
    says = f"They live in {facts.area}, and it is offered in {offered_in}."
    return Reason(how, says, f"lives in {facts.area}")


def _agreement(pathway: Pathway, facts: Facts) -> Reason:
    who = pathway.agreement.who
    if facts.agreed:
        return Reason(HowFit.FITS, f"Agreement was given, as it must be by {who}.", "agreed")
    if facts.agreed is None:
        says = f"It could fit if there is agreement by {who}: nobody has recorded asking."
        return Reason(HowFit.COULD_FIT, says, "agreement not asked")
    says = f"There is no agreement by {who}. {pathway.agreement.if_refused}"
    return Reason(HowFit.DOES_NOT_FIT, says, "did not agree")


def in_words(words: Collection[str], last: str = "and") -> str:
    """Join words as in a sentence: “a, b and c”."""
    *most, end = words or [""]
    return f"{', '.join(most)} {last} {end}" if most else end
