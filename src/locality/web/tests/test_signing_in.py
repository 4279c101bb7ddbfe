"""Signing in, choosing a purpose, and leaving."""

import pytest
from django.test import Client, override_settings

from locality.kit.errors import Refused
from locality.sharing.acting import acting
from locality.sharing.models import SignIn, User
from locality.web.middleware import KEY
from tests.world import World, as_owner


@pytest.fixture
def person(world: World) -> User:
    """Somebody with a password and one post."""
    by = world.new_actor("school", "practitioner", "Wren Attwell")
    with as_owner():
        user = User.objects.using("owner").get(pk=by.person)
        user.set_password("a long enough pass phrase")
        user.save(using="owner")
    return user


def enter(client: Client, user: User, password: str = "a long enough pass phrase"):
    return client.post("/account/login/", {"login": user.email, "password": password})


def test_nobody_is_sent_to_sign_in_and_back_again(world: World):
    gone = Client().get("/")
    assert (gone.status_code, gone.url) == (302, "/account/login/?next=%2F")


def test_a_password_alone_leads_to_setting_up_a_second_factor(person: User):
    client = Client()
    assert enter(client, person).url == "/act/"
    assert client.get("/act/").url == "/account/2fa/totp/activate/"
    assert client.get("/").status_code == 302


@override_settings(DEMO=True)
def test_after_choosing_a_purpose_home_says_who_is_acting(person: User):
    client = Client()
    enter(client, person)
    choices = client.get("/act/").context["form"].fields["acting"].choices
    done = client.post("/act/", {"acting": choices[0][0]})
    assert (done.status_code, done.url) == (302, "/")
    assert "Wren Attwell" in client.get("/").content.decode()


@override_settings(DEMO=True)
def test_the_key_of_one_who_signed_out_opens_nothing(person: User, world: World):
    client = Client()
    enter(client, person)
    choices = client.get("/act/").context["form"].fields["acting"].choices
    client.post("/act/", {"acting": choices[0][0]})
    key = client.cookies[KEY].value
    client.post("/account/logout/")
    from dataclasses import replace

    with pytest.raises(Refused), acting(replace(world.teacher, key=key)):
        pass


def test_a_wrong_password_is_written_down_without_what_was_typed(person: User, world: World):
    enter(Client(), person, "wrong")
    with as_owner():
        found = SignIn.objects.using("owner").filter(user=person.pk).values_list("what", flat=True)
        assert list(found) == ["refused"]


def test_the_demo_sign_in_does_not_exist_outside_the_demo(person: User):
    assert Client().post(f"/demo/sign-in/{person.pk}/").status_code == 404


def test_an_address_elsewhere_is_never_gone_on_to(person: User):
    with override_settings(DEMO=True):
        client = Client()
        enter(client, person)
        choices = client.get("/act/").context["form"].fields["acting"].choices
        done = client.post("/act/", {"acting": choices[0][0], "next": "https://evil.example/"})
        assert done.url == "/"
