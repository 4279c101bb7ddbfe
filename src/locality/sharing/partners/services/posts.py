"""Bring people and their posts into force. A post that is over stays over."""

from collections.abc import Iterable, Sequence

from locality.sharing.models import Agency, Post, Purpose, Role, User
from locality.sharing.partners.reads import Key, is_over, posts_there
from locality.sharing.partners.services.ledger import OWNER, Ledger, change, day, note
from locality.sharing.partners.words import PostEntry


def enter_posts(into: Ledger, entries: Sequence[PostEntry]) -> dict[Key, Post]:
    """Make the posts what the file says, and give them by key. Who is left out ends now."""
    people = {one.email.casefold(): one for one in User.objects.using(OWNER).filter(is_job=False)}
    for entry in entries:
        _readdress(into, people, entry)
    there = posts_there()
    purposes = dict(Purpose.objects.using(OWNER).values_list("key", "id"))
    for entry in entries:
        numbers = sorted(purposes[word] for word in entry.purposes)
        row = there.get(entry.key)
        if row is None:
            there[entry.key] = _add(into, _person(into, people, entry), entry, numbers)
        else:
            _change(into, row, entry, numbers)
    named = {entry.key for entry in entries}
    end_posts(into, (row for key, row in there.items() if key not in named))
    return there


def end_posts(into: Ledger, rows: Iterable[Post]) -> None:
    """End each of these posts that is not over: yesterday becomes its last day."""
    for row in rows:
        if is_over(row, into.today):
            continue
        row.until = into.yesterday
        row.save(using=OWNER, update_fields=["until"])
        says = f"{row.name} is no longer {row.title} at {row.agency}, as of now."
        note(into, says, did="sharing.post.ended", to=row, agencies=[row.agency_id])


def _readdress(into: Ledger, people: dict[str, User], entry: PostEntry) -> None:
    """Follow somebody to their new address."""
    person = people.get(entry.was.casefold()) if entry.was else None
    if person is None or entry.email.casefold() in people:
        return
    del people[entry.was.casefold()]
    people[entry.email.casefold()] = person
    change(into, person, {"email": entry.email}, who=person.name, did="sharing.user.changed",
           agencies=[entry.agency])  # fmt: skip


def _person(into: Ledger, people: dict[str, User], entry: PostEntry) -> User:
    person = people.get(entry.email.casefold())
    if person is None:
        person = User(id=into.new_id("user", entry.email), email=entry.email, name=entry.name)
        person.set_unusable_password()
        person.save(using=OWNER, force_insert=True)
        people[entry.email.casefold()] = person
        note(into, f"{entry.name} is new: {entry.email}.", did="sharing.user.added", to=person,
             agencies=[entry.agency])  # fmt: skip
    if not person.is_active:
        person.is_active = True
        person.save(using=OWNER, update_fields=["is_active"])
        note(into, f"{entry.name} may sign in again.", did="sharing.user.opened", to=person,
             agencies=[entry.agency])  # fmt: skip
    return person


def _add(into: Ledger, person: User, entry: PostEntry, purposes: list[int]) -> Post:
    row = Post(
        id=into.new_id("post", "/".join(map(str, entry.key))), user=person, role_id=entry.role,
        agency=Agency.objects.using(OWNER).get(pk=entry.agency), title=entry.title,
        name=entry.name, purposes=purposes, starts=entry.starts, until=entry.until,
    )  # fmt: skip
    row.save(using=OWNER, force_insert=True)
    role = Role.objects.using(OWNER).get(pk=entry.role)
    until = f" until {day(entry.until)}" if entry.until else ""
    says = (
        f"{row.name} becomes {row.title} at {row.agency} from {day(row.starts)}{until}, "
        f"in the role {role.name}, for {', '.join(entry.purposes)}."
    )
    note(into, says, did="sharing.post.added", to=row, agencies=[row.agency_id])
    return row


def _change(into: Ledger, row: Post, entry: PostEntry, purposes: list[int]) -> None:
    if is_over(row, into.today) and row.starts <= into.today:
        if row.until != entry.until:
            into.refused.append(
                f"[[posts]] {entry.label}: this post at {row.agency} ended on {day(row.until)} and "
                "stays ended: take it out of the file, or give a new post with a later from"
            )
        return
    wanted = {
        "title": entry.title, "name": entry.name, "purposes": purposes, "until": entry.until,
    }  # fmt: skip
    row.purposes = sorted(row.purposes)
    who = f"{row.name}, {row.title} at {row.agency}"
    change(into, row, wanted, who=who, did="sharing.post.changed", agencies=[row.agency_id])
    change(into, row.user, {"name": entry.name}, who=row.user.email, did="sharing.user.changed",
           agencies=[row.agency_id])  # fmt: skip
