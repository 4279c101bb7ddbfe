"""Bring the panels' terms of reference into force, as the area's file says them."""

from collections.abc import Mapping, Sequence

from locality.panels.models import Panel
from locality.panels.reads.terms import OWNER, has_meetings_to_come, sitting
from locality.panels.words import Terms
from locality.sharing.models import Post, Purpose
from locality.sharing.partners import services as partners
from locality.sharing.partners.reads import Key
from locality.sharing.partners.services import Ledger
from locality.sharing.partners.words import PostEntry
from locality.sharing.words import CircleKind

PLAIN = ("name", "about", "quorum", "every_days", "longest_agenda", "research_days", "terms",
         "review_by")  # fmt: skip


def enter_panels(
    into: Ledger, entries: Sequence[Terms], posts: Sequence[PostEntry], rows: Mapping[Key, Post]
) -> None:
    """Make the panels what the file says; one that is left out no longer sits."""
    there = sitting(into.today)
    for entry in entries:
        panel = there.pop(entry.key, None)
        if panel is None:
            panel = _add(into, entry)
        elif (panel.agency_id, panel.purpose.key) != (entry.agency, entry.purpose):
            into.refused.append(_moved(panel, entry))
            continue
        else:
            _change(into, panel, entry)
        wanted = partners.members_of(entry.members, posts, rows)
        partners.keep_members(into, panel.circle, wanted)
    for panel in there.values():
        _end(into, panel)


def _add(into: Ledger, entry: Terms) -> Panel:
    circle = partners.new_circle(
        into, kind=CircleKind.PANEL, name=entry.name, purpose=entry.purpose,
        agency=entry.agency, key=entry.name,
    )  # fmt: skip
    panel = Panel(
        id=into.new_id("panel", entry.key), key=entry.key, circle=circle,
        purpose=Purpose.objects.using(OWNER).get(key=entry.purpose), agency_id=entry.agency,
        core=list(entry.core), **{name: getattr(entry, name) for name in PLAIN},
    )  # fmt: skip
    panel.save(using=OWNER, force_insert=True)
    says = f"“{panel.name}” has terms of reference: {panel.about}"
    partners.note(into, says, did="panels.panel.added", to=panel, agencies=[panel.agency_id])
    return panel


def _moved(panel: Panel, entry: Terms) -> str:
    return (
        f"[[panels]] {entry.key}: its agency must stay {panel.agency_id} and its purpose "
        f"“{panel.purpose.key}”, because of the cases it has heard: end it and add another"
    )


def _change(into: Ledger, panel: Panel, entry: Terms) -> None:
    wanted = {name: getattr(entry, name) for name in PLAIN} | {"core": sorted(entry.core)}
    panel.core = sorted(panel.core)
    who, agencies = panel.name, [panel.agency_id]
    partners.change(into, panel, wanted, who=who, did="panels.panel.changed", agencies=agencies)
    partners.change(into, panel.circle, {"name": entry.name}, who=who,
                    did="sharing.circle.changed", agencies=agencies)  # fmt: skip


def _end(into: Ledger, panel: Panel) -> None:
    if has_meetings_to_come(panel):
        into.refused.append(
            f"[[panels]] {panel.key}: {panel.name} has a meeting planned: hold it or call it off, "
            "then take the panel out of the file"
        )
        return
    partners.close(into, panel.circle, "The panel no longer sits.")
