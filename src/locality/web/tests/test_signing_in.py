"""Signing in, choosing a purpose, and leaving."""

from dataclasses import replace

import pytest
from django.test import Client, override_settings

from locality.kit.errors import Refused
from locality.sharing.acting import acting
from locality.sharing.models import AuditEntry, Post, User
from locality.web.middleware import KEY
from locality.web.tests.signing import choose, enter, later, somebody, written
from tests.world import World, as_owner, today


@pytest.fixture
def person(world: World) -> User:
    return somebody(world)


@pytest.fixture
def inside(person: User) -> Client:
    """A browser of somebody who signed in and chose a purpose, in the demo."""
    client = Client()
    with override_settings(DEMO=True):
        enter(client, person)
        choose(client)
        yield client


def test_nobody_is_sent_to_sign_in_and_back_again(world: World):
    gone = Client().get("/")
    assert (gone.status_code, gone.url) == (302, "/account/login/?next=%2F")


def test_a_password_alone_leads_to_setting_up_a_second_factor(person: User):
    client = Client()
    assert enter(client, person).url == "/act/"
    assert client.get("/act/").url == "/account/passkeys/add/"
    assert client.get("/").url.startswith("/act/")


def test_where_there_is_one_purpose_signing_in_begins_it(person: User):
    with as_owner():
        Post.objects.using("owner").filter(user=person).update(purposes=[1])
    client = Client()
    with override_settings(DEMO=True):
        assert enter(client, person).url == "/"
        assert "Wren Attwell" in client.get("/").content.decode()
        del client.cookies[KEY]
        assert client.get("/").url.startswith("/act/")
        assert "checked" in client.get("/act/").content.decode()
        assert KEY not in client.cookies


def test_one_purpose_is_not_begun_by_a_password_alone(person: User):
    with as_owner():
        Post.objects.using("owner").filter(user=person).update(purposes=[1])
    client = Client()
    assert enter(client, person).url == "/act/"
    assert KEY not in client.cookies


def test_passwords_are_kept_as_argon2(person: User):
    assert person.password.startswith("argon2$argon2id$")


def test_after_choosing_a_purpose_home_says_who_is_acting(inside: Client):
    assert "Wren Attwell" in inside.get("/").content.decode()


def test_the_key_of_one_who_signed_out_opens_nothing(inside: Client, person: User, world: World):
    key = inside.cookies[KEY].value
    inside.post("/account/logout/")
    with pytest.raises(Refused), acting(replace(world.teacher, key=key)):
        pass
    assert inside.get("/").url.startswith("/account/login/")
    assert written(person) == [("signed in", "password"), ("signed out", "")]


def test_a_wrong_password_is_written_down_without_what_was_typed(person: User, caplog):
    done = enter(Client(), person, "correct horse battery")
    assert done.status_code in (200, 422)
    assert written(person) == [("refused", "password")]
    assert "correct horse battery" not in caplog.text
    assert "correct horse battery" not in done.content.decode()


def test_an_address_nobody_has_is_refused_in_the_same_words(person: User):
    wrong = enter(Client(), person, "wrong")
    unknown = Client().post("/account/login/", {"login": "x@example.org", "password": "wrong"})
    said = [str(one.context["form"].errors) for one in (wrong, unknown)]
    assert said[0].replace(person.email, "") == said[1].replace("x@example.org", "")


def test_the_demo_sign_in_does_not_exist_outside_the_demo(person: User):
    assert Client().post(f"/demo/sign-in/{person.pk}/").status_code == 404


def test_the_story_s_people_are_offered_in_the_demo_only(world: World):
    with override_settings(DEMO=True):
        assert "Choose somebody" in Client().get("/account/login/").content.decode()
    assert "Choose somebody" not in Client().get("/account/login/").content.decode()


def test_an_address_elsewhere_is_never_gone_on_to(person: User):
    with override_settings(DEMO=True):
        client = Client()
        enter(client, person)
        assert choose(client, next="https://evil.example/").url == "/"


def test_whoever_stays_away_too_long_signs_in_again(inside: Client, person: User, monkeypatch):
    later(monkeypatch, minutes=16)
    assert inside.get("/act/").url == "/account/login/"
    assert inside.get("/").url.startswith("/account/login/")
    assert written(person)[-1] == ("signed out", "idle")


def test_whoever_was_signed_out_is_told_why(inside: Client, monkeypatch):
    later(monkeypatch, minutes=16)
    assert inside.get("/").url.startswith("/account/login/")
    assert "nothing was done here for 15 minutes" in inside.get("/account/login/").content.decode()
    assert "nothing was done here" not in inside.get("/account/login/").content.decode()


def test_what_was_written_when_the_session_ended_is_given_back_once(inside: Client, monkeypatch):
    later(monkeypatch, minutes=16)
    typed = {
        "what": "A long <b>sentence</b> that nobody types twice.", "new_password": "x " * 30,
        "passphrase": "three herons by the old weir",
    }  # fmt: skip
    answer = inside.post("/concerns/", typed)
    said = answer.content.decode()
    assert answer.status_code == 403
    assert "A long &lt;b&gt;sentence&lt;/b&gt; that nobody types twice." in said
    assert "x x x" not in said and "herons" not in said
    assert "/account/login/?next=%2Fconcerns%2F" in said
    assert inside.post("/concerns/", typed).status_code == 302


def test_an_old_sign_in_page_still_signs_in(inside: Client, person: User, monkeypatch):
    later(monkeypatch, minutes=16)
    assert enter(inside, person).status_code == 302


def test_whoever_keeps_working_stays_signed_in_for_eight_hours_and_no_longer(
    inside: Client, person: User, monkeypatch
):
    for _ in range(34):
        later(monkeypatch, minutes=14)
        assert inside.get("/shortcuts").status_code == 200
    later(monkeypatch, minutes=5)
    assert inside.get("/").url.startswith("/account/login/")
    assert written(person)[-1] == ("signed out", "over")


def test_the_database_refuses_a_key_that_is_too_old_whatever_the_cookie_says(
    inside: Client, person: User, administrator: str
):
    import psycopg

    with psycopg.connect(administrator) as all_powerful:
        all_powerful.execute(
            "UPDATE locality_private.session SET expires = now() WHERE user_id = %s", [person.pk]
        )
    assert inside.get("/").url.startswith("/account/login/")
    assert inside.get("/act/").url == "/account/login/"


def test_changing_the_purpose_ends_the_old_key_and_is_written_down(inside: Client, world: World):
    old, session = inside.cookies[KEY].value, inside.session.session_key
    assert "Your purpose is now <strong>Early help" in inside.get("/act/").content.decode()
    assert choose(inside, 1).url == "/"
    with pytest.raises(Refused), acting(replace(world.teacher, key=old)):
        pass
    assert inside.cookies[KEY].value != old
    assert inside.session.session_key != session
    assert "safeguarding children" in inside.get("/").content.decode()


def test_every_purpose_chosen_is_in_the_audit_trail(inside: Client, person: User, world: World):
    choose(inside, 1)
    by = inside.get("/").wsgi_request.actor
    with acting(by):
        said = AuditEntry.objects.filter(did="sharing.purpose.chosen", post=by.post)
        assert sorted(said.values_list("why", flat=True)) == ["early help", "safeguarding children"]


def test_a_changed_purpose_does_not_make_the_day_longer(inside: Client, monkeypatch):
    for _ in range(32):
        later(monkeypatch, minutes=14.5)
        assert inside.get("/shortcuts").status_code == 200
    choose(inside, 1)
    assert int(inside.cookies[KEY]["max-age"]) < 30 * 60


def test_the_bar_leads_to_the_purpose_from_every_page(inside: Client):
    for address in ("/", "/act/", "/account/2fa/", "/shortcuts"):
        shown = inside.get(address).content.decode()
        assert 'href="/act/"' in shown, address
        assert "Wren Attwell" in shown, address


def test_somebody_whose_post_has_ended_is_told_whom_to_ask(inside: Client, person: User):
    with as_owner():
        Post.objects.using("owner").filter(user=person.pk).update(until=today().replace(year=2020))
    told = inside.get("/act/").content.decode()
    assert "You have no post to act in" in told
