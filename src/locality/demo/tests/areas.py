"""Neighbourhoods made once for all tests of the demonstration."""

from datetime import date
from functools import cache

from locality.demo import runs
from locality.demo.words.area import Size

TODAY = date(2026, 3, 20)
SAMPLES = ((1, 0), (1, 3), (2026, 0), (77, 111))  # seed, number of the neighbourhood


def plan(seed=1, size=Size.TINY, today=TODAY):
    return runs.Plan(size=size, seed=seed, today=today)


@cache
def neighbourhood(seed, number):
    return runs.batch(plan(seed), number)


@cache
def small():
    return tuple(runs.batches(plan(size=Size.SMALL)))
