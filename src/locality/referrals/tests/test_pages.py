"""The pages of referrals: each opens for who may, and is not there for who may not."""

import re
from uuid import uuid4

import pytest
from django.urls import reverse

from locality.cases.words import Subjects
from locality.pathways import catalogue
from locality.referrals import reads
from locality.referrals.models import Referral
from locality.referrals.tests.given import (
    a_case,
    a_contact,
    a_goal,
    a_person,
    a_session,
    an_offer,
    over,
    under_way,
    years_ago,
)
from locality.referrals.words import Declined
from locality.sharing.acting import acting
from tests.world import World, today

PAGES = ["referral", "accept", "decline", "withdraw", "hand-over", "session", "end", "report"]
OFFER = {
    "why": "He asked for somebody to talk to.", "known": ["safe_contact", "safe_place"],
    "agreed": "yes", "agreed_says": "He did, on Monday.", "necessity": "To meet him.",
    "gateway": "children act 2004 s10", "goal": "",
}  # fmt: skip


def at(name: str, *args: object) -> str:
    return reverse(f"referrals:{name}", args=args)


def html_of(answer) -> str:
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def steps_of(world: World, one: Referral) -> list:
    with acting(world.lead):
        return list(reads.steps(one.pk))


def a_case_with_goal(world: World, **changes):
    case = a_case(world.lead, **changes)
    a_goal(world.lead, case)
    return case


def test_from_a_case_to_an_offer_by_what_fits(world: World):
    case = a_case_with_goal(world)
    client, person = world.client("lead"), case.about[0]
    assert client.get(at("refer", case.pk)).url == at("choose", case.pk, person)
    html = html_of(client.get(at("choose", case.pk, person)))
    fits, rest = html.split("Could fit if", 1)
    assert "Mentoring for a young person" in fits and "They are 15" in fits
    assert "Early help for a child" in rest.split("Does not fit")[1]
    offer = at("offer", case.pk, person, "mentoring")
    assert offer in fits and offer not in rest
    sent = client.post(offer, {**OFFER, "provider": world.agencies["mentors"]})
    assert sent.status_code == 302
    assert "was asked. Reference R-" in html_of(client.get(sent.url))


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        (
            {"known": ["safe_contact"]},
            "It could fit once it is known that there is a place to meet",
        ),
        ({"stops": ["harm"]}, "Call the police now"),
        ({"agreed": "no"}, "A mentor nobody asked for does not help."),
        ({"agreed": "yes", "agreed_says": ""}, "Answer “Who said so, and when?”"),
        ({"provider": "7"}, "Select one of the answers"),
        ({"necessity": ""}, "Answer “Why does the provider need to know this?”"),
    ],
)
def test_an_offer_that_cannot_be_made_says_so_beside_the_question(world: World, changes, says):
    case = a_case_with_goal(world)
    sent = world.client("lead").post(
        at("offer", case.pk, case.about[0], "mentoring"),
        {**OFFER, "provider": world.agencies["mentors"], **changes},
    )
    html = sent.content.decode()
    assert sent.status_code == 422 and says in html
    assert "He asked for somebody to talk to." in html
    with acting(world.lead):
        assert not reads.of_case(case.pk).exists()


def test_with_several_people_it_asks_for_whom(world: World):
    two = (a_person(world.lead), a_person(world.lead, given="Robin"))
    case = a_case(world.lead, subjects=Subjects(person_ids=two))
    html = html_of(world.client("lead").get(at("refer", case.pk)))
    assert "Ash Fielding" in html and "Robin Fielding" in html


def test_an_agency_that_cannot_be_told_is_named_with_why(world: World):
    world.new_actor("stranger", "provider")
    case = a_case_with_goal(world)
    html = html_of(world.client("lead").get(at("offer", case.pk, case.about[0], "mentoring")))
    choices, cannot = html.split("Cannot be asked about this")
    assert "Aldermoor stranger" in cannot and "No agreement in force" in cannot
    assert "Aldermoor stranger" not in choices


def test_a_provider_with_a_phone_says_yes_works_and_ends_it(world: World):
    person = a_person(world.lead)
    told = a_contact(world.lead, person)
    one = an_offer(world, case=a_case(world.lead, person), contacts=(told.pk,))
    client = world.client("mentor")
    listed = html_of(client.get(at("list")))
    assert "Ash Fielding" in listed and at("referral", one.pk) in listed
    page = html_of(client.get(at("referral", one.pk)))
    assert f"Born in {years_ago(15).year}" in page and "01632 960123" in page
    assert str(years_ago(15)) not in page and "Out late with older boys" not in page
    assert "Home by nine" not in page and str(one.case_id) not in page
    client.post(at("accept", one.pk), {"worker": world.mentor.post})
    (step,) = steps_of(world, one)
    assert at("step", step.pk) in html_of(client.get(at("referral", one.pk)))
    client.post(at("step", step.pk), {"state": "done", "says": "Cole.", "then": "meet"})
    client.post(
        at("session", one.pk),
        {"held_on": today().isoformat(), "attendance": "came", "says": "We played football."},
    )
    assert "We played football." in html_of(client.get(at("referral", one.pk)))
    report = {f"part_{n}": f"Part {n}." for n in range(5)}
    ending = {"how": "completed", "grade": "mostly reached", "their_view": "He turned up."}
    assert client.post(at("end", one.pk), {**ending, **report, "part_3": ""}).status_code == 422
    assert client.post(at("end", one.pk), {**ending, **report}).status_code == 302
    assert "You can read this until" in html_of(client.get(at("referral", one.pk)))


def test_the_end_report_prints_as_a_document_and_the_case_shows_it(world: World):
    one = under_way(world)
    a_session(world, one)
    over(world, one)
    client = world.client("lead")
    html = html_of(client.get(at("report", one.pk)))
    for words in (*catalogue.get("mentoring").report_headings, "He turned up.", "Home by nine",
                  "Completed as planned", "Cole Bexter", "1 session"):  # fmt: skip
        assert words in html
    slot = client.get(at("of-case", one.case_id), headers={"HX-Request": "true"})
    assert "<html" not in slot.content.decode()
    assert "mostly reached" in slot.content.decode()
    assert "Whoever leads the case grades the goal" in slot.content.decode()
    assert "<html" in html_of(client.get(at("of-case", one.case_id)))


def test_saying_no_wants_words_and_then_it_is_gone(world: World):
    one = an_offer(world)
    client = world.client("mentor")
    silent = client.post(at("decline", one.pk), {"declined": Declined.OTHER, "says": ""})
    assert silent.status_code == 422 and "Say a little more" in silent.content.decode()
    sent = client.post(at("decline", one.pk), {"declined": Declined.FULL, "says": "In May?"})
    assert sent.url == at("list")
    assert "You said no." in html_of(client.get(sent.url))
    assert client.get(at("referral", one.pk)).status_code == 404
    page = html_of(world.client("lead").get(at("referral", one.pk)))
    assert "In May?" in page and at("choose", one.case_id, one.person_id) in page


def test_new_people_are_let_in_from_the_page(world: World):
    one = an_offer(world)
    joined = world.new_actor("mentors", "provider", "Rosa Teller")
    client = world.client("lead")
    assert "Rosa Teller" in html_of(client.get(at("referral", one.pk)))
    client.post(at("let-in", one.pk))
    assert "Rosa Teller" not in html_of(client.get(at("referral", one.pk)))
    with acting(joined):
        assert reads.referral(one.pk)


def test_the_lists_narrow_page_and_say_why_they_are_empty(world: World):
    client = world.client("mentor")
    for name in ("list", "under-way", "ended"):
        assert "loc-empty" in html_of(client.get(at(name)))
    one = under_way(world)
    assert one.reference in html_of(client.get(at("under-way")))
    for query in ("whose=mine", "pathway=mentoring", "whose=nonsense", "page=99", "page=x"):
        assert one.reference in html_of(client.get(f"{at('under-way')}?{query}"))
    assert "Take a filter away" in html_of(client.get(f"{at('under-way')}?pathway=early_help"))


def test_hidden_is_the_same_as_absent(world: World):
    ended = over(world, under_way(world))
    step = steps_of(world, ended)[0]
    pages = [at(name, ended.pk) for name in PAGES] + [at("step", step.pk)]
    pages += [at("of-case", ended.case_id), at("let-in", ended.pk)]
    for name in ("stranger", "officer", "nurse"):
        client = world.client(name)
        absent = client.get(at("referral", uuid4()))
        assert absent.status_code == 404
        for address in pages:
            for send in (client.get, client.post):
                if address == at("let-in", ended.pk) and send == client.get:
                    continue
                hidden = send(address)
                if hidden.status_code == 405:
                    continue
                assert (hidden.status_code, hidden.content) == (404, absent.content), address


def test_a_case_that_is_not_shown_offers_nothing_from_it(world: World):
    case = a_case_with_goal(world)
    for name in ("officer", "nurse", "stranger"):
        client = world.client(name)
        absent = client.get(at("of-case", uuid4()))
        for address in (
            at("of-case", case.pk), at("refer", case.pk), at("choose", case.pk, case.about[0]),
            at("offer", case.pk, case.about[0], "mentoring"),
        ):  # fmt: skip
            hidden = client.get(address)
            assert (hidden.status_code, hidden.content) == (404, absent.content), address


def test_every_page_has_one_heading_and_at_most_one_primary_button(world: World):
    one = under_way(world)
    a_session(world, one)
    step = steps_of(world, one)[0]
    for name in ("lead", "mentor"):
        client = world.client(name)
        addresses = [at(page, one.pk) for page in PAGES if page != "report"]
        for address in [*addresses, at("step", step.pk), at("list"), at("under-way")]:
            html = html_of(client.get(address))
            main = html.split("<main", 1)[1].split("</main>")[0]
            assert html.count("<h1") == 1, address
            assert " style=" not in html and "onclick" not in html, address
            primary = re.findall(r'class="govuk-button(?! govuk-button--secondary)[ "]', main)
            assert len(primary) <= 1, address


def test_refusals_say_why_and_change_nothing(world: World):
    one = under_way(world)
    refused = world.client("lead").post(at("end", one.pk), {
        "how": "completed", "grade": "reached", **{f"part_{n}": "x" for n in range(5)},
    })  # fmt: skip
    assert refused.status_code == 409 and "Aldermoor mentors" in refused.content.decode()
    again = world.client("mentor").post(at("accept", one.pk), {"worker": world.mentor.post})
    assert again.status_code == 409
    with acting(world.lead):
        assert reads.referral(one.pk).state == "accepted"


def test_an_agency_without_its_own_record_is_told_who_can_refer(world: World):
    case = a_case(world.lead, team_posts=(world.nurse.post,))
    client = world.client("nurse")
    html = html_of(client.get(at("choose", case.pk, case.about[0])))
    assert "has no record of its own" in html
    answer = client.get(at("offer", case.pk, case.about[0], "mentoring"))
    assert answer.status_code == 409 and "Ask the lead of the case" in answer.content.decode()
