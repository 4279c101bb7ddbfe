-- A case is its lead agency's; its team sees it because the lead agency disclosed it to them.
-- A sealed case (marking 3) shows to its live team alone.
CALL locality.protect('cases_case', about => 'about', changes => 'team');
GRANT SELECT, INSERT, UPDATE (title, why, own_words, going_well, lead_id, state, review_on,
    closed_at, closing, closing_says, version) ON cases_case TO locality_app;

CALL locality.protect('cases_subject', via => 'case_id', about => 'person_id',
    parent => 'cases_case');
GRANT SELECT, INSERT ON cases_subject TO locality_app;

CALL locality.protect('cases_need', via => 'case_id', parent => 'cases_case', changes => 'team', author => 'made_by_id');
GRANT SELECT, INSERT, UPDATE (says, heading, met_at) ON cases_need TO locality_app;

CALL locality.protect('cases_goal', via => 'case_id', parent => 'cases_case', changes => 'team');
GRANT SELECT, INSERT, UPDATE (says, measure, by, grade, grade_says, graded_at) ON cases_goal
    TO locality_app;

CALL locality.protect('cases_action', via => 'case_id', parent => 'cases_case', changes => 'team', author => 'made_by_id');
GRANT SELECT, INSERT, UPDATE (says, who_id, due, state, result, ended_at) ON cases_action
    TO locality_app;

CALL locality.protect('cases_review', via => 'case_id', parent => 'cases_case', author => 'made_by_id');
GRANT SELECT, INSERT ON cases_review TO locality_app;

-- A note is its author's agency's until that agency discloses it: seeing the case is not enough.
CALL locality.protect('cases_note', via => 'case_id', parent => 'cases_case', inherits => false, author => 'made_by_id');
GRANT SELECT, INSERT ON cases_note TO locality_app;

-- A request shows to the team, and to the agency that was asked.
CALL locality.protect('cases_request', via => 'case_id', parent => 'cases_case', changes => 'team', author => 'asked_by_id');
CREATE POLICY asked ON cases_request FOR SELECT TO locality_app USING (
    agency_id = (SELECT locality.agency()) AND purpose_id = (SELECT locality.purpose())
    AND case_id <> ALL ((SELECT locality.conflicts())::uuid[]) AND marking < 3);
CREATE POLICY answer ON cases_request FOR UPDATE TO locality_app USING (
    agency_id = (SELECT locality.agency()) AND purpose_id = (SELECT locality.purpose())
    AND case_id <> ALL ((SELECT locality.conflicts())::uuid[]) AND marking < 3);
GRANT SELECT, INSERT, UPDATE (answer, refused_why, disclosure_id, answered_by_id, answered_at)
    ON cases_request TO locality_app;
