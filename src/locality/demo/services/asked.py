"""One person who asks what is held about her: written down, being read for, partly decided."""

from datetime import timedelta

from locality.demo import catalogue
from locality.demo.services.stage import Stage
from locality.sharing.acting import acting
from locality.sharing.subjects import answering, held, reads, services
from locality.sharing.subjects.words import NewRequest
from locality.sharing.words import SubjectKind

STORY, WHO = "the_tired_boy", "beata"
LEAD, FIRST, SECOND = "ivor", "kwesi", "priya"
SINCE = timedelta(days=12)


def somebody_asks(stage: Stage) -> None:
    """Let a mother whose son is helped ask what the council holds about her."""
    cast = stage.cast[STORY, WHO]
    (named,) = [one for story in catalogue.stories() if story.key == STORY
                for one in story.people if one.key == WHO]  # fmt: skip
    lead = stage.actor(LEAD, "oversight")
    row = services.log(by=lead, asked=NewRequest(
        kind=SubjectKind.ACCESS, name=f"{named.given_names} {named.family_name}", born=cast.born,
        reach="By hand, when she comes to the family centre on Thursdays. Nothing by post.",
        wants="Everything the council has written about me since last winter, and who was told.",
        received_on=stage.today - SINCE, checked="Saw her passport at the family centre.",
    ))  # fmt: skip
    for who in (FIRST, SECOND):
        services.ask_to_read(by=lead, request_id=row.pk, post_id=stage.post(who))
    first, second = (stage.actor(who, "early help") for who in (FIRST, SECOND))
    answering.say_who(by=first, request_id=row.pk, people=[cast.person])
    with acting(second):
        found = held.found(reads.request(row.pk))
    plain = [one.key for one in found if not (one.careful or one.others)]
    if plain:
        answering.give_in_full(by=second, request_id=row.pk, keys=plain)
