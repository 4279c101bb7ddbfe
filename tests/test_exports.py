"""Files that leave: a right for each format, a reason, few rows, a lock, an entry in the trail."""

import pyrage
import pytest
from django.http import HttpRequest, HttpResponse
from django.urls import path

from locality.cases.tests.given import a_case
from locality.kit.errors import Refused
from locality.sharing import reads as sharing
from locality.sharing.acting import acting
from locality.sharing.exports import services
from locality.sharing.exports.services import RIGHTS, Leaving, hand_out
from locality.sharing.models import AuditEntry
from locality.sharing.words import FileFormat
from tests.world import LEAVING, World

PHRASE = "four calm horses by the gate"
CSV = "/cases/?format=csv"


@pytest.fixture(autouse=True)
def addresses(settings):
    settings.ROOT_URLCONF = "locality.web.urls"


def entries(world: World, name: str) -> list[str]:
    """Why files left, as the trail has it."""
    by = world.actors[name]
    with acting(by):
        found = AuditEntry.objects.filter(did="sharing.export.handed_out", post=by.post)
        return list(found.order_by("at").values_list("why", flat=True))


def test_nothing_leaves_before_somebody_has_said_why_and_for_whom(world: World):
    case, client = a_case(world.lead), world.client("lead")
    asked = client.get(CSV)
    assert asked.status_code == 200 and "Content-Disposition" not in asked
    assert case.reference not in asked.content.decode()
    silent = client.post(CSV, {"lock": "no"})
    assert silent.status_code == 422 and "Content-Disposition" not in silent
    assert entries(world, "lead") == []
    assert case.reference in client.post(CSV, LEAVING).content.decode()
    (why,) = entries(world, "lead")
    assert why.startswith("csv, ") and "not locked. Myself: For the meeting." in why


@pytest.mark.parametrize(("name", "path"), [("lead", "/cases/"), ("screener", "/queue/")])
def test_a_list_itself_takes_no_form(world: World, name: str, path: str):
    assert world.client(name).post(path, LEAVING).status_code == 405


def test_what_is_locked_opens_with_its_passphrase_alone(world: World):
    case = a_case(world.lead)
    taken = world.client("lead").post(CSV, LEAVING | {"lock": "yes", "passphrase": PHRASE})
    assert taken["Content-Disposition"] == 'attachment; filename="cases.csv.age"'
    assert case.reference.encode() not in taken.content
    assert case.reference in pyrage.passphrase.decrypt(taken.content, PHRASE).decode()
    with pytest.raises(pyrage.DecryptError):
        pyrage.passphrase.decrypt(taken.content, f"{PHRASE}s")
    assert PHRASE not in "".join(entries(world, "lead"))


@pytest.mark.parametrize("phrase", ["", "short", "x" * 15])
def test_a_lock_without_a_good_passphrase_is_none(world: World, phrase: str):
    sent = LEAVING | {"lock": "yes", "passphrase": phrase}
    assert world.client("lead").post(CSV, sent).status_code == 422


@pytest.mark.parametrize("name", ["teacher", "nurse", "governor"])
def test_whoever_may_not_take_tables_out_is_told_so_and_shown_no_link(world: World, name: str):
    client = world.client(name)
    assert client.get(CSV).status_code == client.post(CSV, LEAVING).status_code == 409
    assert "format=csv" not in client.get("/cases/").content.decode()


@pytest.mark.parametrize("name", ["lead", "coordinator", "governor", "teacher"])
@pytest.mark.parametrize("file_format", FileFormat)
def test_a_right_is_for_one_format(world: World, name: str, file_format: FileFormat):
    by = world.actors[name]
    with acting(by):
        duties = sharing.post(by.post).role.duties
    file = {"file_format": file_format, "content": b"x", "rows": 1}
    if RIGHTS[file_format] in duties:
        assert hand_out(by=by, leaving=Leaving("To read.", "Myself"), **file) == b"x"
        return
    with pytest.raises(Refused) as refused:
        hand_out(by=by, leaving=Leaving("To read.", "Myself"), **file)
    assert refused.value.code == "sharing.not_your_duty"


def test_a_table_that_is_too_long_is_refused_whole(world: World, monkeypatch):
    a_case(world.lead)
    a_case(world.lead)
    monkeypatch.setattr(services, "most_rows", lambda: 1)
    refused = world.client("lead").post(CSV, LEAVING)
    assert refused.status_code == 409 and "Narrow the list" in refused.content.decode()
    assert entries(world, "lead") == []


def leak(request: HttpRequest) -> HttpResponse:
    """A page of somebody who forgot."""
    return HttpResponse(b"x", headers={"Content-Disposition": 'attachment; filename="x.csv"'})


urlpatterns = [path("leak/", leak)]


def test_a_page_that_hands_out_a_file_by_itself_fails(world: World, settings):
    settings.ROOT_URLCONF = "tests.test_exports"
    with pytest.raises(RuntimeError, match="leaves by"):
        world.client("lead").get("/leak/")
