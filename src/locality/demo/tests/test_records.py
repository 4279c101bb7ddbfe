"""What the agencies have recorded, and the truth about it."""

import re
from collections import Counter
from datetime import timedelta

import pytest

from locality.demo import catalogue, runs
from locality.demo.tests.areas import SAMPLES, TODAY, neighbourhood, plan, small
from locality.demo.words.area import Mess
from locality.sharing.words import Category, Marking

everywhere = pytest.mark.parametrize(("seed", "number"), SAMPLES)
DRAMA = re.compile(r"(07700 900\d{3}|01632 960\d{3})?")
EMAIL = re.compile(r"([a-z.]+\d\d@example\.org)?")

# Of all records, the least and the most that may be untidy in each way.
BOUNDS = {
    Mess.NICKNAME: (0.01, 0.04),
    Mess.SPELLING: (0.02, 0.06),
    Mess.TYPO_GIVEN: (0.008, 0.03),
    Mess.TYPO_FAMILY: (0.01, 0.035),
    Mess.UNACCENTED: (0.005, 0.03),
    Mess.INITIAL: (0.006, 0.025),
    Mess.SWAPPED: (0.004, 0.02),
    Mess.FORMER_NAME: (0.02, 0.06),
    Mess.BORN_MISSING: (0.03, 0.08),
    Mess.BORN_SWAPPED: (0.005, 0.02),
    Mess.BORN_WRONG: (0.004, 0.02),
    Mess.OLD_ADDRESS: (0.05, 0.11),
    Mess.POSTCODE_WRONG: (0.004, 0.02),
    Mess.POSTCODE_MISSING: (0.015, 0.045),
    Mess.CAPITALS: (0.015, 0.05),
    Mess.TWICE: (0.02, 0.07),
}


def with_truth(batch):
    residents = {resident.id: resident for resident in batch.residents}
    for record, truth in zip(batch.records, batch.truth, strict=True):
        assert record.id == truth.record
        yield record, residents[truth.resident], Mess(truth.mess)


@everywhere
def test_every_record_is_of_a_resident_in_their_household(seed, number):
    batch = neighbourhood(seed, number)
    homes = dict(zip(batch.residents.columns["id"], batch.residents.columns["household"],
                     strict=True))  # fmt: skip
    assert len(set(batch.records.columns["id"])) == len(batch.records)
    assert all(homes[truth.resident] == truth.household for truth in batch.truth)


@everywhere
def test_no_record_or_contact_is_from_before_a_birth_or_after_today(seed, number):
    batch = neighbourhood(seed, number)
    recorded = {}
    for record, resident, _ in with_truth(batch):
        assert resident.born <= record.recorded_on <= TODAY
        assert record.born is None or record.born <= record.recorded_on
        recorded[record.id] = record
    for contact in batch.contacts:
        record = recorded[contact.record]
        assert record.recorded_on <= contact.on < TODAY
        assert TODAY - contact.on <= timedelta(730)
        assert (contact.agency, contact.person) == (record.agency, record.person)


@everywhere
def test_a_tidy_record_says_the_truth(seed, number):
    told = {record for known in runs.cast_of(plan(seed)).values()
            for record in known.records.values()}  # fmt: skip
    for record, resident, mess in with_truth(neighbourhood(seed, number)):
        if mess or record.id in told:
            continue
        assert resident.given_names.startswith(record.given_names)
        assert record.family_name == resident.family_name
        assert record.born == resident.born


@everywhere
def test_what_is_called_untidy_is(seed, number):
    for record, resident, mess in with_truth(neighbourhood(seed, number)):
        if Mess.BORN_MISSING in mess:
            assert record.born is None
        if Mess.BORN_SWAPPED in mess and Mess.BORN_MISSING not in mess:
            assert (record.born.day, record.born.month) == (resident.born.month, resident.born.day)
        if Mess.POSTCODE_MISSING in mess:
            assert not record.postcode
        if mess & ~Mess.TWICE in (Mess.TYPO_FAMILY, Mess.FORMER_NAME):
            assert record.family_name != resident.family_name


def test_every_kind_of_mess_is_as_common_as_is_said():
    messes = [mess for batch in small() for mess in batch.truth.columns["mess"]]
    assert set(BOUNDS) == set(Mess)
    for mess, (least, most) in BOUNDS.items():
        assert least < sum(bool(found & mess) for found in messes) / len(messes) < most, mess.name


def test_no_telephone_or_email_could_be_somebodys():
    for batch in small():
        for number in (*batch.records.columns["phone"], *batch.residents.columns["phone"]):
            assert DRAMA.fullmatch(number)
        assert all(EMAIL.fullmatch(email) for email in batch.records.columns["email"])
    assert all(DRAMA.fullmatch(agency.phone) for agency in catalogue.agencies())


def test_six_agencies_hold_contacts_each_of_its_own_kinds():
    holders = {one.number: one for one in catalogue.agencies() if one.holds}
    assert len(holders) == 6
    met = Counter()
    for batch in small():
        for contact in batch.contacts:
            kinds = {kind.name: kind for kind in holders[contact.agency].holds.kinds}
            assert contact.summary in kinds[contact.kind].says
            assert Category(contact.category).name.lower() == kinds[contact.kind].category
            assert Marking(contact.marking) < Marking.SEALED
            met[contact.agency] += 1
    assert set(met) == set(holders)


def test_contacts_gather_in_few_households():
    batch = small()[0]
    home = dict(zip(batch.truth.columns["record"], batch.truth.columns["household"], strict=True))
    counts = sorted(Counter(home[r] for r in batch.contacts.columns["record"]).values())
    tenth = counts[-len(batch.households) // 10 :]
    assert sum(tenth) > 0.3 * sum(counts)


def test_half_the_residents_have_their_records_linked_and_never_wrongly():
    for batch in small():
        persons = {}
        for record, resident, _ in with_truth(batch):
            assert persons.setdefault(record.person, resident.id) == resident.id
        several = Counter(truth.resident for truth in batch.truth)
        linked = len(set(batch.records.columns["person"]))
        assert len(several) < linked < len(batch.records)
