"""Every kind of the logging duty is written down, and every entry is known to be of one."""

import re
from pathlib import Path

import pytest

from locality.people.tests.given import somebody
from locality.sharing import audit
from locality.sharing.acting import acting
from locality.sharing.entries import kinds
from locality.sharing.models import AuditEntry, Consultation
from locality.sharing.words import LogKind
from tests.world import LEAVING, World

SOURCE = Path(__file__).parents[1] / "src" / "locality"
DID = re.compile(r'(?:did=|did = |if undoes else |_note\([^)]*)"([a-z]+\.[a-z_]+\.[a-z_]+)"')
SIX = {LogKind.COLLECTION, LogKind.ALTERATION, LogKind.DISCLOSURE, LogKind.COMBINATION,
       LogKind.ERASURE, LogKind.CONFIGURATION}  # fmt: skip


def said_in_the_code() -> set[str]:
    files = (file for file in SOURCE.rglob("*.py") if "tests" not in file.parts)
    return {did for file in files for did in DID.findall(file.read_text(encoding="utf-8"))}


def test_every_entry_that_the_code_writes_is_of_a_known_kind():
    said = said_in_the_code()
    assert len(said) > 70
    assert not said - set(kinds())


def test_every_kind_that_entries_carry_is_there():
    assert set(kinds().values()) >= SIX


def test_an_entry_of_no_known_kind_is_not_written(world: World):
    with acting(world.lead):
        record = somebody(world.lead)
        with pytest.raises(KeyError, match="of which kind"):
            audit.record(by=world.lead, did="people.record.vanished", to=record)
        assert not AuditEntry.objects.filter(did="people.record.vanished").exists()


def looks_of(world: World, name: str, kind: str) -> list[Consultation]:
    by = world.actors[name]
    with acting(by):
        return list(Consultation.objects.filter(post=by.post, kind=kind).order_by("-at"))


@pytest.mark.parametrize("agency, refused", [("lead", False), ("stranger", True)])
def test_a_record_that_was_not_shown_is_written_down_as_refused(
    world: World, agency: str, refused: bool
):
    record = somebody(world.lead)
    before = len(looks_of(world, agency, "refusal"))
    answer = world.client(agency).get(f"/people/{record.person_id}/")
    assert (answer.status_code == 404) is refused
    after = looks_of(world, agency, "refusal")
    assert len(after) - before == int(refused)
    if refused:
        assert after[0].records == [record.person_id] and after[0].route == "people:person"


@pytest.mark.parametrize("path", ["/partners/looks/", "/partners/agreements/new/"])
def test_what_somebody_has_no_duty_for_is_written_down_as_refused(world: World, path: str):
    before = len(looks_of(world, "lead", "refusal"))
    assert world.client("lead").get(path).status_code == 409
    after = looks_of(world, "lead", "refusal")
    assert len(after) == before + 1 and after[0].records == []


def test_a_file_handed_out_is_written_down_as_an_export(world: World):
    client, before = world.client("lead"), len(looks_of(world, "lead", "export"))
    assert client.get("/cases/").status_code == 200
    assert len(looks_of(world, "lead", "export")) == before
    assert client.post("/cases/?format=csv", LEAVING)["Content-Disposition"].startswith(
        "attachment"
    )
    assert len(looks_of(world, "lead", "export")) == before + 1


def test_a_lead_lists_what_was_done_by_kind(world: World):
    somebody(world.lead)
    client = world.client("governor")
    assert "People: record added" in client.get("/partners/looks/changes/").content.decode()
    assert (
        "People: record added"
        in client.get("/partners/looks/changes/?kind=collection").content.decode()
    )
    other = client.get("/partners/looks/changes/?kind=combination").content.decode()
    assert "People: record added" not in other and "Take away this filter" in other
    assert world.client("lead").get("/partners/looks/changes/").status_code == 409
