"""Every reason why a catalogue entry must not be used, in words its author can act on. Pure."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from itertools import chain

from locality.pathways.rules.clocks import reachable
from locality.pathways.rules.fitting import fit
from locality.pathways.words import Clock, HowFit, Pathway, StartsAt, Vocabulary


def faults(pathway: Pathway, vocabulary: Vocabulary) -> Iterator[str]:
    """Yield every fault, not just the first."""
    return chain(
        _unknown_words(pathway, vocabulary),
        _empty(pathway),
        _ages(pathway),
        _clocks(pathway),
        _twice(pathway),
        _ways(pathway),
        _examples(pathway),
    )


def _unknown_words(pathway: Pathway, vocabulary: Vocabulary) -> Iterator[str]:
    for what, used, known in (
        ("purposes", pathway.purposes, vocabulary.purposes),
        ("gateways", pathway.gateways, vocabulary.gateways),
        ("provided_by", pathway.provided_by, vocabulary.sectors),
        ("eligible.any_need", pathway.eligible.any_need, vocabulary.needs),
        ("grades", pathway.grades, vocabulary.grades),
    ):
        for word in sorted(set(used) - known):
            yield f"{what}: “{word}” is not one of: {', '.join(sorted(known))}"


def _empty(pathway: Pathway) -> Iterator[str]:
    for what in ("key", "name", "says", "owner", "version"):
        if not getattr(pathway, what).strip():
            yield f"{what} must not be empty"
    for what in (
        "purposes", "gateways", "provided_by", "sources", "steps", "ends", "outcomes", "grades",
        "report_headings", "examples",
    ):  # fmt: skip
        if not getattr(pathway, what):
            yield f"{what} must name at least one"
    if not pathway.eligible.any_need:
        yield "eligible.any_need must name at least one need the pathway helps with"
    if pathway.agreement.required and not pathway.agreement.if_refused.strip():
        yield "agreement.if_refused must say what to do when they do not agree"


def _ages(pathway: Pathway) -> Iterator[str]:
    rule = pathway.eligible
    if rule.at_least < 0 or (rule.below is not None and rule.below <= rule.at_least):
        yield f"eligible: nobody is at least {rule.at_least} and below {rule.below}"


def _clocks(pathway: Pathway) -> Iterator[str]:
    clocks = {"answer_within": pathway.answer_within}
    clocks |= {f"step “{step.key}”": step.within for step in pathway.steps}
    for what, clock in clocks.items():
        if not _is_one_clock(clock):
            yield f"{what} must have either working_days or days, 1 or more"
    if pathway.steps and pathway.steps[0].starts_at == StartsAt.STEP_BEFORE:
        yield f"step “{pathway.steps[0].key}” is the first: its clock cannot start at a step before"
    if not 1 <= pathway.sessions.at_least <= pathway.sessions.at_most:
        yield "sessions: at_least must be 1 or more and no more than at_most"
    if pathway.readable_for_days < 0:
        yield "readable_for_days must be 0 or more"


def _is_one_clock(clock: Clock) -> bool:
    return sorted((clock.working_days, clock.days))[0] == 0 and clock.working_days + clock.days > 0


def _twice(pathway: Pathway) -> Iterator[str]:
    keys = [*(step.key for step in pathway.steps), *(end.key for end in pathway.ends)]
    for what, words in (
        ("steps and ends", keys),
        ("before and stops", _asked(pathway)),
        ("report_headings", pathway.report_headings),
        ("grades", pathway.grades),
    ):
        for word, times in Counter(words).items():
            if times > 1:
                yield f"{what}: “{word}” is there {times} times"


def _ways(pathway: Pathway) -> Iterator[str]:
    then = {step.key: step.then for step in pathway.steps}
    ends = {end.key for end in pathway.ends}
    for step in pathway.steps:
        for there in step.then:
            if there not in then.keys() | ends:
                yield f"step “{step.key}” leads to “{there}”, which is not a step or an end"
        if not reachable(then, [step.key]) & ends:
            yield f"step “{step.key}” never reaches an end"
    yield from _never_reached(then, ends, [step.key for step in pathway.steps[:1]])


def _never_reached(
    then: Mapping[str, Collection[str]], ends: Collection[str], start: Collection[str]
) -> Iterator[str]:
    reached = reachable(then, start)
    for key in then:
        if key not in reached:
            yield f"step “{key}” is never reached from the first step"
    for key in sorted(set(ends) - reached):
        yield f"end “{key}” is never reached from the first step"


def _examples(pathway: Pathway) -> Iterator[str]:
    asked = set(_asked(pathway))
    for example in pathway.examples:
        comes_out = fit(pathway, example.facts).how
        if comes_out != example.comes_out:
            yield (
                f"the example “{example.says}” says “{example.comes_out}” "
                f"but comes out as “{comes_out}”"
            )
        for word in sorted(example.facts.known - asked):
            yield f"the example “{example.says}” knows “{word}”, which is not in before or stops"
    shown = {example.comes_out for example in pathway.examples}
    for how in (HowFit.FITS, HowFit.DOES_NOT_FIT):
        if pathway.examples and how not in shown:
            yield f"examples: at least one must come out as “{how}”"


def _asked(pathway: Pathway) -> list[str]:
    """The keys of what whoever offers it is asked."""
    return [*(one.key for one in pathway.before), *(one.key for one in pathway.stops)]
