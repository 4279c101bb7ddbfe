"""What an operator runs about records: counts and mends, and never prints a name."""

from click.testing import CliRunner

from locality.people.commands import people
from locality.people.models import Person, Record
from locality.sharing.words import Category, Marking, label
from tests.world import World, as_owner, today


def a_stale_record(world: World) -> Record:
    council = world.agencies["council"]
    with as_owner():
        person = Person.objects.using("owner").create()
        return Record.objects.using("owner").create(
            person=person, given_names="Zoë", family_name="O’Quillan", given_key="WRONG",
            family_key="WRONG", recorded_on=today(), owner_id=council,
            category=Category.IDENTITY, marking=Marking.STANDARD,
            label_id=label(council, Category.IDENTITY, Marking.STANDARD),
        )  # fmt: skip


def test_stale_keys_are_counted_then_mended_and_no_name_is_printed(world: World):
    record = a_stale_record(world)
    counted = CliRunner().invoke(people, ["search-keys"])
    assert "out of date" in counted.output and "--mend" in counted.output
    mended = CliRunner().invoke(people, ["search-keys", "--mend"])
    assert mended.exit_code == 0
    assert "Quillan" not in counted.output + mended.output
    record = Record.objects.using("owner").get(pk=record.pk)
    assert (record.given_key, record.family_key) == ("ZOE", "OQUILLAN")
    assert CliRunner().invoke(people, ["search-keys"]).output.startswith("0 of ")
