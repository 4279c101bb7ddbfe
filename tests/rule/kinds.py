"""Every kind of row there is, and how one is written: its table and the columns it must have.

A kind is named by the oracle's word for it. What differs from row to row comes from the facts;
what is here is filling, the same in every row.
"""

from dataclasses import dataclass, field
from uuid import UUID


@dataclass(frozen=True)
class Kind:
    """How a row of one kind is written."""

    table: str
    parent: str = ""  # the column that names what it belongs to
    about: str = ""  # the column that names whom it is about; a list when it is called that
    links: dict[str, str] = field(default_factory=dict)  # the oracle's word: the column
    fills: dict[str, object] = field(default_factory=dict)
    edit: tuple[str, object] | None = None  # a column and a value that an edit may give it
    with_it: str = ""  # what must change with it
    key: str = "id"
    labelled: bool = True


SOMEBODY = object()  # filled with some post that exists
PURPOSE = {"purpose_id": 1}
MADE = {"made_at": "now"}
BY = {"by": "made_by_id"}
CASE = {"parent": "case_id"}
ITEM = {"item": "item_id"}


def plain(table: str, **more: object) -> Kind:
    """A kind without a label."""
    return Kind(table, labelled=False, **more)


PEOPLE = {
    "person": plain("people_person"),
    "record": Kind(
        "people_record", about="person_id", edit=("sex", "other"),
        fills={"given_names": "Ash", "family_name": "Fielding", "known_as": "", "sex": "not known",
               "postcode": "", "given_key": "ASH", "family_key": "FIELDING", "version": 1,
               "recorded_on": "today"},
    ),
    "contact": Kind(
        "people_contact", parent="record_id", about="person_id", edit=("value", "edited"),
        fills={"kind": "phone", "value": "01632 960001"},
    ),
    "encounter": Kind(
        "people_encounter", parent="record_id", about="person_id",
        fills={"on": "today", "kind": "x", "summary": "x"},
    ),
    "telling": Kind(
        "cases_telling", parent="record_id",
        links={"circle": "circle_id", "to": "to_id", "by": "made_by_id"},
        fills={"text": "x", "made_at": "now"},
    ),
    "household": Kind("people_household", fills={"name": "x"}, edit=("name", "edited")),
    "living": Kind(
        "people_living", parent="household_id", about="person_id", edit=("until", "2001-01-01")
    ),
    "same person": plain(
        "people_sameperson", parent="record_id", fills={"why": "x", "decided_at": "now"},
        links={"was": "was_id", "now": "now_id", "by": "decided_by_id"},
    ),
}  # fmt: skip

CONCERNS = {
    "concern": Kind(
        "intake_concern", about="about", links={"circle": "circle_id", "by": "raised_by_id"},
        fills={"reference": "C", "title": "x", "place_says": "here", "noticed_on": "today",
               "noticed_says": "", "urgency": "soon", "told": "they know and agree",
               "told_says": "", "without_agreement": "", "raised_at": "now", "screen_by": "now",
               **PURPOSE},
    ),
    "narrative": Kind(
        "intake_narrative", parent="concern_id",
        fills={"text": "x", "seen_by": "", "strengths": ""},
    ),
    "about": Kind(
        "intake_about", parent="concern_id", about="person_id", fills={"part": ""}
    ),
    "receipt": plain(
        "intake_receipt", key="concern_id", links={"post": "post_id", "circle": "circle_id"},
        fills={"reference": "C", "title": "x", "raised_at": "now", "look_by": "now"},
    ),
    "reply": plain(
        "intake_reply", parent="receipt_id", links={"by": "told_by_id", "circle": "circle_id"},
        fills={"stage": "waiting to be looked at", "says": "x", "told_at": "now"},
    ),
    "withdrawal": plain(
        "intake_withdrawal", parent="receipt_id", links={"by": "withdrawn_by_id"},
        fills={"why": "x", "withdrawn_at": "now"},
    ),
    "addition": Kind(
        "intake_addition", parent="concern_id", links={"by": "added_by_id"},
        fills={"text": "x", "added_at": "now"},
    ),
    "placed": plain(
        "intake_placed", parent="concern_id", links={"by": "placed_by_id"},
        fills={"place": UUID(int=1), "placed_at": "now"},
    ),
    "waiting": plain("triage_waiting", key="concern_id", links={"circle": "circle_id"}),
    "draft": plain(
        "intake_draft", links={"post": "post_id", "saved_at": "saved_at"},
        fills={"answers": "{}", "began_at": "now"}, edit=("answers", '{"edited": 1}'),
    ),
    "screening": Kind(
        "triage_screening", parent="concern_id",
        links={"circle": "circle_id", "by": "decided_by_id"},
        fills={"decided": "signpost", "reason": "x", "told_reporter": "", "route": "",
               "decided_at": "now", "in_time": True},
    ),
    "looking": plain(
        "triage_looking", parent="concern_id", links={"post": "post_id"},
        fills={"since": "now"}, edit=("since", "2001-01-01"),
    ),
}  # fmt: skip

CASES = {
    "case": Kind(
        "cases_case", about="about", edit=("title", "edited"),
        links={"circle": "circle_id", "by": "opened_by_id", "state": "state",
               "closing": "closing", "closed_at": "closed_at"},
        fills={"reference": "K", "title": "x", "lawful_basis": "x", "why": "x", "own_words": "",
               "going_well": "", "lead_id": SOMEBODY, "concerns": [], "opened_at": "now",
               "closing_says": "", "version": 1, **PURPOSE},
    ),
    "edit": Kind("cases_edit", **CASE, links=BY, fills={"version": 1, "was": "{}", **MADE}),
    "subject": Kind(
        "cases_subject", **CASE, about="person_id", links={"kind": "kind", "place": "place"},
        fills={"part": ""},
    ),
    "need": Kind(
        "cases_need", **CASE, links=BY, fills={"heading": "x", "says": "x", **MADE},
        edit=("says", "edited"),
    ),
    "goal": Kind(
        "cases_goal", **CASE, links={"need": "need_id", **BY}, edit=("says", "edited"),
        fills={"says": "x", "measure": "", "grade": "", "grade_says": "", **MADE},
    ),
    "action": Kind(
        "cases_action", **CASE, links=BY, edit=("says", "edited"),
        fills={"says": "x", "who_id": SOMEBODY, "due": "today", "state": "to do", "result": "",
               **MADE},
    ),
    "review": Kind(
        "cases_review", **CASE, links=BY,
        fills={"held_on": "today", "says": "x", "their_view": "", **MADE},
    ),
    "note": Kind(
        "cases_note", **CASE, links={"request": "request_id", **BY},
        fills={"text": "x", "happened_on": "today", **MADE},
    ),
    "request": Kind(
        "cases_request", **CASE, edit=("refused_why", "edited"),
        links={"circle": "circle_id", "agency": "agency_id", "purpose": "purpose_id",
               "category": "asked_category", "answer": "answer", "by": "asked_by_id"},
        fills={"whom": "x", "question": "x", "why": "x", "answer_by": "today", "asked_at": "now",
               "refused_why": "", "refused_on": ""},
    ),
}  # fmt: skip

PANELS = {
    "panel": plain(
        "panels_panel", links={"circle": "circle_id", "agency": "agency_id"},
        fills={"key": "x", "name": "x", "about": "x", "core": [], "quorum": 1, "every_days": 1,
               "longest_agenda": 1, "research_days": 1, "terms": "", "review_by": "today",
               **PURPOSE},
    ),
    "meeting": plain(
        "panels_meeting", links={"panel": "panel_id", "state": "state"},
        fills={"starts_at": "now", "where": ""}, edit=("where", "edited"),
    ),
    "item": Kind(
        "panels_item", **CASE, links={"meeting": "meeting_id", "by": "put_forward_by_id"},
        fills={"listed": "put forward", "order": 0, "question": "x", "not_selected_why": "",
               "put_forward_at": "now"}, edit=("question", "edited"),
    ),
    "research": Kind(
        "panels_research", **CASE, links={"agency": "agency_id", "held": "held", **ITEM},
        fills={"asked_at": "now", "answer_by": "now", "refused_why": ""},
        edit=("refused_why", "edited"),
    ),
    "return": Kind(
        "panels_return", **CASE, links={"research": "research_id"},
        fills={"text": "x", "strengths": ""},
    ),
    "present": plain(
        "panels_present", links={"meeting": "meeting_id", "post": "post_id",
                                 "agency": "agency_id"},
    ),
    "interest": Kind(
        "panels_interest", **CASE, links={"post": "post_id", **ITEM},
        fills={"why": "x", "declared_at": "now"},
    ),
    "decision": Kind(
        "panels_decision", **CASE, links={"by": "decided_by_id", **ITEM},
        fills={"outcome": "agree the plan", "reasons": "x", "dissent": "", "decided_at": "now"},
    ),
    "agreed action": Kind(
        "panels_agreedaction", **CASE, links={"decision": "decision_id", "action": "action_id"}
    ),
}  # fmt: skip

REFERRALS = {
    "referral": Kind(
        "referrals_referral", **CASE, about="about", edit=("their_view", "edited"),
        links={"circle": "circle_id", "by": "offered_by_id", "person": "person_id",
               "agency": "provider_id"},
        fills={"reference": "R", "pathway": "x", "pathway_version": "1", "why": "x", "needs": [],
               "agreed": True, "agreed_says": "", "known": [], "state": "offered",
               "offered_at": "now", "answer_by": "now", "declined": "", "declined_says": "",
               "withdrawn_why": "", "ended_how": "", "grade": "", "end_report": "[]",
               "their_view": "", **PURPOSE},
    ),
    "step": Kind(
        "referrals_step", parent="referral_id", edit=("says", "edited"),
        fills={"key": "x", "order": 1, "state": "to do", "due": "today", "says": "", **MADE},
    ),
    "session": Kind(
        "referrals_session", parent="referral_id", links=BY,
        fills={"held_on": "today", "attendance": "came", "says": "x", **MADE},
    ),
}  # fmt: skip

REPORTS = {
    "report": Kind(
        "impact_report",
        links={"by": "author_id", "state": "state", "signed": "signed",
               "finished_at": "finished_at"},
        fills={"area_code": "x", "area_name": "x", "strategy": "x", "first_month": "2026-01-01",
               "last_month": "2026-01-01", "started_at": "now"},
        edit=("signed", '{"edited": 1}'), with_it=", state = 'final', finished_at = now()",
    ),
    "block": Kind(
        "impact_block", parent="report_id", fills={"key": "x", "current": 0}, edit=("current", 7)
    ),
    "version": Kind(
        "impact_blockversion", parent="block_id", links={"by": "written_by_id"},
        fills={"number": 1, "text": "x", "written_at": "now"},
    ),
}  # fmt: skip

AGREEMENTS = {
    "agreement": plain(
        "sharing_agreement", edit=("conditions", "edited"),
        links={"purpose": "purpose_id", "state": "state", "starts": "starts", "until": "until",
               "by": "written_by_id", "replaces": "replaces_id"},
        fills={"name": "x", "gateway": "public task", "conditions": "", "document": "",
               "review_by": "today", "version": 1, "by_leads": False},
    ),
    "party": plain(
        "sharing_party", parent="agreement_id", edit=("signatory", "edited"),
        fills={"signatory": ""},
        links={"agency": "agency_id", "gives": "gives", "gets": "gets"},
    ),
    "coverage": plain(
        "sharing_coverage", parent="agreement_id", edit=("up_to", 7),
        links={"category": "category", "up_to": "up_to", "needs": "needs_consent"},
    ),
    "agreement step": plain(
        "sharing_agreementstep", parent="agreement_id",
        fills={"version": 1, "why": "x", "at": "now"},
        links={"step": "step", "answers": "answers_id", "by": "by_id", "agency": "agency_id"},
    ),
}  # fmt: skip

SHARING = {
    "circle": Kind(
        "sharing_circle", fills={"name": ""}, edit=("closed_on", "2001-01-01"),
        links={"kind": "kind", "made_by": "made_by_id", "purpose": "purpose_id",
               "closed_on": "closed_on"},
    ),
    "member": plain(
        "sharing_member", fills={"part": ""}, edit=("part", "edited"),
        links={"circle": "circle_id", "post": "post_id", "starts": "starts", "until": "until",
               "left_at": "left_at"},
    ),
    "disclosure": Kind(
        "sharing_disclosure", edit=("withdrawn_why", "edited"),
        links={"circle": "circle_id", "purpose": "purpose_id", "by": "given_by_id",
               "starts": "starts", "until": "until", "withdrawn_at": "withdrawn_at",
               "recipients": "recipients"},
        fills={"gateway": "public task", "necessity": "x", "handling": "", "given_at": "now",
               "withdrawn_why": "", "conditions": []},
    ),
    "disclosed": plain(
        "sharing_disclosed", parent="disclosure_id", fills={"category": 0},
        links={"item": "item", "kind": "kind", "giver": "giver_id", "circle": "circle_id",
               "purpose": "purpose_id", "starts": "starts", "until": "until",
               "withdrawn_at": "withdrawn_at", "recipients": "recipients"},
    ),
    "received": plain(
        "sharing_received", parent="disclosure_id", links={"by": "post_id"}, fills={"at": "now"}
    ),
    "conflict": plain(
        "sharing_conflict", fills={"why": "x", "declared_at": "now"},
        links={"user": "user_id", "subject": "subject", "agency": "agency_id",
               "by": "declared_by_id", "lifted_at": "lifted_at"},
        edit=("lifted_at", "2001-01-01"),
    ),
    "apart": plain(
        "sharing_apart", fills={"why": "x", "declared_at": "now"},
        links={"safe": "protected", "feared": "feared", "agency": "agency_id",
               "by": "declared_by_id", "ended_at": "ended_at"},
        edit=("ended_at", "2001-01-01"),
    ),
    "consent": Kind(
        "sharing_consent", about="person", edit=("ended_why", "edited"),
        links={"asks": "kind", "answer": "answer", "purpose": "purpose_id", "by": "taken_by_id",
               "receivers": "receivers", "categories": "categories", "starts": "starts",
               "until": "until", "ended_at": "ended_at"},
        fills={"answered_by": "themselves", "who": "", "words": "x", "taken_at": "now",
               "ended_why": ""},
    ),
    "hold": plain(
        "sharing_hold", fills={"why": "x", "declared_at": "now"},
        links={"subject": "subject", "agency": "agency_id", "by": "declared_by_id",
               "lifted_at": "lifted_at"},
        edit=("lifted_at", "2001-01-01"),
    ),
    "own schedule": plain(
        "sharing_ownschedule",
        links={"agency": "agency_id", "by": "said_by_id", "at": "said_at"},
        fills={"kind": "cases.case", "years": 6, "action": "erase", "source": "x",
               "review_by": "today"},
    ),
    "disposal": plain(
        "sharing_disposal", parent="schedule_id",
        links={"agency": "agency_id", "others": "others", "kind": "kind", "record": "record",
               "done_at": "done_at"},
        fills={"reference": "", "since": "today", "asked_at": "now"},
    ),
    "disposal step": plain(
        "sharing_disposalstep", parent="disposal_id",
        links={"agency": "agency_id", "by": "by_id", "at": "at"},
        fills={"verdict": "may go", "why": ""},
    ),
    "works with": plain(
        "sharing_workswith", links={"circle": "circle_id", "person": "person"}
    ),
    "entry": plain(
        "sharing_auditentry", fills={"at": "now", "did": "x", "why": "x"},
        links={"user": "person", "post": "post", "agency": "agency", "purpose": "purpose",
               "kind": "kind", "record": "record"},
    ),
    "look": plain(
        "sharing_consultation",
        fills={"at": "now", "kind": "page", "route": "", "sought": ""},
        links={"user": "person", "post": "post", "agency": "agency", "purpose": "purpose",
               "transaction": "transaction", "records": "records"},
    ),
    "emergency": plain(
        "sharing_emergencyaccess", fills={"reason": "x"}, edit=("revoked_at", "2001-01-01"),
        links={"user": "person", "post": "post_id", "agency": "agency_id", "purpose": "purpose_id",
               "subjects": "subjects", "owners": "owners", "given_at": "given_at",
               "until": "until", "revoked_at": "revoked_at", "transaction": "transaction"},
    ),
    "emergency review": plain(
        "sharing_emergencyreview", parent="access_id",
        fills={"answer": "fine", "words": "x", "at": "now"},
        links={"agency": "agency_id", "by": "by_id"},
    ),
    "look review": plain(
        "sharing_lookreview", parent="look",
        fills={"sign": "night", "answer": "fine", "words": "x", "at": "now"},
        links={"looker": "looker", "agency": "agency_id", "by": "by_id"},
    ),
    "subject request": plain(
        "sharing_subjectrequest", edit=("subjects", "{00000000-0000-0000-0000-000000000007}"),
        links={"agency": "agency_id", "by": "logged_by_id", "subjects": "subjects", "asks": "kind"},
        fills={"law": "general", "name": "x", "asked_by": "themselves",
               "asker": "", "authority": "", "reach": "x", "wants": "x", "received_on": "today",
               "logged_at": "now"},
    ),
    "subject reader": plain(
        "sharing_subjectreader", parent="request_id", fills={"asked_at": "now"},
        links={"post": "post_id", "by": "asked_by_id"}, edit=("finished_at", "2001-01-01"),
    ),
    "subject item": plain(
        "sharing_subjectitem", parent="request_id",
        links={"kind": "kind", "item": "item", "by": "decided_by_id", "user": "person",
               "told": "told", "authors": "authors", "given": "given", "decided_at": "decided_at"},
        fills={"seen": "x", "choices": "{}", "says": "x"},
    ),
    "subject answer": plain(
        "sharing_subjectanswer", parent="request_id",
        links={"part": "part_id", "kind": "kind", "item": "item", "by": "signed_by_id",
               "user": "person", "given": "given", "told": "told"},
        fills={"says": "x", "signed_at": "now"},
    ),
    "subject step": plain(
        "sharing_subjectstep", parent="request_id", links={"by": "by_id"},
        fills={"step": "stopped", "on": "today", "why": "x", "at": "now"},
    ),
    "subject correction": plain(
        "sharing_subjectcorrection", parent="request_id",
        links={"kind": "kind", "item": "item", "by": "by_id", "agency": "agency_id"},
        fills={"part": "x", "label": "x", "nature": "fact", "was": "x", "says": "x", "at": "now"},
    ),
    "sign in": plain(
        "sharing_signin", links={"user": "user"}, fills={"at": "now", "what": "x", "method": ""}
    ),
}  # fmt: skip

KINDS = PEOPLE | CONCERNS | CASES | PANELS | REFERRALS | REPORTS | AGREEMENTS | SHARING

# What everybody who acts may read, because it holds nothing about anybody who is helped.
OPEN = {
    "sharing_agency", "sharing_role", "sharing_purpose", "sharing_post", "places_area",
    "places_crimecategory", "places_load", "places_rejectedrow", "places_recordedcrime",
    "places_streetcrime", "places_coverage", "places_place", "places_edition",
}  # fmt: skip
# Kinds that share the id of the concern they belong to, and so are not what an id means.
BY_CONCERN = {"receipt", "waiting"}
# The database itself writes these.
BY_ITSELF = {"waiting"}
# Somebody who signs in sees themselves and nobody else.
THEMSELVES = {"sharing_user"}
# What the rule asks and nobody reads.
NOBODYS = {"works with"}
