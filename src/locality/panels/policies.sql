-- A panel's terms, who sits on it, and when and where it meets, are known to all partners: whoever
-- leads a case must know to whom it would be shown. Who came shows to those who sit on it.
CALL locality.open_to_all('panels_panel');

CREATE POLICY see ON panels_meeting FOR SELECT TO locality_app
    USING ((SELECT locality.agency()) IS NOT NULL);
-- Its coordinator and its chair, who may be of different agencies, run it.
CREATE POLICY add ON panels_meeting FOR INSERT TO locality_app WITH CHECK (
    EXISTS (SELECT FROM panels_panel p
            WHERE p.id = panel_id AND p.circle_id = ANY ((SELECT locality.circles())::uuid[]))
    AND (SELECT locality.duties())::text[] && '{coordinate,chair}');
CREATE POLICY change ON panels_meeting FOR UPDATE TO locality_app USING (
    EXISTS (SELECT FROM panels_panel p
            WHERE p.id = panel_id AND p.circle_id = ANY ((SELECT locality.circles())::uuid[]))
    AND (SELECT locality.duties())::text[] && '{coordinate,chair}'
    AND state = 'planned') WITH CHECK (true);  -- what was held or called off stays so
GRANT SELECT, INSERT, UPDATE (starts_at, "where", state, held_at) ON panels_meeting TO locality_app;

-- What is said about a case shows to whoever sees the case: its team, and the panel it was
-- disclosed to. Items carry the case's label, so that disclosing the case discloses them.
CALL locality.protect('panels_item', via => 'case_id', parent => 'cases_case', changes => 'team', author => 'put_forward_by_id');
GRANT SELECT, INSERT, UPDATE (listed, "order", question, not_selected_why, chosen_by_id, chosen_at,
    chosen_why) ON panels_item TO locality_app;

CALL locality.protect('panels_research', via => 'case_id', parent => 'cases_case',
    changes => 'team');
GRANT SELECT, INSERT, UPDATE (held, answered_by_id, answered_at, refused_why) ON panels_research
    TO locality_app;
-- An agency answers for itself, once.
CREATE POLICY itself ON panels_research AS RESTRICTIVE FOR UPDATE TO locality_app
    USING (agency_id = (SELECT locality.agency()) AND held = 'waiting') WITH CHECK (true);

CALL locality.protect('panels_return', via => 'case_id', parent => 'cases_case', inherits => false);
CREATE POLICY itself ON panels_return AS RESTRICTIVE FOR INSERT TO locality_app WITH CHECK (
    EXISTS (SELECT FROM panels_research r
            WHERE r.id = research_id AND r.case_id = panels_return.case_id
              AND r.agency_id = (SELECT locality.agency())));
GRANT SELECT, INSERT ON panels_return TO locality_app;

CREATE POLICY see ON panels_present FOR SELECT TO locality_app USING (
    post_id = (SELECT locality.post())
    OR EXISTS (SELECT FROM panels_meeting m JOIN panels_panel p ON p.id = m.panel_id
               WHERE m.id = meeting_id
                 AND p.circle_id = ANY ((SELECT locality.circles())::uuid[])));
-- Those who run the meeting say who came, until it is over.
CREATE POLICY add ON panels_present FOR INSERT TO locality_app WITH CHECK (
    (SELECT locality.duties())::text[] && '{coordinate,chair}'
    AND EXISTS (SELECT FROM panels_meeting m JOIN panels_panel p ON p.id = m.panel_id
            WHERE m.id = meeting_id AND m.state = 'planned'
              AND p.circle_id = ANY ((SELECT locality.circles())::uuid[])));
CREATE POLICY left_out ON panels_present FOR DELETE TO locality_app USING (
    (SELECT locality.duties())::text[] && '{coordinate,chair}'
    AND EXISTS (SELECT FROM panels_meeting m JOIN panels_panel p ON p.id = m.panel_id
            WHERE m.id = meeting_id AND m.state = 'planned'
              AND p.circle_id = ANY ((SELECT locality.circles())::uuid[])));
GRANT SELECT, INSERT, DELETE ON panels_present TO locality_app;

CALL locality.protect('panels_interest', via => 'case_id', parent => 'cases_case');
GRANT SELECT, INSERT ON panels_interest TO locality_app;

CALL locality.protect('panels_decision', via => 'case_id', parent => 'cases_case', author => 'decided_by_id');
GRANT SELECT, INSERT ON panels_decision TO locality_app;  -- no UPDATE, no DELETE: written once

CALL locality.protect('panels_agreedaction', via => 'case_id', parent => 'cases_case');
GRANT SELECT, INSERT ON panels_agreedaction TO locality_app;

-- For whoever answers somebody who asks what is held about them: one's own agency's returns about them,
-- also where what they belong to is another agency's and does not show. Each row's own policy has
-- the last word.
CREATE OR REPLACE FUNCTION locality.returns_about(people uuid[]) RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT part.id FROM public.panels_return part JOIN public.cases_case whole ON whole.id = part.case_id
    WHERE whole.about && people AND part.owner_id = locality.agency()
$$;
REVOKE ALL ON FUNCTION locality.returns_about(uuid[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION locality.returns_about(uuid[]) TO locality_app;
