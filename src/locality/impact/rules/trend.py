"""Say whether something rose or fell, only from months that are complete in both years."""

from collections.abc import Mapping
from dataclasses import dataclass

from locality.impact.words import NotRecorded, Number, Value
from locality.kit import statistics
from locality.kit.dates import Month, Period, runs_of_months
from locality.kit.statistics import Estimate


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two totals over the same calendar months of two years. No ratio: too little to say."""

    period: Period
    paired: frozenset[Month]
    now: int
    before: int
    ratio: Estimate | None

    @property
    def left_out(self) -> frozenset[Month]:
        """The months of the period that have no complete counterpart."""
        return frozenset(self.period) - self.paired


def compare(pairs: Mapping[Month, tuple[int, int]], period: Period) -> Comparison:
    """Compare the months that have figures in both years: this year's count, the year before's.

    Gives a ratio when at least three months, and half of those asked about, are paired and
    something was counted in both years.
    """
    paired = frozenset(pairs)
    now = [pairs[m][0] for m in sorted(paired)]
    before = [pairs[m][1] for m in sorted(paired)]
    enough = max(statistics.ENOUGH_PAIRS, (len(period) + 1) // 2)
    can_say = len(paired) >= enough and sum(now) > 0 and sum(before) > 0
    ratio = statistics.change(now, before) if can_say else None
    return Comparison(period, paired, sum(now), sum(before), ratio)


def change(found: Comparison) -> Value:
    """Show a comparison as a percentage with its interval, or say why it cannot be made."""
    if found.ratio is None:
        return NotRecorded(f"Not compared: {_why_not(found)}.", shown="cannot be said")
    ratio = found.ratio
    low, high = (ratio.low - 1) * 100, (ratio.high - 1) * 100
    return Number((ratio.value - 1) * 100, 1, low, high, signed=True, suffix="%")


def sentence(label: str, found: Comparison) -> str:
    """Say what a comparison shows, and no more than it can bear."""
    if found.ratio is None:
        return f"{label}: whether this rose or fell cannot be said, because {_why_not(found)}."
    seen = change(found)
    return (
        f"{label}: {_direction(found)}. There were {found.now:,} in the {_months(found)}, against "
        f"{found.before:,} in the same months a year earlier ({seen.shown}; 95% interval "
        f"{seen.interval})."
    )


def summary(found: Mapping[str, Comparison]) -> str:
    """Say in one sentence how several measures moved: what rose, what fell, what did not."""
    by_direction: dict[str, list[str]] = {}
    for label, comparison in found.items():
        by_direction.setdefault(_direction(comparison), []).append(label)
    said = [
        f"{words} for {_names(by_direction[words])}" for words in WORDS if words in by_direction
    ]
    whole = "; ".join(said)
    return f"{whole[:1].upper()}{whole[1:]}."


def left_out(found: Comparison) -> str:
    """Say which months no comparison rests on, or nothing when none is left out."""
    if not found.left_out or found.ratio is None:
        return ""
    return (
        f"Every comparison leaves out {runs_of_months(found.left_out)}, because one of the two "
        "years is incomplete there."
    )


def silences(silent: Mapping[Month, int]) -> str:
    """Say in which complete months small areas are gaps, or nothing when none is."""
    if not silent:
        return ""
    said = [f"{many} in {month.label}" for month, many in sorted(silent.items())]
    return (
        f"Small areas without their usual records ({_listed(said)}) are gaps, not falls: no rate "
        "counts them in those months, and every comparison leaves them out of both years."
    )


WORDS = ("a rise", "a fall", "no clear change", "no comparison")


def _direction(found: Comparison) -> str:
    if found.ratio is None:
        return "no comparison"
    if found.ratio.low > 1:
        return "a rise"
    return "a fall" if found.ratio.high < 1 else "no clear change"


def _months(found: Comparison) -> str:
    if not found.left_out:
        return f"{len(found.period)} months"
    return f"{len(found.paired)} months that are complete in both years"


def _names(labels: list[str]) -> str:
    return _listed([label[:1].lower() + label[1:] for label in labels])


def _listed(said: list[str]) -> str:
    return said[0] if len(said) == 1 else f"{', '.join(said[:-1])} and {said[-1]}"


def _why_not(found: Comparison) -> str:
    if found.paired and not (found.now and found.before):
        return "nothing was counted in one of the two years"
    return (
        f"only {len(found.paired)} of {len(found.period)} months are complete both in this period "
        "and a year earlier"
    )
