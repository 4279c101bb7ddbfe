"""No page takes a file that it did not ask for; one that asks gets it judged and in memory."""

import tempfile
from pathlib import Path
from types import SimpleNamespace

import pytest
from django import forms
from django.core.exceptions import BadRequest, RequestDataTooBig
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, RequestFactory

from locality.kit.uploads import LARGEST, Kind
from locality.ui.uploads import HandedOver
from tests.hostile.workbooks import packed, sound
from tests.world import World

TABLE = b"a,b\n1,2\n"


class Asking(forms.Form):
    """A form that takes a file."""

    offences = HandedOver(label="Offences", takes=frozenset(Kind))


def file(content: bytes, name: str = "a.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def sent(content: bytes, *, takes_files: bool) -> object:
    """A request that brings a file to a page that asks for one, or to one that does not."""
    request = RequestFactory().post("/x/", {"offences": file(content)})
    request.resolver_match = SimpleNamespace(func=SimpleNamespace(takes_files=takes_files))
    return request


@pytest.fixture
def apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings) -> Path:
    """The folder in which anything temporary would be written."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
    return tmp_path


@pytest.mark.parametrize("size, status", [(10, 400), (3 << 20, 400), (12 << 20, 413)])
def test_nobody_who_is_signed_out_leaves_a_file(db, apart: Path, settings, size: int, status: int):
    client = Client(enforce_csrf_checks=True)
    client.get("/account/login/")
    fields = {
        "csrfmiddlewaretoken": client.cookies[settings.CSRF_COOKIE_NAME].value,
        "login": "a@example.org",
    }
    answer = client.post("/account/login/", fields | {"f": file(b"x" * size)})
    assert answer.status_code == status
    assert not list(apart.iterdir())


@pytest.mark.parametrize("path", ["/people/", "/concerns/raise/"])
def test_a_file_that_no_page_asked_for_is_refused(world: World, apart: Path, path: str):
    client = world.client("lead")
    assert client.post(path, {"family_name": "Larkfield", "f": file(TABLE)}).status_code == 400
    assert client.post(path, {"f": file(b"x" * (3 << 20))}).status_code == 413
    assert not list(apart.iterdir())


def test_a_page_that_asks_for_a_file_gets_it():
    request = sent(TABLE, takes_files=True)
    form = Asking(request.POST, request.FILES)
    assert form.is_valid() and form.cleaned_data["offences"] == TABLE
    with pytest.raises(BadRequest):
        sent(TABLE, takes_files=False).FILES  # noqa: B018


def test_a_file_that_is_too_big_is_not_even_read():
    with pytest.raises(RequestDataTooBig):
        sent(b"x" * (LARGEST + (2 << 20)), takes_files=True).FILES  # noqa: B018


@pytest.mark.parametrize("name, content, says", [
    ("a.csv", b"a\n=1+1\n", "begins like a formula (line 2)"),
    ("a.csv", b"MZ\0", "not text in columns"), (".csv", TABLE, "name cannot be used"),
    ("a.xlsx", packed(sound("@SUM(1)")), "begins like a formula"),
])  # fmt: skip
def test_what_is_wrong_with_a_file_is_said_beside_it(name: str, content: bytes, says: str):
    form = Asking({}, {"offences": file(content, name)})
    assert says in form.errors["offences"][0]
