"""Policies made wrong, one place at a time, from the text that the database itself gives of them.

A new policy gets its mutants by itself: every clause left out, every day moved by one, every
check of what is added made void.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import psycopg

from tests.rule.kinds import KINDS

PARTS = {"r": "S", "a": "A", "w": "C", "d": "R"}  # what a policy is for, and what shows it
# Whoever is kept from nothing need not be asked about: left out, it only takes longer.
SHORT_CUT = "cardinality("
DAYS = ((" >= ", " > "), (" <= ", " < "))
ARMS = re.compile(r"\bTHEN\s+(.*?)\s+(?=WHEN\b|ELSE\b|END\b)", re.DOTALL)


@dataclass(frozen=True)
class Mutant:
    """The same clause made wrong in every policy that says it."""

    says: str
    parts: str  # what must be compared to notice it
    kinds: tuple[str, ...]
    statements: tuple[str, ...]


def mutants(database: psycopg.Connection) -> list[Mutant]:
    """Every mutant of every policy of the tables that the oracle knows row by row.

    Tables that call on the rule with the same words have it wrong together, as they would if
    sharing had it wrong.
    """
    found: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for kind, of in KINDS.items():
        rows = database.execute(POLICIES, [of.table]).fetchall()
        for name, command, using, check in rows:
            for clause, text in (("USING", using), ("WITH CHECK", check)):
                # What an edit cannot change is after it as it was before: asking again is idle.
                becomes = clause == "WITH CHECK" and command == "w"
                for wrong, says in _wrongs(text or "true"):
                    if becomes and not _speaks_of(_editable(database, of.table), says):
                        continue
                    key = f"{name} {clause}: {says}".replace(of.table, "…"), _parts(command, clause)
                    statement = f"ALTER POLICY {name} ON {of.table} {clause} ({wrong})"
                    found.setdefault(key, []).append((kind, statement))
    return [
        Mutant(says, parts, tuple(kind for kind, _ in where), tuple(sql for _, sql in where))
        for (says, parts), where in found.items()
    ]


POLICIES = """
SELECT polname, polcmd::text, pg_get_expr(polqual, polrelid), pg_get_expr(polwithcheck, polrelid)
FROM pg_policy
WHERE polrelid = %s::regclass AND 'locality_app'::regrole = ANY (polroles) ORDER BY polname
"""


def _parts(command: str, clause: str) -> str:
    if command == "*":
        return "A" if clause == "WITH CHECK" else "SCR"
    return PARTS[command]


def _editable(database: psycopg.Connection, table: str) -> set[str]:
    """The columns of a table that some edit may change."""
    rows = database.execute(
        "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0"
        " AND has_column_privilege('locality_app', attrelid, attnum, 'UPDATE')",
        [table],
    ).fetchall()
    return {one for (one,) in rows}


def _speaks_of(columns: set[str], text: str) -> bool:
    """Whether a clause asks about one of a row's own columns."""
    return any(re.search(rf"(?<![\w.]){one}\b", text) for one in columns)


def _wrongs(text: str) -> Iterator[tuple[str, str]]:
    seen, said = {text, "true"}, Counter[str]()
    for start, end, becomes, says in _places(text):
        wrong = text[:start] + becomes + text[end:]
        if wrong not in seen:
            seen.add(wrong)
            said[says] += 1  # the same clause may stand in more than one arm
            yield wrong, says if said[says] == 1 else f"{says} ({said[says]})"
    for sign, other in DAYS:
        for found in re.finditer(re.escape(sign), text):
            wrong = text[: found.start()] + other + text[found.end() :]
            where = text[found.start() - 10 : found.end() + 10]
            yield wrong, f"{other.strip()} in {where}"


def _places(text: str) -> Iterator[tuple[int, int, str, str]]:
    """Where to put what instead of every clause and every arm of a CASE; what that is called."""
    for start, end, joined in _clauses(text):
        # One part of an OR made true is the whole made true, which comes by itself.
        becomes = "false" if joined == "OR" else "true"
        if SHORT_CUT not in text[start:end][: len(SHORT_CUT) + 2]:
            yield start, end, becomes, f"{becomes} for {' '.join(text[start:end].split())}"
    for arm in ARMS.finditer(text):
        for becomes in ("true", "false"):
            says = f"{becomes} for THEN {' '.join(arm[1].split())}"
            yield arm.start(1), arm.end(1), becomes, says


def _clauses(text: str) -> Iterator[tuple[int, int, str]]:
    """Each part of each AND and OR, each WHERE, and the whole: where it is and how it is joined."""
    yield 0, len(text), "AND"
    for start, end in _groups(text):
        inside = text[start + 1 : end]
        cuts = [(m.start() + start + 1, m.end() + start + 1, m.group(1)) for m in re.finditer(
            r"\s+(AND|OR)\s+", inside) if _depth(inside[: m.start()]) == 0]  # fmt: skip
        if not cuts and text[:start].rstrip().endswith("WHERE"):
            yield start, end + 1, "AND"
        edges = [start + 1, *[edge for cut in cuts for edge in cut[:2]], end]
        for number in range(0, len(edges), 2):
            if cuts:
                yield edges[number], edges[number + 1], cuts[0][2]


def _groups(text: str) -> Iterator[tuple[int, int]]:
    opened = []
    for place, sign in enumerate(text):
        if sign == "(":
            opened.append(place)
        elif sign == ")":
            yield opened.pop(), place


def _depth(text: str) -> int:
    return text.count("(") - text.count(")")


# Functions that policies ask: what is made wrong in each, and what it becomes.
FUNCTIONS = [
    ("locality_private.compile", "IF one.m < 3 THEN", "IF one.m <= 3 THEN"),
    ("locality_private.compile", "a.state = 'in force' OR", "true OR"),
    ("locality_private.compile", "a.until >= on_day", "a.until > on_day"),
    ("locality_private.compile", "a.starts <= on_day AND", ""),
    ("locality_private.compile", "AND giver.gives", ""),
    ("locality_private.compile", "AND getter.gets", ""),
    ("locality_private.compile", "m <= covers.up_to AND", ""),
    ("locality_private.compile", "AND m <= cleared[covers.category + 1]", ""),
    ("locality_private.compile", "AND a.purpose_id = for_purpose", ""),
    ("locality_private.compile", "IF one.asked THEN", "IF false THEN"),
    ("locality_private.compile", "bool_and(covers.needs_consent)", "bool_or(covers.needs_consent)"),
    ("locality_private.agree", "AND c.owner_id = giver", ""),
    ("locality_private.agree", "AND c.kind = 'confidentiality'", ""),
    ("locality_private.agree", "AND c.answer = 'agreed'", ""),
    ("locality_private.agree", "AND c.purpose_id = locality.purpose()", ""),
    ("locality_private.agree", "AND locality.agency() = ANY (c.receivers)", ""),
    ("locality_private.agree", "AND what = ANY (c.categories)", ""),
    ("locality_private.agree", "AND c.ended_at IS NULL", ""),
    ("locality_private.agree", "AND c.starts <= locality.today()", ""),
    ("locality_private.agree", "AND c.until >= locality.today()", ""),
    ("locality_private.agree", "c.until >= locality.today()", "c.until > locality.today()"),
    ("locality_private.agree", "bool_and", "bool_or"),
    ("locality.consented_sharing_disclosure", "RETURN false; END IF;\n    END LOOP",
     "RETURN true; END IF;\n    END LOOP"),
    ("locality.refresh_context", "AND m.left_at IS NULL", ""),
    ("locality.refresh_context", "m.starts <= locality.today()", "true"),
    ("locality.refresh_context", "AND (m.until IS NULL OR m.until >= locality.today())", ""),
    ("locality.refresh_context", "AND c.purpose_id = x.purpose", ""),
    ("locality.refresh_context", "c.closed_on >= locality.today()", "true"),
    ("locality.refresh_context", "AND f.lifted_at IS NULL", ""),
    ("locality_private.other_side", "a.ended_at IS NULL AND", ""),
    ("locality_private.other_side", "w.person = a.feared", "w.person <> a.protected"),
    ("locality_private.other_side", "p.user_id = of_person", "true"),
    ("locality_private.other_side", "m.starts <= locality.today() AND", ""),
    ("locality_private.other_side", "m.until >= locality.today()", "true"),
    ("locality_private.other_side", "AND m.left_at IS NULL", ""),
    ("locality_private.other_side", "c.closed_on >= locality.today()", "true"),
    ("locality_private.other_side", "NOT EXISTS", "true OR EXISTS"),
    ("locality.between_sides", "a.ended_at IS NULL AND", ""),
    ("locality.between_sides", "AND m.left_at IS NULL", ""),
    ("locality.between_sides", "m.until >= locality.today()", "true"),
    ("locality.between_sides", "c.closed_on >= locality.today()", "true"),
    ("locality.between_sides", "AND a.protected NOT IN (SELECT person FROM whom)", ""),
    ("locality.between_sides", "AND too.person = a.protected", ""),
    ("locality.between_sides", "(a.feared IN (SELECT person FROM whom)", "(false"),
    ("locality.between_sides", "(a.protected IN (SELECT person FROM whom)", "(false"),
    ("locality_private.emergencies_of", "AND e.purpose_id = for_purpose", ""),
    ("locality_private.emergencies_of", "AND e.revoked_at IS NULL", ""),
    ("locality_private.emergencies_of", "AND e.until > clock_timestamp()", ""),
    ("locality_private.emergencies_of", "c.at >= e.until AND", "false AND"),
    ("locality_private.emergencies_of", "AND c.transaction > e.transaction", ""),
    ("locality_private.emergencies_of", "e.post_id = for_post AND", ""),
    ("locality.open_context", "set_config('transaction_read_only', 'on', true)", "true"),
    ("locality_private.holder", "AND u.is_active", ""),
    ("locality_private.holder", "p.starts <= locality.today() AND", ""),
    ("locality_private.holder", "AND why.id = ANY (p.purposes)", ""),
    ("locality.raised", "AND c.raised_by_id = locality.post()", ""),
    ("locality.raised", "AND c.label_id = coalesce(label, c.label_id)", ""),
    ("locality.helps", "AND r.circle_id = ANY (locality.circles())", ""),
    ("locality.may_draft", "coalesce('govern' = ANY (locality.duties()), false)", "true"),
    ("locality.may_draft", "a.state = 'draft' AND", ""),
    ("locality.may_draft", "AND locality_private.asked(a.id) IS NULL", ""),
    ("locality.may_draft", "a.written_by_id = locality.post()", "false"),
    ("locality.may_draft", "OR locality_private.is_party(a.id, locality.agency())", ""),
    ("locality_private.is_party", "AND p.agency_id = of_agency", ""),
    ("locality_private.asked", "s.step = 'asked'", "true"),
    ("locality_private.asked", "a.answers_id = s.id", "false"),
    ("locality_private.by_two", "AND one.agency_id <> other.agency_id", ""),
    ("locality.may_step", "coalesce('govern' = ANY (locality.duties()), false)", "true"),
    ("locality.may_step", "locality.may_draft(a.id)", "true"),
    ("locality.may_step", "ELSE locality_private.is_party(a.id, locality.agency())", "ELSE true"),
    ("locality.may_step", "OR locality_private.is_party(a.replaces_id, locality.agency())",
     "OR true"),
    ("locality.may_step", "AND ask.id IS NULL", ""),
    ("locality.may_step", "'agreed' THEN a.state IN ('draft', 'suspended') AND", "'agreed' THEN"),
    ("locality.may_step", "ask.agency_id <> locality.agency()", "true"),
    ("locality.may_step", "ask.agency_id = locality.agency()", "true"),
    ("locality.may_step", "a.state = 'in force'", "true"),
    ("locality.may_step", "a.state <> 'ended'", "true"),
    ("locality.is_empty", "NOT EXISTS", "true OR EXISTS"),
    ("locality.circle_shows", "EXISTS", "true OR EXISTS"),
    ("locality.is_disclosed", "d.item IN (is_disclosed.item, whole)", "d.item = is_disclosed.item"),
    ("locality.is_disclosed", "d.item IN (is_disclosed.item, whole)", "true"),
    ("locality.is_disclosed", "AND d.giver_id = owner", ""),
    ("locality.is_disclosed", "AND d.circle_id = ANY (x.circles)", ""),
    ("locality.is_disclosed", "AND d.purpose_id = x.purpose", ""),
    ("locality.is_disclosed", "AND d.starts <= locality.today()", ""),
    ("locality.is_disclosed", "d.starts <= locality.today()", "d.starts < locality.today()"),
    ("locality.is_disclosed", "d.until >= locality.today()", "true"),
    ("locality.is_disclosed", "d.until >= locality.today()", "d.until > locality.today()"),
    ("locality.is_disclosed", "AND d.withdrawn_at IS NULL", ""),
    ("locality.is_disclosed", "x.post = ANY (d.recipients)", "true"),
    ("locality.is_disclosed", "x.post = ANY (d.recipients)", "false"),
    ("locality.person_shows", "EXISTS", "true OR EXISTS"),
    ("locality.record_shows", "EXISTS", "true OR EXISTS"),
    ("locality.reads_for", "AND r.post_id = locality.post()", ""),
    ("locality.signed_off", "a.request_id = asked AND", ""),
    ("locality.signed_off", "AND a.item = row_id", ""),
    ("locality.holds", "item, true", "item, false"),
    ("locality.shows", "own AND EXISTS", "false AND EXISTS"),
    ("locality.shows", "WHERE id = $1%s", "WHERE id = $1 OR true%s"),
    ("locality.kept_from_item", "item = ANY (locality.conflicts())", "false"),
    ("locality.kept_from_item", "CASE replace(", "CASE 'x' || replace("),
    ("locality.opens_in_emergency", "marking <= CASE category WHEN 1 THEN 1 ELSE 2 END", "true"),
    ("locality.opens_in_emergency", "AND marking <= (locality.cleared())[category + 1]", ""),
    ("locality.is_urgent", "people && locality.emergencies()", "true"),
    ("locality.is_urgent", "people && locality.emergencies()", "false"),
    ("locality.writes_as", "x.agency = of_agency AND", ""),
    ("locality.writes_as", "AND x.post = of_post", ""),
    ("locality.acts_as", "x.agency = of_agency AND", ""),
    ("locality.acts_as", "x.post = of_post", "true"),
    ("locality.acts_as", "x.purpose = for_purpose AND", ""),
    ("locality.acts_as", "AND x.person = of_person", ""),
    ("locality.gives", "AND d.given_by_id = x.post", ""),
    ("locality.gives", "AND d.owner_id = giver", ""),
    ("locality.gives", "AND d.circle_id = to_circle", ""),
    ("locality.gives", "d.purpose_id = for_purpose AND", ""),
    ("locality.gives", "AND d.starts = from_day", ""),
    ("locality.gives", "AND d.until IS NOT DISTINCT FROM to_day", ""),
    ("locality.gives", "d.recipients IS NOT DISTINCT FROM to_posts AND", ""),
    ("locality.gives", "AND d.withdrawn_at IS NULL", ""),
    ("locality.gives", "NOT locality.kept_from_sharing_disclosure(disclosure)", "true"),
    ("locality_private.to_note", "d.circle_id = door AND", ""),
    ("locality_private.to_note", "d.purpose_id = c.purpose_id", "true"),
    ("locality_private.to_note", "d.starts <= locality.today()", "true"),
    ("locality_private.to_note", "d.until IS NULL", "true"),
    ("locality_private.to_note", "d.recipients IS NULL", "true"),
    ("locality_private.to_note", "AND d.giver_id = owner", ""),
    ("locality_private.to_note", "AND d.withdrawn_at IS NULL", ""),
    ("locality_private.to_note", "bool_or(NOT plain)", "bool_or(false)"),
]  # fmt: skip
KEPT = """
SELECT format('locality.%I', proname), says || ' EXISTS', says || ' false AND EXISTS'
FROM pg_proc, substring(prosrc, '(SELECT|RETURN) EXISTS') says
WHERE pronamespace = 'locality'::regnamespace AND proname ~ '^kept_from_' AND says IS NOT NULL
ORDER BY proname
"""
# What was worked out before the function was made wrong: it is worked out again.
FORGOTTEN = "TRUNCATE locality_private.label_bits"
NOTED = "UPDATE public.sharing_disclosed SET kind = kind"


def function_mutants(database: psycopg.Connection) -> list[Mutant]:
    """Every function that policies ask, made wrong in one place."""
    found = []
    for name, old, new in [*FUNCTIONS, *database.execute(KEPT).fetchall()]:
        ((text,),) = database.execute("SELECT pg_get_functiondef(%s::regproc)", [name]).fetchall()
        assert old in text, f"{name} does not say {old}"
        parts = "SA" if name in ADDING else "S"
        kinds = ADDING.get(name) or (*_asking(database, name), *NAMING)
        kinds = OF.get(name, kinds)
        again = NOTED if name == "locality_private.to_note" else FORGOTTEN
        statements = (text.replace(old, new), again)
        found.append(Mutant(f"{name}: {new or 'nothing'} for {old}", parts, kinds, statements))
    return found


def _asking(database: psycopg.Connection, function: str) -> list[str]:
    """The kinds whose policies ask a function."""
    tables = database.execute(
        "SELECT polrelid::regclass::text FROM pg_policy WHERE strpos(concat("
        "pg_get_expr(polqual, polrelid), pg_get_expr(polwithcheck, polrelid)), %s || '(') > 0",
        [function],
    ).fetchall()
    return [kind for kind, of in KINDS.items() if (of.table,) in tables]


# Rows that name rows of any kind, and one kind that nothing but the rule decides.
NAMING = ("disclosed", "entry", "record", "disclosure")
# Rows about somebody, by themselves and by what they belong to, for what asks whom a row names.
ABOUT = ("record", "contact", "case", "concern", "need", "note", "disclosure")
OF = {"locality_private.agree": ABOUT, "locality_private.to_note": ("concern",)}
ADDING = {
    "locality.raised": ("narrative", "about", "receipt", "addition"), "locality.helps": ("reply",),
    "locality.circle_shows": ("disclosure",), "locality.may_draft": ("party", "coverage"),
    "locality.between_sides": ("member",),
    "locality.reads_for": ("subject item", "subject answer", "subject correction"),
    "locality.signed_off": ("subject item",),
    "locality.holds": ("subject item", "subject correction"),
    "locality.shows": ("subject item", "subject correction"),
    "locality.may_step": ("agreement step",), "locality_private.asked": ("agreement step",),
    "locality_private.is_party": ("agreement step",),
    "locality_private.by_two": ("agreement step",), "locality.gives": ("disclosed",),
    "locality.acts_as": ("entry",), "locality.writes_as": ("disclosure", "concern", "note"),
}  # fmt: skip
