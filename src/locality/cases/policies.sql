-- A case is its lead agency's; its team sees it because the lead agency disclosed it to them.
-- A sealed case (marking 3) shows to its live team alone.
CALL locality.protect('cases_case', about => 'id, about', changes => 'team', author => 'opened_by_id');
GRANT SELECT, INSERT, UPDATE (title, why, own_words, going_well, lead_id, state, review_on,
    closed_at, closed_by_id, closing, closing_says, version) ON cases_case TO locality_app;
-- A closed case stays closed: nothing in it is changed again, by anybody.
CREATE POLICY stays_closed ON cases_case AS RESTRICTIVE FOR UPDATE TO locality_app
    USING (state = 'open') WITH CHECK (true);

CALL locality.protect('cases_edit', via => 'case_id', parent => 'cases_case', author => 'made_by_id');
GRANT SELECT, INSERT ON cases_edit TO locality_app;

CALL locality.protect('cases_subject', via => 'case_id', about => 'person_id',
    parent => 'cases_case');
GRANT SELECT, INSERT ON cases_subject TO locality_app;

CALL locality.protect('cases_need', via => 'case_id', parent => 'cases_case', changes => 'team', author => 'made_by_id');
GRANT SELECT, INSERT, UPDATE (says, heading, met_at) ON cases_need TO locality_app;

CALL locality.protect('cases_goal', via => 'case_id', parent => 'cases_case', changes => 'team', author => 'made_by_id');
GRANT SELECT, INSERT, UPDATE (says, measure, by, grade, grade_says, graded_at, graded_by_id)
    ON cases_goal TO locality_app;

CALL locality.protect('cases_action', via => 'case_id', parent => 'cases_case', changes => 'team', author => 'made_by_id');
GRANT SELECT, INSERT, UPDATE (says, who_id, due, state, result, ended_at, ended_by_id)
    ON cases_action TO locality_app;

CALL locality.protect('cases_review', via => 'case_id', parent => 'cases_case', author => 'made_by_id');
GRANT SELECT, INSERT ON cases_review TO locality_app;

-- The plan is written only while the case is open.
DO $$ DECLARE part text; BEGIN
    FOREACH part IN ARRAY ARRAY['edit', 'subject', 'need', 'goal', 'action', 'review', 'request']
    LOOP
        EXECUTE format('CREATE POLICY while_open ON cases_%s AS RESTRICTIVE FOR INSERT '
            'TO locality_app WITH CHECK (EXISTS (SELECT FROM cases_case c '
            'WHERE c.id = case_id AND c.state = ''open''))', part);
        CONTINUE WHEN part = 'request';  -- whoever answers one does not see the case
        EXECUTE format('CREATE POLICY stays_closed ON cases_%s AS RESTRICTIVE FOR UPDATE '
            'TO locality_app USING (EXISTS (SELECT FROM cases_case c '
            'WHERE c.id = case_id AND c.state = ''open''))', part);
    END LOOP;
END $$;

-- A note is its author's agency's until that agency discloses it: seeing the case is not enough.
-- Whoever answers a request may write the answer without seeing the case.
CALL locality.protect('cases_note', via => 'case_id', parent => 'cases_case', inherits => false,
    adds => 'nobody');
CREATE POLICY add ON cases_note FOR INSERT TO locality_app WITH CHECK (
    owner_id = (SELECT locality.agency()) AND made_by_id = (SELECT locality.post())
    AND EXISTS (SELECT FROM cases_case c WHERE c.id = case_id AND c.state = 'open'));
CREATE POLICY answer ON cases_note FOR INSERT TO locality_app WITH CHECK (
    owner_id = (SELECT locality.agency()) AND made_by_id = (SELECT locality.post())
    AND EXISTS (SELECT FROM cases_request r
                WHERE r.id = request_id AND r.case_id = cases_note.case_id
                  AND r.agency_id = (SELECT locality.agency()) AND r.answer = 'waiting'));
GRANT SELECT, INSERT ON cases_note TO locality_app;

-- A request shows to the team, and to those in the agency that was asked who are cleared for
-- what it asks. Only they answer it; only the agency that asked calls it off.
CALL locality.protect('cases_request', via => 'case_id', parent => 'cases_case',
    author => 'asked_by_id');
CREATE POLICY asked ON cases_request FOR SELECT TO locality_app USING (
    agency_id = (SELECT locality.agency()) AND purpose_id = (SELECT locality.purpose())
    AND get_bit((SELECT locality.own()), agency_id * 64 + asked_category * 4 + 1) <> 0
    AND (cardinality((SELECT locality.conflicts())) = 0
         OR NOT locality.kept_from_cases_case(case_id)) AND marking < 3);
CREATE POLICY answer ON cases_request FOR UPDATE TO locality_app USING (
    agency_id = (SELECT locality.agency()) AND purpose_id = (SELECT locality.purpose())
    AND get_bit((SELECT locality.own()), agency_id * 64 + asked_category * 4 + 1) <> 0
    AND (cardinality((SELECT locality.conflicts())) = 0
         OR NOT locality.kept_from_cases_case(case_id)) AND marking < 3 AND answer = 'waiting')
    WITH CHECK (agency_id = (SELECT locality.agency()) AND answer <> 'no longer needed');
CREATE POLICY call_off ON cases_request FOR UPDATE TO locality_app
    USING (owner_id = (SELECT locality.agency()) AND answer = 'waiting'
           AND EXISTS (SELECT FROM cases_case c WHERE c.id = case_id AND c.state = 'open'))
    WITH CHECK (owner_id = (SELECT locality.agency()) AND answer = 'no longer needed');
GRANT SELECT, INSERT, UPDATE (answer, refused_why, refused_on, disclosure_id, answered_by_id, answered_at)
    ON cases_request TO locality_app;
-- Whoever is asked may see to whom the answer would go, while the question stands.
CREATE POLICY asked ON sharing_circle FOR SELECT TO locality_app USING (
    kind = 'case' AND EXISTS (SELECT FROM cases_request r
        WHERE r.circle_id = sharing_circle.id AND r.agency_id = (SELECT locality.agency())
          AND r.answer = 'waiting'));

-- What was told of a person is the teller's agency's, beneath its own record of them; whom it was
-- told sees it by the disclosure alone.
CALL locality.protect('cases_telling', via => 'record_id', parent => 'people_record',
    author => 'made_by_id', inherits => false);
GRANT SELECT, INSERT ON cases_telling TO locality_app;

-- Whoever is kept from a case, or from whom something was told, does not see who is on its team or
-- was told either, nor in the trail who came and went.
CREATE OR REPLACE FUNCTION locality.kept_from_case_circle(circle uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT EXISTS (SELECT FROM public.cases_case c
                   WHERE c.circle_id = circle AND locality.kept_from_cases_case(c.id))
        OR EXISTS (SELECT FROM public.cases_telling t
                   WHERE t.circle_id = circle AND locality.kept_from_cases_telling(t.id))
$$;
REVOKE ALL ON FUNCTION locality.kept_from_case_circle(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION locality.kept_from_case_circle(uuid) TO locality_app;
CREATE POLICY kept_from_case ON sharing_circle AS RESTRICTIVE TO locality_app USING (
    cardinality((SELECT locality.conflicts())) = 0
    OR NOT locality.kept_from_case_circle(id));
CREATE POLICY kept_from_case ON sharing_auditentry AS RESTRICTIVE FOR SELECT TO locality_app USING (
    cardinality((SELECT locality.conflicts())) = 0
    OR NOT locality.kept_from_case_circle(locality.circle_of(kind, record)));

-- For a governance lead who asks about a look: whether any work joins a colleague to a person.
-- They did something in it, or are or were in a circle that was shown it. Nothing else is told.
CREATE OR REPLACE FUNCTION locality.tied(colleague uuid, whom uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    WITH same AS (
        SELECT array_agg(id) AS ids FROM (
            SELECT whom AS id
            UNION SELECT s.was_id FROM public.people_sameperson s WHERE s.now_id = whom) one
    ), work AS (
        SELECT r.id FROM public.people_record r, same WHERE r.person_id = ANY (ids)
        UNION SELECT c.id FROM public.intake_concern c, same WHERE c.about && ids
        UNION SELECT c.id FROM public.cases_case c, same WHERE c.about && ids
    )
    SELECT 'govern' = ANY (locality.duties())
       AND EXISTS (SELECT FROM public.sharing_post p
                   WHERE p.id = colleague AND p.agency_id = locality.agency())
       AND (EXISTS (SELECT FROM public.sharing_auditentry e JOIN work ON work.id = e.record
                    WHERE e.post = colleague)
            OR EXISTS (SELECT FROM public.sharing_disclosed d JOIN work ON work.id = d.item
                       JOIN public.sharing_member m ON m.circle_id = d.circle_id
                       WHERE m.post_id = colleague))
$$;
REVOKE ALL ON FUNCTION locality.tied(uuid, uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION locality.tied(uuid, uuid) TO locality_app;

-- For whoever answers somebody who asks what is held about them: one's own agency's notes about them,
-- also where what they belong to is another agency's and does not show. Each row's own policy has
-- the last word.
CREATE OR REPLACE FUNCTION locality.notes_about(people uuid[]) RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT part.id FROM public.cases_note part JOIN public.cases_case whole ON whole.id = part.case_id
    WHERE whole.about && people AND part.owner_id = locality.agency()
$$;
REVOKE ALL ON FUNCTION locality.notes_about(uuid[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION locality.notes_about(uuid[]) TO locality_app;
