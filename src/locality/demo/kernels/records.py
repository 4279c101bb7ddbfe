"""The records each agency holds of a neighbourhood's residents, as they were typed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from locality.demo.kernels import mess
from locality.demo.kernels.chance import happens, ids, stream, texts
from locality.demo.kernels.names import pet_names, spellings
from locality.demo.kernels.people import Neighbours, phones
from locality.demo.words.area import AgencyRecord, Community, DemoAgency, Mess, Truth
from locality.demo.words.table import Table

BANDS = (11, 18, 65)  # years: under 11, 11 to 17, 18 to 64, 65 and over
LINKED = 0.55  # of residents whose records somebody has already found to be one person's
MEMORY = 900.0  # mean days since a record was made


@dataclass(frozen=True, slots=True)
class Held:
    """Which resident each record is of (by position), whose it is, when made, and if the second."""

    resident: NDArray[np.int64]
    agency: NDArray[np.int64]  # position among those that hold contacts
    recorded: NDArray[np.datetime64]
    twice: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.resident)


@dataclass(frozen=True, slots=True)
class Records:
    """The records, the truth about them, and what contacts need to know of each."""

    table: Table[AgencyRecord]
    truth: Table[Truth]
    held: Held


def records(
    book: Sequence[Community], holders: Sequence[DemoAgency], there: Neighbours, *, seed: int,
    batch: int, today: date,
) -> Records:  # fmt: skip
    """Make every agency's records of one neighbourhood, and the truth about them."""
    held = _held(stream(seed, batch, "records"), holders, there, batch, today)
    care = np.array([one.holds.carelessness for one in holders if one.holds])[held.agency]
    rng, done = stream(seed, batch, "mess"), np.where(held.twice, Mess.TWICE, 0)
    names, messed = _names(rng, book, there, held, care)
    done |= messed
    born, messed = _births(rng, holders, there, held, care)
    done |= messed
    reach, messed = _reach(rng, there, held, care)
    done |= messed
    found, person = _identities(stream(seed, batch, "record ids"), there, held)
    columns = {"id": found, "person": person} | {
        "agency": np.array([one.number for one in holders])[held.agency].tolist()
    }
    columns |= names | born | reach | {"recorded_on": held.recorded.astype(object)}
    return Records(
        Table(AgencyRecord, {name: columns[name] for name in AgencyRecord.__slots__}),
        _truth(there, held, found, done),
        held,
    )


def _held(
    rng: np.random.Generator, holders: Sequence[DemoAgency], there: Neighbours, batch: int,
    today: date,
) -> Held:  # fmt: skip
    age = there.age_days
    band = np.searchsorted(np.array(BANDS) * 365.25, age, side="right")
    who, whose, again = [], [], []
    for at, agency in enumerate(holders):
        holds = agency.holds
        near = holds is not None and (holds.catchment is None or batch < holds.catchment)
        known = happens(rng, np.array(holds.share)[band] if holds and near else 0.0, len(age))
        second = known & happens(rng, holds.twice if holds else 0.0, len(age))
        rows = np.concatenate([np.flatnonzero(known), np.flatnonzero(second)])
        who.append(rows)
        whose.append(np.full(len(rows), at))
        again.append(np.arange(len(rows)) >= int(known.sum()))
    resident = np.concatenate(who)
    ago = 1 + np.floor(rng.exponential(MEMORY, len(resident))).astype(np.int64)
    ago = np.clip(np.minimum(ago, age[resident]), 1, 365 * 12)
    recorded = np.datetime64(today) - np.minimum(ago, np.maximum(age[resident], 0))
    return Held(resident, np.concatenate(whose), recorded, np.concatenate(again))


def _names(
    rng: np.random.Generator, book: Sequence[Community], there: Neighbours, held: Held,
    care: NDArray[np.float64],
) -> tuple[dict[str, NDArray[np.object_]], NDArray[np.int64]]:  # fmt: skip
    n, resident = len(held), there.residents.columns
    full, former = texts(resident["given_names"]), texts(resident["former_family_name"])
    given = np.where(happens(rng, 0.5, n), there.first[held.resident], full[held.resident])
    before = happens(rng, 0.3, n) & (former != "")[held.resident]
    family = texts(resident["family_name"])[held.resident]
    family = np.where(before, former[held.resident], family)
    done = np.where(before, int(Mess.FORMER_NAME), 0)
    spelt = mess.one_of(spellings(book))
    first = {one.name: one.family_first for one in book}
    turned = np.array([0.25 if first[c] else 0.006 for c in resident["community"]])[held.resident]
    steps = (
        (given, mess.one_of(pet_names(book)), 0.07, Mess.NICKNAME),
        (given, spelt, 0.10, Mess.SPELLING),
        (family, spelt, 0.08, Mess.SPELLING),
        (given, mess.typo, 0.018 * care, Mess.TYPO_GIVEN),
        (family, mess.typo, 0.022 * care, Mess.TYPO_FAMILY),
        (given, mess.unaccented, 0.8, Mess.UNACCENTED),
        (family, mess.unaccented, 0.8, Mess.UNACCENTED),
        (given, mess.initial, 0.012 * care, Mess.INITIAL),
        (family, mess.capitals, 0.03 * care, Mess.CAPITALS),
    )
    for column, change, share, flag in steps:
        done |= np.where(mess.apply(column, change, rng=rng, share=share), int(flag), 0)
    swap = happens(rng, turned, n) & (given != family)
    given, family = np.where(swap, family, given), np.where(swap, given, family)
    done |= np.where(swap, int(Mess.SWAPPED), 0)
    known = texts(resident["known_as"])[held.resident]
    known[~happens(rng, 0.35, n)] = ""
    sex = texts(resident["sex"])[held.resident]
    sex[happens(rng, 0.03 * care, n)] = "not known"
    return {"given_names": given, "family_name": family, "known_as": known, "sex": sex}, done


def _births(
    rng: np.random.Generator, holders: Sequence[DemoAgency], there: Neighbours, held: Held,
    care: NDArray[np.float64],
) -> tuple[dict[str, NDArray[np.object_]], NDArray[np.int64]]:  # fmt: skip
    n = len(held)
    truly = np.array(there.residents.columns["born"], dtype="M8[D]")[held.resident]
    born = np.where(
        happens(rng, 0.03 * care, n), mess.day_and_month_swapped(truly, held.recorded), truly
    )
    done = np.where(born != truly, int(Mess.BORN_SWAPPED), 0)
    guessed = happens(rng, 0.01 * care, n)
    born = np.where(guessed, mess.first_of_january(truly), born)
    done = np.where(guessed, np.where(born != truly, int(Mess.BORN_WRONG), 0), done)
    share = np.array([one.holds.born_missing for one in holders if one.holds])[held.agency]
    missing = happens(rng, share, n)
    done = np.where(missing, int(Mess.BORN_MISSING), done)
    typed = born.astype(object)
    typed[missing] = None
    return {"born": typed}, done


def _reach(
    rng: np.random.Generator, there: Neighbours, held: Held, care: NDArray[np.float64]
) -> tuple[dict[str, NDArray[np.object_]], NDArray[np.int64]]:
    n, home, lives = len(held), there.home[held.resident], there.households.columns
    moved = np.array([day or date.min for day in lives["moved_on"]], dtype="M8[D]")[home]
    old = (moved > held.recorded) & happens(rng, 0.65, n)
    address = np.where(old, texts(lives["former_address"])[home], texts(lives["address"])[home])
    postcode = np.where(old, texts(lives["former_postcode"])[home], texts(lives["postcode"])[home])
    done = np.where(old, int(Mess.OLD_ADDRESS), 0)
    wrong = mess.apply(postcode, mess.wrong_postcode, rng=rng, share=0.01 * care)
    missing = happens(rng, 0.03 * care, n)
    postcode[missing] = ""
    wrong &= ~missing
    done |= np.where(wrong, int(Mess.POSTCODE_WRONG), 0)
    done |= np.where(missing, int(Mess.POSTCODE_MISSING), 0)
    phone = texts(there.residents.columns["phone"])[held.resident]
    phone = np.where(happens(rng, 0.15, n), phones(rng, phone != ""), phone)
    phone[happens(rng, 0.3, n)] = ""
    email = texts(there.residents.columns["email"])[held.resident]
    email[happens(rng, 0.5, n)] = ""
    return {"address": address, "postcode": postcode, "phone": phone, "email": email}, done


def _identities(
    rng: np.random.Generator, there: Neighbours, held: Held
) -> tuple[NDArray[np.object_], NDArray[np.object_]]:
    """Give record ids, and persons: one for all records of a resident already linked."""
    residents = len(there.residents)
    linked = happens(rng, LINKED, residents)[held.resident]
    together = ids(rng, residents)[held.resident]
    return ids(rng, len(held)), np.where(linked, together, ids(rng, len(held)))


def _truth(
    there: Neighbours, held: Held, found: NDArray[np.object_], done: NDArray[np.int64]
) -> Table[Truth]:
    resident = there.residents.columns
    return Table(
        Truth,
        {
            "record": found,
            "resident": texts(resident["id"])[held.resident],
            "household": texts(resident["household"])[held.resident],
            "mess": done.tolist(),
        },
    )
