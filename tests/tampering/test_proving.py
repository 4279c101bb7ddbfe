"""A row is proved to an outsider with nothing of ours, also once its detail is erased."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.conf import settings
from django.db import connections

from locality.kit.errors import NotHere, Refused
from locality.sharing.models import AuditEntry, Consultation
from locality.sharing.sealing import auditing, evidence, keys
from locality.sharing.sealing.commands import audit
from locality.sharing.sealing.erasing import erase_detail
from locality.sharing.sealing.proving import prove
from tests.ending import an_old_case, ending
from tests.tampering import trail as trails

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def trail(_world, administrator, django_db_blocker, tmp_path_factory):
    with django_db_blocker.unblock():
        made = trails.make(_world, administrator, tmp_path_factory.mktemp("auditor") / "state.json")
        trails.seal_all()
        yield made


@pytest.fixture(autouse=True)
def unblocked(django_db_blocker, trail):
    with django_db_blocker.unblock():
        yield
        connections["owner"].close()


def outsider_says(proof: dict[str, object], folder: Path) -> subprocess.CompletedProcess:
    """What the outsider's own program says, with the note that a witness holds."""
    log = evidence.log_id()
    notes = (settings.WITNESSES["police"] / str(log)).glob("*.note")
    note = next(one for one in notes if one.read_text() == proof["checkpoint"])
    (folder / "proof.json").write_text(json.dumps(proof))
    command = [sys.executable, str(ROOT / "docs" / "check_proof.py"), "proof.json", str(note)]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def an_entry() -> AuditEntry:
    found = AuditEntry.objects.using("owner").filter(why="reason 1", salt__isnull=False)
    return found.order_by("at")[0]


@pytest.mark.parametrize("with_detail", [False, True])
def test_an_outsider_checks_a_row_with_nothing_of_ours(tmp_path: Path, with_detail: bool):
    proof = prove(an_entry().pk, with_detail=with_detail)
    assert ("detail" in proof) is with_detail
    assert "is in the log" in outsider_says(proof, tmp_path).stdout


@pytest.mark.parametrize("field", ["said", "stamp", "detail", "salt", "mac", "position", "path"])
def test_an_outsider_notices_whatever_is_changed_in_a_proof(tmp_path: Path, field: str):
    proof = prove(an_entry().pk, with_detail=True)
    changed = {"position": proof["position"] ^ 1, "path": proof["path"][::-1] + ["00" * 32],
               "salt": "00" * 16, "mac": "00" * 32}  # fmt: skip
    proof[field] = changed.get(field, f"{proof[field]}0")
    assert outsider_says(proof, tmp_path).returncode != 0


def test_an_erased_detail_is_gone_and_the_row_stays_proved(trail, tmp_path: Path):
    row = an_entry()
    erase_detail(row.pk, why="Its time is over.")
    assert AuditEntry.objects.using("owner").get(pk=row.pk).why == ""
    assert "is in the log" in outsider_says(prove(row.pk), tmp_path).stdout
    assert not trail.audit().found
    with pytest.raises(Refused, match="erased already"):
        erase_detail(row.pk, why="Again.")


def test_a_case_that_went_leaves_the_trail_whole_and_proved(trail, _world, tmp_path: Path):
    with ending(_world) as night:
        night.schedule("cases.case")
        old = an_old_case(_world)
        trails.seal_all()
        opened = AuditEntry.objects.using("owner").filter(record=old.pk).exclude(why="")[0]
        night.queued(old.pk)
        night.agree(old.pk)
        assert night.gone(old.pk)
        assert AuditEntry.objects.using("owner").get(pk=opened.pk).why == ""
        assert "is in the log" in outsider_says(prove(opened.pk), tmp_path).stdout
        trails.seal_all()
        assert not trail.audit().found


def test_the_words_of_a_search_can_be_erased_too(trail):
    look = Consultation.objects.using("owner").filter(salt__isnull=False)[0]
    erase_detail(look.pk, why="Its time is over.")
    assert not trail.audit().found


def test_what_is_not_there_cannot_be_erased_or_proved():
    for ask in (lambda row: erase_detail(row, why="x"), prove):
        with pytest.raises(NotHere):
            ask(evidence.log_id())


def test_the_commands_say_that_all_is_well_and_remember_it(tmp_path: Path):
    state = tmp_path / "state.json"
    said = CliRunner().invoke(audit, ["verify", "--state", str(state)])
    assert "nothing is wrong" in said.output, said.output
    assert state.exists()
    assert "nothing is wrong" in CliRunner().invoke(audit, ["fsck"]).output


def test_a_command_that_finds_a_change_refuses(trail):
    with trails.every_power(trail) as sql:
        sql.execute("UPDATE sharing_auditentry SET did = 'x' WHERE id = %s", [an_entry().pk])
        found = auditing.fsck().found
        refused = CliRunner().invoke(audit, ["fsck"]).exception
    assert {one.code for one in found} >= {"changed"}
    assert isinstance(refused, Refused) and "was changed after it was written" in str(refused)


@pytest.mark.parametrize("left", ["", '{"turn": 3, "ma', "[]", '{"turn": 3}'])
def test_what_a_power_failure_left_of_a_writers_file_is_remarked_on(trail, left: str):
    file = keys.folder_of(evidence.log_id()) / "writers" / "halfway.json"
    file.write_text(left)
    try:
        report = trail.audit()
    finally:
        file.unlink()
    assert not report.found
    assert any("How far writer halfway had come" in one for one in report.remarks)
