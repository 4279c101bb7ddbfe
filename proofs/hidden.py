"""What is hidden from somebody answers as what was never there.

For everybody in an invented area, and for somebody of every role in an agency that has agreed with
nobody, the database is asked which records it does not show them. At every address that names a
record they ask for one of those, and for one that is not there, in two of four ways (in the long
form in all): as a page, as a form, as a part of a page and for its headers alone. The two answers
must have the same status, headers and body, but for the identifier itself, the time and a form's
proof.

How long the two take is measured by turns, at every address. Addresses that differ by more than a
tenth are measured once more, and more often, because a machine that others use has its moods.
"""

from collections import Counter
from collections.abc import Iterator
from random import Random

from psycopg.conninfo import conninfo_to_dict

from proofs import Row, required
from proofs.logs import whole_site
from tests.hiding.comparing import ASKED, Hidden, Pair, difference, everybody, medians
from tests.journeys.site import environment

ACTORS, ADDRESSES, KINDS = 8, 95, 20
TIMES, MORE = 15, 101  # how often each of two is asked for
TENTH = 0.10


def run(*, long: bool, seed: int) -> Iterator[Row]:
    """Compare what is said, then how long it takes; the long form draws ten records of each."""
    with whole_site("locality_hidden") as site:
        database = conninfo_to_dict(site.administrator)["dbname"]
        found = everybody(site, environment(site.administrator, database, site.folder))
        pairs = [one for n in range(10 if long else 1) for one in found.pairs(Random(seed + n))]
        apart, asked, random = list[str](), 0, Random(seed)
        for pair in pairs:
            for how in ASKED if long else random.sample(ASKED, 2):
                asked += 1
                apart += filter(None, [difference(found.callers[pair.who], pair, how)])
        people, names, kinds = (
            len({getattr(one, of) for one in pairs}) for of in ("who", "name", "kind")
        )
        yield Row(
            "Pairs of answers, hidden and absent, that differ", f"{len(apart)} of {asked:,}", "0",
            f"{people} people, {names} addresses, {kinds} kinds of record, {len(ASKED)} ways",
        )  # fmt: skip
        required(not apart, "; ".join(apart[:3]))
        required(people >= ACTORS and names >= ADDRESSES and kinds >= KINDS, "too few were asked")
        yield from _times(found, pairs, Random(seed))


def _times(found: Hidden, pairs: list[Pair], random: Random) -> Iterator[Row]:
    one_of_each = {pair.name: pair for pair in random.sample(pairs, len(pairs))}
    apart: dict[str, float] = {}
    again = Counter[str]()
    for name, pair in one_of_each.items():
        apart[name] = _apart(found, pair, TIMES)
        if abs(apart[name]) > TENTH:
            again[name] += 1
            apart[name] = _apart(found, pair, MORE)
    over = {name: by for name, by in apart.items() if abs(by) > TENTH}
    most = max(apart, key=lambda name: abs(apart[name]))
    middle = sorted(apart.values())[len(apart) // 2]
    yield Row(
        "Addresses whose medians are within a tenth", f"{len(apart) - len(over)} of {len(apart)}",
        "all", f"{TIMES} times each, by turns; {len(again)} measured again {MORE} times; the most "
        f"{100 * apart[most]:+.0f} % ({most}), in the middle {100 * middle:+.1f} %",
    )  # fmt: skip
    required(not over, f"medians differ by more than a tenth at {', '.join(sorted(over))}")


def _apart(found: Hidden, pair: Pair, times: int) -> float:
    """By which part of it the hidden one takes longer than the absent one."""
    hidden, absent = medians(found.callers[pair.who], pair, times)
    return hidden / absent - 1
