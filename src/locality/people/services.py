"""What people does: search, record, correct, link and take back. Each with its audit entry."""

from collections.abc import Sequence
from datetime import date
from typing import Unpack
from uuid import UUID, uuid4

from django.db import transaction

from locality.kit.errors import Refused
from locality.kit.saying import say
from locality.people import reads, rules
from locality.people.models import Contact, Household, Living, Person, Record, SamePerson
from locality.people.words import MOST_FOUND, ContactKind, Identity, Sex, Sought, Teller
from locality.sharing import audit
from locality.sharing import reads as sharing
from locality.sharing.acting import Actor, acting, note_look
from locality.sharing.labels import as_labelled, labelled
from locality.sharing.words import Category, Marking

FEW = 10  # with fewer found than this, the slower search is tried too


TELLERS: list[Teller] = []


def tell_in_emergency(teller: Teller) -> None:
    """Let a domain above add what it knows about somebody to the page of an emergency."""
    if teller not in TELLERS:
        TELLERS.append(teller)


def search(
    *,
    by: Actor,
    given_names: str,
    family_name: str,
    born: date | None = None,
    postcode: str = "",
) -> list[Record]:
    """Find records that may be who is sought, likeliest first; each says why in `.reasons`.

    The search is written down before it is made, and whom it shows before they are shown.
    Own and disclosed records only; nothing sealed; at most 50.
    Refuses with `people.too_little` when there is not enough to search by.
    """
    sought = sought_by(given_names, family_name, born, postcode)
    if not rules.is_enough(sought):
        raise Refused(
            "people.too_little",
            "Type at least two letters of a name, or a date of birth and a postcode.",
        )
    with acting(by):
        words = " ".join(filter(None, [given_names, family_name, str(born or ""), postcode]))
        note_look(by, kind="search", route="people:search", records=[], sought=words)
        found = _alike(sought, reads.found_by(sought))
        if len(found) < FEW:
            found = _alike(sought, [*found, *reads.found_by(sought, wider=True)])
        shown = sorted(found, key=lambda one: -rules.likeness(one.reasons))[:MOST_FOUND]
        if shown:
            people = list(dict.fromkeys(one.person_id for one in shown))
            note_look(by, kind="search", route="people:search", records=people)
        return shown


def sought_by(given_names: str, family_name: str, born: date | None, postcode: str) -> Sought:
    """Make what somebody typed searchable."""
    return Sought(
        given_key=rules.search_key(given_names),
        family_key=rules.search_key(family_name),
        born=born,
        postcode=rules.tidy_postcode(postcode),
        nicknames=rules.nicknames(given_names, reads.nickname_groups()),
    )


def add_record(
    *,
    by: Actor,
    person_id: UUID | None = None,
    marking: Marking = Marking.STANDARD,
    **identity: Unpack[Identity],
) -> Record:
    """Record who somebody is, for the actor's own agency: a new person unless one is named.

    Refuses with `people.nobody` when nothing at all is said of who it is.
    """
    if not any(identity.get(part) for part in ("given_names", "family_name", "known_as")):
        raise Refused("people.nobody", "Say who it is, even if only in a few words.")
    with acting(by):
        person = reads.person(person_id) if person_id else Person(id=uuid4())
        if person_id is None:
            person.save(force_insert=True)
        made = Record(
            id=uuid4(), person=person, recorded_on=sharing.today(),
            **_tidied(identity), **labelled(by.agency, Category.IDENTITY, marking),
        )  # fmt: skip
        made.save(force_insert=True)
        audit.record(by=by, did="people.record.added", to=made)
        return made


def copy_record(*, by: Actor, record_id: UUID, marking: Marking) -> Record:
    """Make the actor's agency its own record of somebody it sees, held as closely as said."""
    with acting(by):
        seen = reads.record(record_id)
        identity: Identity = {
            "given_names": seen.given_names, "family_name": seen.family_name,
            "known_as": seen.known_as or ("" if seen.given_names or seen.family_name
                                          else seen.full_name),
            "born": seen.born, "sex": seen.sex, "postcode": seen.postcode,
        }  # fmt: skip
        return add_record(by=by, person_id=seen.person_id, marking=marking, **identity)


def correct_record(
    *, by: Actor, record_id: UUID, version: int, why: str, **identity: Unpack[Identity]
) -> Record:
    """Correct the actor's own agency's record.

    Refuses with `people.not_your_record` for another agency's, and with `people.changed` when
    somebody corrected it in the meantime.
    """
    with acting(by):
        found = reads.record_to_change(record_id)
        _require_own(found, by)
        if found.version != version:
            raise Refused(
                "people.changed",
                "A colleague has just corrected this record. Look at it again before you do.",
            )
        for name, value in _tidied(identity).items():
            setattr(found, name, value)
        found.version, found.recorded_on = version + 1, sharing.today()
        found.save(update_fields=[*_tidied(identity), "version", "recorded_on"])
        audit.record(by=by, did="people.record.corrected", to=found, why=why)
        return found


def add_contact(
    *,
    by: Actor,
    record_id: UUID,
    kind: ContactKind,
    value: str,
    safe: bool | None = None,
    marking: Marking = Marking.STANDARD,
) -> Contact:
    """Write down a way to reach somebody, and whether it is safe to use.

    Refuses with `people.not_your_record` for another agency's record.
    """
    with acting(by):
        record = reads.record(record_id)
        _require_own(record, by)
        made = Contact(
            id=uuid4(), record=record, person_id=record.person_id, kind=kind, value=value,
            safe=safe, starts=sharing.today(), **labelled(by.agency, Category.CONTACT, marking),
        )  # fmt: skip
        made.save(force_insert=True)
        audit.record(by=by, did="people.contact.added", to=made)
        return made


def link_records(*, by: Actor, record_id: UUID, person_id: UUID, why: str) -> SamePerson:
    """Decide that the actor's agency's record is of a person already known. May be taken back.

    Refuses with `people.not_your_record` for another agency's record, with `people.linked_already`
    when it is that person's, and with `people.say_why`.
    """
    with acting(by):
        record = reads.record_to_change(record_id)
        _require_own(record, by)
        person = reads.person(person_id)
        if record.person_id == person.pk:
            raise Refused("people.linked_already", "This record is already with that person.")
        return _move(by, record, person.pk, why)


def undo_link(*, by: Actor, link_id: UUID, why: str) -> SamePerson:
    """Take back the decision that a record is of a person.

    Refuses with `people.undone_already`, and with `people.linked_since` when the record has been
    moved on since then.
    """
    with acting(by):
        made = reads.link(link_id)
        record = reads.record_to_change(made.record_id)
        _require_own(record, by)
        if made.undoes_id or SamePerson.objects.filter(undoes=made).exists():
            raise Refused("people.undone_already", "This has been taken back already.")
        if record.person_id != made.now_id:
            raise Refused(
                "people.linked_since",
                "This record has been linked again since then. Take the later link back first.",
            )
        return _move(by, record, made.was_id, why, undoes=made)


def make_household(*, by: Actor, name: str, person_ids: Sequence[UUID]) -> Household:
    """Say that people live together, as the actor's agency knows it.

    Refuses with `people.empty_household` without anybody in it.
    """
    if not person_ids:
        raise Refused("people.empty_household", "Say who lives in this household.")
    with acting(by):
        mark = labelled(by.agency, Category.IDENTITY, Marking.STANDARD)
        made = Household(id=uuid4(), name=name, **mark)
        made.save(force_insert=True)
        for one in dict.fromkeys(person_ids):
            lives = Living(
                id=uuid4(), household=made, person=reads.person(one), **as_labelled(made)
            )
            lives.save(force_insert=True)
        audit.record(by=by, did="people.household.made", to=made)
        return made


def _alike(sought: Sought, found: Sequence[Record]) -> list[Record]:
    unique = {one.pk: one for one in found}
    for one in unique.values():
        one.reasons = rules.reasons(sought, one)
    return [one for one in unique.values() if one.reasons]


def _tidied(identity: Identity) -> dict[str, object]:
    given, family = identity.get("given_names", ""), identity.get("family_name", "")
    return {
        "given_names": given.strip(),
        "family_name": family.strip(),
        "known_as": identity.get("known_as", "").strip(),
        "born": identity.get("born"),
        "sex": identity.get("sex") or Sex.NOT_KNOWN,
        "postcode": rules.tidy_postcode(identity.get("postcode", "")),
        "given_key": rules.search_key(given),
        "family_key": rules.search_key(family),
    }


def _move(
    by: Actor, record: Record, to: UUID, why: str, undoes: SamePerson | None = None
) -> SamePerson:
    if not why.strip():
        raise Refused("people.say_why", "Say why, so that others can judge whether it is right.")
    made = SamePerson(
        id=uuid4(), record=record, was_id=record.person_id, now_id=to, why=why,
        decided_by_id=by.post, undoes=undoes,
    )  # fmt: skip
    made.save(force_insert=True)
    record.person_id = to
    record.save(update_fields=["person_id"])
    did = "people.link.undone" if undoes else "people.link.made"
    audit.record(by=by, did=did, to=made, why=why)
    return made


def _require_own(record: Record, by: Actor) -> None:
    if record.owner_id != by.agency:
        raise Refused(
            "people.not_your_record",
            say("{owner} keeps this record: ask them to correct it.", owner=record.owner.name),
        )


def check_search_keys(*, mend: bool) -> tuple[int, int]:
    """Count records with stale search keys, and all records; write the keys anew if asked.

    For an operator, as the database's owner: the rule for keys may change between versions.
    """
    stale = whole = 0
    with transaction.atomic(using="owner"):
        for record in Record.objects.using("owner").iterator(chunk_size=5_000):
            whole += 1
            keys = (rules.search_key(record.given_names), rules.search_key(record.family_name))
            if (record.given_key, record.family_key) == keys:
                continue
            stale += 1
            if mend:
                record.given_key, record.family_key = keys
                record.save(using="owner", update_fields=["given_key", "family_key"])
    return stale, whole
