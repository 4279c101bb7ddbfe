"""What is held about somebody: all of it is found, two people decide, and nothing else is told."""

import json
from itertools import groupby
from uuid import UUID

import pytest
from django.apps import apps
from django.db import ProgrammingError, transaction
from hypothesis import given
from hypothesis import strategies as st

from locality.cases import services as cases
from locality.cases.tests.given import TERMS, a_case, a_goal
from locality.cases.words import Answer, Subjects
from locality.kit.errors import NotHere, Refused
from locality.people import services as people
from locality.people.models import Record
from locality.people.tests.given import somebody
from locality.people.words import ContactKind
from locality.sharing.acting import Actor, acting
from locality.sharing.conflicts.services import keep_apart
from locality.sharing.models import SubjectAnswer, SubjectItem, SubjectRequest
from locality.sharing.services import declare_conflict
from locality.sharing.subjects import (
    answering,
    bundle,
    correcting,
    held,
    reads,
    redacting,
    services,
)
from locality.sharing.subjects.doors import HOLDINGS, NOTHING
from locality.sharing.subjects.words import Choice, How, NewCorrection, NewRequest
from locality.sharing.words import Category, Marking, Nature, SubjectKind
from tests.world import LEAVING, World, today

WORDS = st.text(st.sampled_from("aAbB []."), min_size=1, max_size=4)
OURS = [one for one in apps.get_models() if one.__module__.startswith("locality.")]


@given(st.text(st.sampled_from("aAbB []."), max_size=40), st.lists(WORDS, max_size=4))
def test_every_letter_of_what_is_left_out_is_left_out_and_no_other(text: str, words: list[str]):
    runs = groupby(range(len(text)), key=lambda at: covered(text, words, at))
    by_hand = [redacting.LEFT_OUT if out else "".join(text[at] for at in run) for out, run in runs]
    assert redacting.redacted(text, words) == "".join(by_hand)


def covered(text: str, words: list[str], at: int) -> bool:
    """Whether a letter is within some word that is left out, wherever that begins."""
    low = text.lower()
    return any(
        low[start : start + len(word)] == word.lower()
        for word in words for start in range(max(0, at - len(word) + 1), at + 1)
    )  # fmt: skip


@pytest.mark.parametrize("model", OURS, ids=lambda one: one._meta.label_lower)
def test_every_kind_of_record_with_something_personal_has_an_answer(model):
    label = model._meta.label_lower
    answered = (label in HOLDINGS) + (label in NOTHING)
    assert answered == bool(model.Handling.personal) or label == "people.living"


@pytest.mark.parametrize("holding", HOLDINGS.values(), ids=lambda one: one.kind)
def test_every_way_to_whom_a_row_is_about_is_one_that_the_database_knows(world: World, holding):
    model = apps.get_model(holding.kind)
    with acting(world.lead):
        row = SubjectRequest(agency_id=world.lead.agency)
        users: dict[UUID, UUID] = {}
        assert list(held._rows(row, holding, [world.lead.post], users)) == []
    assert not holding.on or model._meta.get_field(holding.on)


class Asked:
    """A request about somebody whom the council knows, with two who read for it."""

    def __init__(self, world: World, agency: str = "council") -> None:
        self.world, self.governor = world, world.governor
        self.first, self.second = world.lead, world.coordinator
        self.record = somebody(world.lead, "Rowan", "Larkfield")
        self.row = services.log(by=self.governor, asked=NewRequest(
            kind=SubjectKind.ACCESS, name="Rowan Larkfield", reach="By hand.", wants="All of it.",
            received_on=today(), checked="Passport.",
        ))  # fmt: skip
        for one in (self.first, self.second):
            self.ask(one)
        self.about(self.record.person_id)

    def ask(self, by: Actor) -> None:
        services.ask_to_read(by=self.governor, request_id=self.row.pk, post_id=by.post)

    def about(self, *whom: UUID) -> None:
        answering.say_who(by=self.first, request_id=self.row.pk, people=whom)

    def found(self, by: Actor) -> set[tuple[str, UUID]]:
        with acting(by):
            return {(one.kind, one.item) for one in held.found(reads.request(self.row.pk))}

    def keys(self, by: Actor) -> list[str]:
        return [f"{kind}:{item}" for kind, item in self.found(by)]

    def case(self) -> object:
        """A case about them, with a goal: a case that is told of names the lead as its author."""
        made = a_case(self.first, subjects=Subjects((self.record.person_id,)))
        a_goal(self.first, made)
        return made

    def decide(self, by: Actor, kind: str, item: UUID, **how: Choice) -> SubjectItem:
        """Give everything of one row but for what is said otherwise."""
        with acting(by):
            one = held.one_found(reads.request(self.row.pk), kind, item)
        choices = {part.key: how.get(part.key, Choice(How.DISCLOSE)) for part in one.parts}
        return answering.decide(
            by=by, request_id=self.row.pk, kind=kind, item=item, choices=choices
        )

    def sign(self, by: Actor, kind: str, item: UUID) -> int:
        return answering.sign(by=by, request_id=self.row.pk, keys=[f"{kind}:{item}"])

    def answer(self, by: Actor) -> dict[str, object]:
        with acting(by):
            return bundle.answer(reads.request(self.row.pk))


@pytest.fixture
def asked(world: World) -> Asked:
    return Asked(world)


def test_all_that_a_reader_is_cleared_for_is_found_and_nothing_else(asked: Asked, world: World):
    contact = people.add_contact(
        by=asked.first, record_id=asked.record.pk, kind=ContactKind.PHONE, value="01632 960001"
    )
    case = asked.case()
    mine = asked.found(asked.first)
    assert {("people.record", asked.record.pk), ("people.contact", contact.pk),
            ("cases.case", case.pk)} <= mine  # fmt: skip
    assert {"cases.need", "cases.goal"} <= {kind for kind, _ in mine}
    assert asked.found(world.governor) == set()  # she is cleared for nothing of it
    other = somebody(asked.first, "Ash", "Fielding")
    assert ("people.record", other.pk) not in mine


def test_what_another_agency_answers_for_is_not_in_it(asked: Asked, world: World):
    theirs = somebody(world.officer, "Rowan", "Larkfield")
    with acting(asked.first):
        row = reads.request_to_change(asked.row.pk)
        row.subjects = [asked.record.person_id, theirs.person_id]
        row.save(update_fields=["subjects"])
    assert {item for kind, item in asked.found(asked.first) if kind == "people.record"} == {
        asked.record.pk
    }


def test_a_note_on_another_agencys_case_is_found_though_the_case_does_not_show(
    asked: Asked, world: World
):
    case = a_case(world.nurse, category=Category.SOCIAL_CARE)
    request = cases.ask(
        by=world.nurse, case_id=case.pk, agency_id=world.lead.agency, question="Do you know him?",
        category=Category.SOCIAL_CARE, why="To help.", answer_by=today(),
    )  # fmt: skip
    cases.answer_request(
        by=asked.second, request_id=request.pk, answer=Answer.GIVEN, text="We do.",
        category=Category.SOCIAL_CARE, terms=TERMS,
    )  # fmt: skip
    with acting(asked.first):
        row = reads.request_to_change(asked.row.pk)
        row.subjects = list(case.about)
        row.save(update_fields=["subjects"])
    assert "cases.note" in {kind for kind, _ in asked.found(asked.first)}
    assert "cases.case" not in {kind for kind, _ in asked.found(asked.first)}


def test_what_is_sealed_or_what_one_is_kept_from_stays_so(asked: Asked, world: World):
    sealed = people.add_contact(
        by=asked.first, record_id=asked.record.pk, kind=ContactKind.ADDRESS, value="1 Elm Row",
        marking=Marking.SEALED,
    )  # fmt: skip
    assert ("people.contact", sealed.pk) not in asked.found(asked.first)
    with acting(world.governor):
        declare_conflict(
            by=world.governor, subject=asked.record.person_id, why="Her brother.",
            post_id=asked.second.post,
        )  # fmt: skip
    with pytest.raises(NotHere):
        asked.found(asked.second)


def test_only_who_may_be_meant_can_be_said_to_be_meant(asked: Asked):
    other = somebody(asked.first, "Ash", "Fielding")
    with pytest.raises(Refused):
        asked.about(other.person_id)


def test_what_is_signed_off_about_one_is_never_handed_to_another_of_that_name(asked: Asked):
    other = somebody(asked.first, "Rowan", "Larkfield")
    asked.about(other.person_id)
    asked.about(asked.record.person_id)  # until something is signed off, it may have been a slip
    asked.decide(asked.first, "people.record", asked.record.pk)
    asked.sign(asked.second, "people.record", asked.record.pk)
    with pytest.raises(Refused) as refused:
        asked.about(other.person_id)
    assert refused.value.code == "sharing.subject_who_signed"
    asked.about(asked.record.person_id, other.person_id)


def test_whoever_decided_or_wrote_it_does_not_sign_it_off(asked: Asked, world: World):
    case = asked.case()  # written by the first
    asked.decide(asked.second, "cases.case", case.pk)
    for by in (asked.first, asked.second):
        with pytest.raises(Refused) as refused:
            asked.sign(by, "cases.case", case.pk)
        assert refused.value.code == "sharing.subject_second"
    third = world.new_actor("council", "case_lead")
    with pytest.raises(NotHere):
        asked.sign(third, "cases.case", case.pk)
    asked.ask(third)
    assert asked.sign(third, "cases.case", case.pk) == 1


@pytest.mark.parametrize("signer", ["first", "second"])
def test_the_database_refuses_it_too(asked: Asked, signer: str):
    case = asked.case()
    made = asked.decide(asked.second, "cases.case", case.pk)
    by = getattr(asked, signer)
    with acting(by), pytest.raises(ProgrammingError), transaction.atomic():
        SubjectAnswer.objects.create(
            request=asked.row, part=made, kind=made.kind, item=made.item, given=made.given,
            told=made.told, says=made.says, signed_by_id=by.post, person=by.person,
        )  # fmt: skip


def test_other_words_than_were_decided_are_not_signed_off(asked: Asked):
    made = asked.decide(asked.first, "people.record", asked.record.pk)
    by = asked.second
    with acting(by), pytest.raises(ProgrammingError), transaction.atomic():
        SubjectAnswer.objects.create(
            request=asked.row, part=made, kind=made.kind, item=made.item, given=[["x", "y"]],
            told=[], says=made.says, signed_by_id=by.post, person=by.person,
        )  # fmt: skip


def test_the_lead_reads_what_is_given_and_nothing_of_what_is_withheld(asked: Asked):
    contact = people.add_contact(
        by=asked.first, record_id=asked.record.pk, kind=ContactKind.PHONE, value="01632 960001"
    )
    left = Choice(How.REDACT, "other person", "Her mother’s name.", ("Lark",))
    asked.decide(asked.first, "people.record", asked.record.pk, family_name=left)
    none = Choice(How.WITHHOLD, "serious harm", "He does not know that we know.")
    asked.decide(asked.first, "people.contact", contact.pk, value=none)
    for kind, item in (("people.record", asked.record.pk), ("people.contact", contact.pk)):
        asked.sign(asked.second, kind, item)
    with acting(asked.governor):
        assert [one.kind for one in held.answers(asked.row)] == ["people.record"]
        assert not SubjectItem.objects.exists()
    told = json.dumps(asked.answer(asked.governor), ensure_ascii=False)
    assert "[left out]field" in told and "Rowan" in told
    assert "Larkfield" not in told.replace('"name": "Rowan Larkfield"', "")
    assert "01632 960001" not in told and "serious harm" not in told and "How to reach" not in told
    assert "somebody else" in told  # a reason that harms nobody by being named


def test_what_changed_since_it_was_decided_is_decided_anew(asked: Asked):
    asked.decide(asked.first, "people.record", asked.record.pk)
    people.correct_record(
        by=asked.first, record_id=asked.record.pk, version=asked.record.version, why="Said so.",
        given_names="Robin",
    )  # fmt: skip
    with pytest.raises(Refused) as refused:
        asked.sign(asked.second, "people.record", asked.record.pk)
    assert refused.value.code == "sharing.subject_changed"
    asked.decide(asked.second, "people.record", asked.record.pk)
    asked.sign(asked.first, "people.record", asked.record.pk)
    with pytest.raises(Refused) as refused:
        asked.decide(asked.first, "people.record", asked.record.pk)
    assert refused.value.code == "sharing.subject_signed"


def test_the_answer_is_whole_once_everybody_has_read(asked: Asked):
    client = asked.world.client("governor")
    address = f"/partners/requests/{asked.row.pk}/"
    assert client.get(f"{address}answer.pdf").status_code == 409
    with pytest.raises(Refused):
        answering.finish(by=asked.first, request_id=asked.row.pk)
    answering.give_in_full(by=asked.first, request_id=asked.row.pk, keys=asked.keys(asked.first))
    with pytest.raises(Refused):
        answering.finish(by=asked.first, request_id=asked.row.pk)
    answering.sign(by=asked.second, request_id=asked.row.pk, keys=asked.keys(asked.second))
    for by in (asked.first, asked.second):
        answering.finish(by=by, request_id=asked.row.pk)
    pdf = client.post(f"{address}answer.pdf", LEAVING)
    assert pdf["Content-Disposition"].startswith("attachment") and pdf.content[:4] == b"%PDF"
    assert "Larkfield" in client.post(f"{address}answer.json", LEAVING).content.decode()
    assert asked.world.client("lead").get(f"{address}answer.json").status_code == 409
    assert asked.world.client("stranger").get(f"{address}answer.json").status_code == 404


def test_with_whom_it_was_shared_is_withheld_unless_somebody_says_otherwise(asked: Asked):
    case = asked.case()
    with acting(asked.first):
        logged = [one for one in held.found(reads.request(asked.row.pk))
                  if one.kind == "sharing.disclosure"]  # fmt: skip
    assert logged and all(one.careful for one in logged)
    with pytest.raises(Refused) as refused:
        answering.give_in_full(by=asked.second, request_id=asked.row.pk, keys=[logged[0].key])
    assert refused.value.code == "sharing.subject_careful"
    asked.decide(asked.second, "sharing.disclosure", logged[0].item)
    third = asked.world.new_actor("council", "case_lead")
    asked.ask(third)
    asked.sign(third, "sharing.disclosure", logged[0].item)
    (told,) = asked.answer(asked.governor)["shared"]
    assert {"label": "With whom", "words": "Aldermoor council"} in told["parts"] and case


def test_several_are_withheld_at_once_with_a_reason(asked: Asked):
    client, address = asked.world.client("lead"), f"/partners/requests/{asked.row.pk}/held/"
    key = f"people.record:{asked.record.pk}"
    assert client.post(address, {"do": "withhold", "item": key}).status_code == 422
    why = {"reason": "crime", "says": "It would warn him."}
    assert client.post(address, {"do": "withhold", "item": key} | why).status_code == 302
    with acting(asked.first):
        (made,) = held.decisions(asked.row).values()
    assert made.given == [] and made.told == []


def test_a_reader_decides_and_signs_on_pages(asked: Asked):
    one, two = asked.world.client("lead"), asked.world.client("coordinator")
    address = f"/partners/requests/{asked.row.pk}/held/"
    page = one.get(address).content.decode()
    assert "Who you are, as we recorded it" in page
    item = f"{address}people.record/{asked.record.pk}/"
    said = {f"how_{number}": "disclose" for number in range(3)}
    assert one.post(item, said | {"how_2": "withhold"}).status_code == 422
    why = {"why_some_2": "crime", "says_some_2": "x"}
    wrong = said | why | {"how_2": "redact", "out_2": "nothing of the kind"}
    assert one.post(item, wrong).status_code == 422
    assert one.post(item, said).status_code == 302
    assert two.get(item).status_code == 200
    key = f"people.record:{asked.record.pk}"
    assert one.post(address, {"do": "sign", "item": key}).status_code == 409
    assert two.post(address, {"do": "sign", "item": key}).status_code == 302
    assert "signed off" in one.get(address + "?stage=signed+off").content.decode()
    assert two.post(address, {"do": "sign", "item": "people.record:nonsense"}).status_code == 422
    assert asked.world.client("governor").get(address).status_code == 404


def test_what_people_typed_is_never_markup_on_a_readers_page(asked: Asked):
    people.correct_record(
        by=asked.first, record_id=asked.record.pk, version=asked.record.version, why="Said so.",
        given_names="Rowan <img src=x>",
    )  # fmt: skip
    address = f"/partners/requests/{asked.row.pk}/held/"
    client = asked.world.client("lead")
    for path in (address, f"{address}people.record/{asked.record.pk}/"):
        page = client.get(path).content.decode()
        assert "&lt;img" in page and "<img src=x" not in page


def corrects(asked: Asked, **more: object) -> SubjectRequest:
    """A request to have something corrected, about the same person, for which the first reads."""
    row = services.log(by=asked.governor, asked=NewRequest(
        kind=SubjectKind.CORRECTION, name="Rowan Larkfield", reach="By hand.", checked="Passport.",
        wants="My name is wrong.", received_on=today(),
    ))  # fmt: skip
    services.ask_to_read(by=asked.governor, request_id=row.pk, post_id=asked.first.post)
    answering.say_who(by=asked.first, request_id=row.pk, people=[asked.record.person_id])
    return row


def correct(asked: Asked, row: SubjectRequest, kind: str, item: UUID, *said: object):
    return correcting.correct(
        by=asked.first, request_id=row.pk, kind=kind, item=item, said=NewCorrection(*said)
    )


def test_a_fact_is_corrected_and_what_it_said_is_kept(asked: Asked):
    row = corrects(asked)
    made = correct(
        asked, row, "people.record", asked.record.pk, "given_names", Nature.FACT, "Robin"
    )
    asked_day = correct(
        asked, row, "people.record", asked.record.pk, "sex", Nature.FACT, "female"
    )  # fmt: skip
    with acting(asked.first):
        now = Record.objects.get(pk=asked.record.pk)
        assert (now.given_names, now.family_name, now.sex) == ("Robin", "Larkfield", "female")
        assert (made.was, made.says, asked_day.was) == ("Rowan", "Robin", "not known")
    with pytest.raises(Refused):
        correct(asked, row, "people.record", asked.record.pk, "sex", Nature.FACT, "nonsense")


def test_an_opinion_stays_and_the_persons_view_stands_beside_it(asked: Asked):
    case, row = asked.case(), corrects(asked)
    correct(asked, row, "cases.case", case.pk, "why", Nature.OPINION, "Nobody asked me.")
    with acting(asked.first):
        one = held.one_found(reads.request(row.pk), "cases.case", case.pk)
        assert next(part.words for part in one.parts if part.key == "why") == case.why
        assert [made.says for made in correcting.beside(one)] == ["Nobody asked me."]


def test_those_with_whom_it_was_shared_are_told_and_nobody_else(asked: Asked, world: World):
    case, row = asked.case(), corrects(asked)
    cases.add_team_member(by=asked.first, case_id=case.pk, post_id=world.nurse.post)
    made = correct(asked, row, "cases.case", case.pk, "why", Nature.OPINION, "Nobody asked me.")
    for by, hears in ((world.nurse, True), (world.officer, False), (asked.first, False)):
        with acting(by):
            told = [one.url_args for one in correcting.to_do(by)]
        assert ((made.pk,) in told) is hears
    address = f"/partners/corrections/{made.pk}/"
    assert "Nobody asked me." in world.client("nurse").get(address).content.decode()
    assert world.client("officer").get(address).status_code == 404


def test_it_stands_beside_what_it_corrects_on_every_page_that_shows_it(asked: Asked):
    case, row = asked.case(), corrects(asked)
    correct(asked, row, "cases.case", case.pk, "why", Nature.OPINION, "Nobody asked me.")
    correct(asked, row, "people.record", asked.record.pk, "sex", Nature.FACT, "female")
    client = asked.world.client("lead")
    shown = client.get(f"/cases/{case.pk}/").content.decode()
    assert "They see this differently" in shown and "Nobody asked me." in shown
    shown = client.get(f"/people/{asked.record.person_id}/").content.decode()
    assert "This was wrong and is corrected" in shown and "What they had corrected" in shown


def test_only_a_request_to_correct_corrects(asked: Asked):
    with pytest.raises(Refused) as refused:
        correct(asked, asked.row, "people.record", asked.record.pk, "sex", Nature.FACT, "female")
    assert refused.value.code == "sharing.subject_no_correction"


def test_a_reader_corrects_on_a_page_and_says_that_they_are_done(asked: Asked):
    row, client = corrects(asked), asked.world.client("lead")
    item = f"/partners/requests/{row.pk}/held/people.record/{asked.record.pk}/"
    assert client.post(item, {"part": "sex", "nature": "fact"}).status_code == 422
    said = {"part": "sex", "nature": "fact", "says": "female"}
    assert client.post(item, said).status_code == 302
    assert "What is right" in client.get(item).content.decode()
    assert client.post(f"/partners/requests/{row.pk}/read/").status_code == 302


def test_the_lead_is_warned_where_somebody_is_kept_apart_from_the_person(asked: Asked):
    other, address = somebody(asked.first, "Ash", "Fielding"), f"/partners/requests/{asked.row.pk}/"
    warns = "Somebody is kept apart from this person"
    client = asked.world.client("governor")
    assert warns not in client.get(address).content.decode()
    with acting(asked.first):
        keep_apart(
            by=asked.first, protected=other.person_id, feared=asked.record.person_id, why="Harm."
        )
    assert warns in client.get(address).content.decode()
    assert warns not in asked.world.client("coordinator").get(address).content.decode()
