-- Who may see and change what sharing itself keeps.
CALL locality.open_to_all('sharing_agency');
CALL locality.open_to_all('sharing_role');
CALL locality.open_to_all('sharing_purpose');
CALL locality.open_to_all('sharing_post');
CALL locality.open_to_all('sharing_agreement');
CALL locality.open_to_all('sharing_party');
CALL locality.open_to_all('sharing_coverage');

-- Somebody who signs in is found by the sign-in pages; whoever is acting sees only themselves.
CREATE POLICY sign_in ON sharing_user TO locality_login USING (true) WITH CHECK (true);
CREATE POLICY self ON sharing_user FOR SELECT TO locality_app
    USING (id = (SELECT locality.person()));
GRANT SELECT, UPDATE (password, last_login) ON sharing_user TO locality_login;
GRANT SELECT ON sharing_user TO locality_app;
CREATE POLICY sign_in ON sharing_post FOR SELECT TO locality_login USING (true);
CREATE POLICY sign_in ON sharing_agency FOR SELECT TO locality_login USING (true);
CREATE POLICY sign_in ON sharing_role FOR SELECT TO locality_login USING (true);
CREATE POLICY sign_in ON sharing_purpose FOR SELECT TO locality_login USING (true);
GRANT SELECT ON sharing_post, sharing_agency, sharing_role, sharing_purpose TO locality_login;

-- A circle shows to its members, to its own agency when cleared for it, and to whoever made it
-- until somebody is in it. The names of front doors and panels are public.
CREATE OR REPLACE FUNCTION locality.is_empty(circle uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS
$$ SELECT NOT EXISTS (SELECT FROM public.sharing_member m WHERE m.circle_id = circle) $$;
CREATE POLICY see ON sharing_circle FOR SELECT TO locality_app USING (
    id = ANY ((SELECT locality.circles())::uuid[])
    OR get_bit((SELECT locality.own()), label_id) <> 0
    OR (made_by_id = (SELECT locality.post()) AND locality.is_empty(id))
    OR (kind IN ('front door', 'panel') AND (SELECT locality.agency()) IS NOT NULL));
CREATE POLICY add ON sharing_circle FOR INSERT TO locality_app WITH CHECK (
    owner_id = (SELECT locality.agency()) AND made_by_id = (SELECT locality.post())
    AND purpose_id = (SELECT locality.purpose()) AND kind NOT IN ('front door', 'panel'));
-- An edit that names no row reaches only those that show: so this says again who sees it.
CREATE POLICY change ON sharing_circle FOR UPDATE TO locality_app
    USING (owner_id = (SELECT locality.agency()) AND kind NOT IN ('front door', 'panel')
           AND (id = ANY ((SELECT locality.circles())::uuid[])
                OR get_bit((SELECT locality.own()), label_id) <> 0
                OR (made_by_id = (SELECT locality.post()) AND locality.is_empty(id))));
GRANT SELECT, INSERT, UPDATE (closed_on) ON sharing_circle TO locality_app;

-- Only the agency that runs a circle says who is in it; nobody joins one they cannot see.
CREATE POLICY see ON sharing_member FOR SELECT TO locality_app USING (
    post_id = (SELECT locality.post())
    OR EXISTS (SELECT FROM sharing_circle c WHERE c.id = circle_id));
CREATE POLICY add ON sharing_member FOR INSERT TO locality_app WITH CHECK (
    EXISTS (SELECT FROM sharing_circle c
            WHERE c.id = circle_id AND c.owner_id = (SELECT locality.agency())
              AND c.kind NOT IN ('front door', 'panel')));
CREATE POLICY change ON sharing_member FOR UPDATE TO locality_app USING (
    EXISTS (SELECT FROM sharing_circle c
            WHERE c.id = circle_id AND c.owner_id = (SELECT locality.agency())
              AND c.kind NOT IN ('front door', 'panel')));
GRANT SELECT, INSERT, UPDATE (until, left_at, part) ON sharing_member TO locality_app;

-- Whether the actor sees a circle, asked as themselves: a policy that asked it in its own words
-- would come back to disclosures by way of requests.
CREATE OR REPLACE FUNCTION locality.circle_shows(circle uuid) RETURNS boolean
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN EXISTS (SELECT FROM public.sharing_circle c WHERE c.id = circle);
END $$;

-- A disclosure shows, when they are cleared for what is in it, to the circle it was made to and to
-- the agency that made it. It says why something was needed, and so does not show to anybody who
-- is kept from something in it.
CREATE OR REPLACE FUNCTION locality.kept_from_sharing_disclosure(row_id uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT EXISTS (SELECT FROM public.sharing_disclosed d
                   WHERE d.disclosure_id = row_id AND locality.kept_from_item(d.kind, d.item))
$$;
CREATE POLICY kept ON sharing_disclosure AS RESTRICTIVE TO locality_app USING (
    cardinality((SELECT locality.conflicts())) = 0
    OR NOT locality.kept_from_sharing_disclosure(id));
CREATE POLICY see ON sharing_disclosure FOR SELECT TO locality_app USING (
    (circle_id = ANY ((SELECT locality.circles())::uuid[])
     AND get_bit((SELECT locality.team()), label_id) <> 0)
    OR given_by_id = (SELECT locality.post())
    OR get_bit((SELECT locality.own()), label_id) <> 0);
CREATE POLICY add ON sharing_disclosure FOR INSERT TO locality_app WITH CHECK (
    owner_id = (SELECT locality.agency()) AND given_by_id = (SELECT locality.post())
    AND purpose_id = (SELECT locality.purpose())
    AND locality.circle_shows(circle_id));
CREATE POLICY change ON sharing_disclosure FOR UPDATE TO locality_app USING (
    owner_id = (SELECT locality.agency())
    AND (given_by_id = (SELECT locality.post())
         OR get_bit((SELECT locality.own()), label_id) <> 0));
GRANT SELECT, INSERT, UPDATE (until, withdrawn_at, withdrawn_why) ON sharing_disclosure
    TO locality_app;

-- What is in it shows to the circle by identifier alone: each item's own policy has the last word.
CREATE POLICY see ON sharing_disclosed FOR SELECT TO locality_app USING (
    circle_id = ANY ((SELECT locality.circles())::uuid[])
    OR EXISTS (SELECT FROM sharing_disclosure d WHERE d.id = disclosure_id));
CREATE POLICY kept ON sharing_disclosed AS RESTRICTIVE FOR SELECT TO locality_app USING (
    cardinality((SELECT locality.conflicts())) = 0
    OR NOT locality.kept_from_item(kind, item));
CREATE POLICY add ON sharing_disclosed FOR INSERT TO locality_app WITH CHECK (
    giver_id = (SELECT locality.agency())
    AND EXISTS (SELECT FROM sharing_disclosure d
                WHERE d.id = disclosure_id AND d.given_by_id = (SELECT locality.post())
                  AND d.owner_id = giver_id AND d.circle_id = sharing_disclosed.circle_id
                  AND d.purpose_id = sharing_disclosed.purpose_id
                  AND d.starts = sharing_disclosed.starts
                  AND d.until IS NOT DISTINCT FROM sharing_disclosed.until
                  AND d.withdrawn_at IS NULL));
GRANT SELECT, INSERT ON sharing_disclosed TO locality_app;

-- A conflict is declared by whoever knows of it. The one it names never reads it.
CREATE POLICY see ON sharing_conflict FOR SELECT TO locality_app USING (
    agency_id = (SELECT locality.agency()) AND user_id <> (SELECT locality.person())
    AND subject <> ALL ((SELECT locality.conflicts())::uuid[])
    AND (declared_by_id = (SELECT locality.post()) OR 'govern' = ANY ((SELECT locality.duties())::text[])));
CREATE POLICY add ON sharing_conflict FOR INSERT TO locality_app WITH CHECK (
    agency_id = (SELECT locality.agency()) AND declared_by_id = (SELECT locality.post()));
CREATE POLICY lift ON sharing_conflict FOR UPDATE TO locality_app USING (
    agency_id = (SELECT locality.agency()) AND user_id <> (SELECT locality.person())
    AND subject <> ALL ((SELECT locality.conflicts())::uuid[])
    AND 'govern' = ANY ((SELECT locality.duties())::text[]));
GRANT SELECT, INSERT, UPDATE (lifted_at) ON sharing_conflict TO locality_app;

-- The audit trail: you add what you yourself did; a governance lead reads their agency's, but not
-- of what they are kept from, nor of a conflict that names them.
CREATE POLICY see ON sharing_auditentry FOR SELECT TO locality_app USING (
    agency = (SELECT locality.agency())
    AND (post = (SELECT locality.post())
         OR ('govern' = ANY ((SELECT locality.duties())::text[])
             AND (kind <> 'sharing.conflict'
                  OR EXISTS (SELECT FROM sharing_conflict c WHERE c.id = record))
             AND (cardinality((SELECT locality.conflicts())) = 0
                  OR NOT locality.kept_from_item(kind, record)))));
CREATE POLICY add ON sharing_auditentry FOR INSERT TO locality_app WITH CHECK (
    person = (SELECT locality.person()) AND post = (SELECT locality.post())
    AND agency = (SELECT locality.agency()) AND purpose = (SELECT locality.purpose()));
GRANT SELECT, INSERT ON sharing_auditentry TO locality_app;

-- Looks are written by locality.consult alone.
CREATE POLICY see ON sharing_consultation FOR SELECT TO locality_app USING (
    agency = (SELECT locality.agency())
    AND (post = (SELECT locality.post()) OR 'govern' = ANY ((SELECT locality.duties())::text[])));
GRANT SELECT ON sharing_consultation TO locality_app;

CREATE POLICY see ON sharing_signin FOR SELECT TO locality_app USING (
    "user" = (SELECT locality.person())
    OR ('govern' = ANY ((SELECT locality.duties())::text[])
        AND EXISTS (SELECT FROM sharing_post p WHERE p.user_id = sharing_signin."user"
                    AND p.agency_id = (SELECT locality.agency()))));
GRANT SELECT ON sharing_signin TO locality_app;

-- What each role may call.
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA locality, locality_private FROM PUBLIC;
REVOKE ALL ON ALL PROCEDURES IN SCHEMA locality FROM PUBLIC;
GRANT EXECUTE ON FUNCTION
    locality.today(), locality.person(), locality.post(), locality.agency(), locality.purpose(),
    locality.duties(), locality.own(), locality.team(), locality.circles(), locality.conflicts(),
    locality.refresh_context(), locality.close_context(), locality.is_empty(uuid), locality.circle_shows(uuid),
    locality.kept_from_item(text, uuid), locality.kept_from_sharing_disclosure(uuid)
    TO locality_app;
GRANT EXECUTE ON FUNCTION
    locality.start_session(uuid, uuid, bytea, timestamptz, text, bytea),
    locality.end_session(text), locality.sign_in(uuid, text, text),
    locality.consult(text, text, text, text, uuid[], text),
    locality.open_context(text, text, uuid), locality.close_context(), locality.today()
    TO locality_login;
