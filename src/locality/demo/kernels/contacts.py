"""Two years of contacts between the agencies that hold them and the people they have on record."""

from collections.abc import Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

from locality.demo.kernels.chance import ids, stream, texts
from locality.demo.kernels.people import Neighbours
from locality.demo.kernels.records import Records
from locality.demo.words.area import DAYS, Contact, DemoAgency, Holds
from locality.demo.words.table import Table
from locality.sharing.words import Category

OLDEST = 110  # years
SHAPE = 0.7  # of the gamma by which households differ: a few have most of the contacts


def contacts(
    holders: Sequence[DemoAgency], there: Neighbours, made: Records, *, seed: int, batch: int,
    today: date,
) -> Table[Contact]:  # fmt: skip
    """Make the contacts of one neighbourhood, by record and then by day.

    None is before the record was made or the person was born; none is today.
    """
    rng = stream(seed, batch, "contacts")
    held = made.held
    hard = hardship(len(there.households), seed=seed, batch=batch)
    usual = np.array([one.holds.contacts for one in holders if one.holds])[held.agency]
    row = np.repeat(np.arange(len(held)), rng.poisson(usual * hard[there.home[held.resident]]))
    ago = 1 + np.floor(rng.random(len(row)) * _span(held.recorded[row], today)).astype(np.int64)
    age = (there.age_days[held.resident[row]] - ago) / 365.25
    kind, says = _kinds(rng, holders, held.agency[row], age)
    keep = np.flatnonzero(kind >= 0)
    keep = keep[np.lexsort((-ago[keep], row[keep]))]
    return _table(rng, holders, made, row[keep], (ago[keep], kind[keep], says[keep]), today)


def hardship(households: int, *, seed: int, batch: int) -> NDArray[np.float64]:
    """Say how much each household has to do with agencies; the mean is 1."""
    return stream(seed, batch, "hardship").gamma(SHAPE, 1.0 / SHAPE, households)


def _span(recorded: NDArray[np.datetime64], today: date) -> NDArray[np.int64]:
    """Count the days on which a contact may fall, back from yesterday."""
    return np.clip((np.datetime64(today) - recorded).astype(np.int64), 1, DAYS)


def _kinds(
    rng: np.random.Generator, holders: Sequence[DemoAgency], agency: NDArray[np.int64],
    age: NDArray[np.float64],
) -> tuple[NDArray[np.int64], NDArray[np.object_]]:  # fmt: skip
    """Choose each contact's kind (its position among all; -1: none fits) and its text."""
    kind, says, first = np.full(len(age), -1), texts([""] * len(age)), 0
    for at, one in enumerate(holders):
        holds = one.holds
        if holds is None:
            continue
        rows = np.flatnonzero(agency == at)
        steps = _steps(holds)[np.clip(age[rows], 0, OLDEST - 1).astype(np.int64)]
        drawn = (rng.random(len(rows))[:, None] * steps[:, -1:] >= steps).sum(axis=1)
        drawn = np.where(steps[:, -1] > 0, drawn, -1)
        for number, found in enumerate(holds.kinds):
            here = rows[drawn == number]
            which = np.floor(rng.random(len(here)) * len(found.says)).astype(np.int64)
            kind[here], says[here] = first + number, texts(found.says)[which]
        first += len(holds.kinds)
    return kind, says


def _steps(holds: Holds) -> NDArray[np.float64]:
    """Add up the weights of the kinds that happen at each age in years."""
    ages = np.arange(OLDEST)[:, None]
    low, high = np.array([kind.ages for kind in holds.kinds]).T
    weights = np.array([kind.weight for kind in holds.kinds], dtype=np.float64)
    return np.cumsum(np.where((low <= ages) & (ages <= high), weights, 0.0), axis=1)


def _table(
    rng: np.random.Generator, holders: Sequence[DemoAgency], made: Records,
    row: NDArray[np.int64],
    drawn: tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.object_]], today: date,
) -> Table[Contact]:  # fmt: skip
    ago, kind, says = drawn
    record = made.table.columns
    kinds = [(one.holds, found) for one in holders if one.holds for found in one.holds.kinds]
    category = np.array([int(Category[found.category.upper()]) for _, found in kinds])
    return Table(
        Contact,
        {
            "id": ids(rng, len(row)),
            "record": texts(record["id"])[row],
            "person": texts(record["person"])[row],
            "agency": np.asarray(record["agency"])[row].tolist(),
            "on": (np.datetime64(today) - ago).astype(object),
            "kind": texts([found.name for _, found in kinds])[kind],
            "category": category[kind].tolist(),
            "marking": np.array([holds.marking for holds, _ in kinds])[kind].tolist(),
            "summary": says,
        },
    )
