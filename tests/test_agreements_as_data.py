"""Agreements as data: file, pages and export say the same, and none undoes another."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from locality.kit.errors import Refused
from locality.sharing.acting import acting
from locality.sharing.agreements import reads, services
from locality.sharing.models import Agreement
from locality.sharing.partners.reads import OWNER, agreement_entry, in_force, written_agreements
from locality.sharing.partners.services import ledger
from locality.sharing.partners.services.agreements import enter_agreements
from locality.sharing.partners.words import AgreementEntry, Partners, as_written
from locality.sharing.words import AgreementState, Step
from locality.web.area import file
from locality.web.area.words import Area
from tests.agreeing import CRIME, leads, state, take, terms
from tests.agreeing import in_force as agreed
from tests.world import World, as_owner, close_connections

NAMED = "By the file"


@pytest.fixture
def real(_world: World, django_db_blocker):
    """The world with every change committed; nothing that a test agreed stays in force."""
    with django_db_blocker.unblock():
        yield _world
        with as_owner():
            made = Agreement.objects.using("owner").filter(purpose=CRIME)
            made.update(state=AgreementState.ENDED, by_leads=False)
        close_connections()


def said() -> tuple[AgreementEntry, ...]:
    """What the file would say now."""
    return in_force(timezone.localdate()).agreements


def apply(*entries: AgreementEntry) -> list[str]:
    """Bring what a file says of agreements into force."""
    with ledger() as into:
        enter_agreements(into, entries)
    return into.says


def entered(world: World, **more: object) -> AgreementEntry:
    """An agreement that a file says is in force."""
    given = {"name": NAMED, "conditions": "Kept a year.", "document": "IG/7"} | more
    return replace(terms(world, **given), state=AgreementState.IN_FORCE,
                   signatories={str(world.agencies["police"]): "Chief Ann Larch"})  # fmt: skip


def test_what_a_file_says_is_written_again_word_for_word(real: World, tmp_path):
    apply(*said(), entered(real))
    assert entered(real) in said()
    area = Area(partners=Partners(agreements=said()), panels=())
    text = file.text(area)
    assert "Chief Ann Larch" in text and "IG/7" in text
    assert apply(*said()) == []


def test_the_export_says_what_the_file_says(real: World):
    apply(*said(), entered(real))
    council, police = leads(real)
    agreed(council, police, terms(real, name="By leads"))
    page = real.client_of(council).get("/partners/agreements/")
    exported = json.loads(page.content)["agreements"]
    alike = [{k: v for k, v in one.items() if k not in ("id", "replaces", "steps", "state")}
             for one in exported]  # fmt: skip
    written = json.loads(json.dumps([
        {k: v for k, v in as_written(one).items() if k != "state"} for one in said()
    ], default=str))  # fmt: skip
    assert alike == written
    assert {"By leads", NAMED} <= {one["name"] for one in exported}


def test_every_change_by_a_file_is_on_the_page_of_the_agreement(real: World):
    apply(*said(), entered(real))
    wider = replace(entered(real), covers={"incident": "sealed"}, conditions="")
    apply(*(wider if one.name == NAMED else one for one in said()))
    apply(*(one for one in said() if one.name != NAMED))
    with acting(real.governor):
        row = Agreement.objects.filter(name=NAMED).latest("starts")
        steps = [(one.step, one.by) for one in reads.agreement(row.pk).steps.all()]
    words = [step for step, _ in steps]
    assert words[0] == Step.ENTERED and words[-1] == Step.ENDED and Step.CHANGED in words
    assert {by for _, by in steps} == {None}


def test_a_file_written_before_undoes_nothing_that_leads_have_agreed(real: World):
    apply(*said(), entered(real))
    before = said()
    council, police = leads(real)
    with acting(council):
        entered_row = Agreement.objects.get(name=NAMED, state=AgreementState.IN_FORCE)
    take(police, entered_row.pk, Step.SUSPENDED)
    made = agreed(council, police, terms(real, name="By leads"))
    with pytest.raises(Refused) as told:
        apply(*before)
    assert "By leads" in str(told.value) and NAMED in str(told.value)
    assert state(council, made) == AgreementState.IN_FORCE
    assert state(council, entered_row.pk) == AgreementState.SUSPENDED
    assert apply(*said()) == []


def test_a_draft_on_the_pages_is_no_business_of_the_file(real: World):
    council, _ = leads(real)
    apply(*said(), entered(real))
    with acting(council):
        row = Agreement.objects.get(name=NAMED, state=AgreementState.IN_FORCE)
    draft = services.write(by=council, terms=terms(real, name=NAMED), replaces=row.pk).pk
    assert apply(*said()) == []
    assert state(council, draft) == AgreementState.DRAFT
    assert [one.name for one in said()].count(NAMED) == 1


def test_a_signatory_of_no_party_is_a_fault_of_the_file(real: World, tmp_path):
    wrong = replace(entered(real), signatories={"77": "Nobody"})
    text = file.text(Area(partners=Partners(agreements=(wrong,)), panels=()))
    (tmp_path / "area.toml").write_text(text, encoding="utf-8")
    with pytest.raises(Exception, match="signatories"):
        file.read(tmp_path / "area.toml")


def test_what_lasts_longer_is_written_until_its_last_day(real: World):
    council, police = leads(real)
    agreed(council, police, terms(real, name="By leads"))
    later = terms(real).until + timedelta(days=1)
    names = {one.name for one in written_agreements(OWNER, later)}
    assert "By leads" not in names
    rows = written_agreements(OWNER, terms(real).until)
    assert "By leads" in {agreement_entry(one).name for one in rows}
