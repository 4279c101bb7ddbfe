-- Who may see and change what sharing itself keeps.
CALL locality.open_to_all('sharing_agency');
CALL locality.open_to_all('sharing_role');
CALL locality.open_to_all('sharing_purpose');
CALL locality.open_to_all('sharing_post');
CALL locality.open_to_all('sharing_agreement');
CALL locality.open_to_all('sharing_party');
CALL locality.open_to_all('sharing_coverage');
CALL locality.open_to_all('sharing_agreementstep');

-- A governance lead writes a draft and takes steps, in their own name. What a step does, and that
-- nobody opens anything alone, is in sql/agreements.sql; no state is written from outside.
CREATE POLICY add ON sharing_agreement FOR INSERT TO locality_app WITH CHECK (
    'govern' = ANY ((SELECT locality.duties())::text[])
    AND written_by_id = (SELECT locality.post()) AND state = 'draft');
CREATE POLICY change ON sharing_agreement FOR UPDATE TO locality_app
    USING (locality.may_draft(id));
GRANT INSERT, UPDATE (name, purpose_id, gateway, conditions, document, starts, until, review_by,
    version) ON sharing_agreement TO locality_app;
CREATE POLICY add ON sharing_party FOR INSERT TO locality_app
    WITH CHECK (locality.may_draft(agreement_id));
CREATE POLICY change ON sharing_party FOR UPDATE TO locality_app
    USING (locality.may_draft(agreement_id));
GRANT INSERT, UPDATE (gives, gets, signatory) ON sharing_party TO locality_app;
CREATE POLICY add ON sharing_coverage FOR INSERT TO locality_app
    WITH CHECK (locality.may_draft(agreement_id));
CREATE POLICY change ON sharing_coverage FOR UPDATE TO locality_app
    USING (locality.may_draft(agreement_id));
GRANT INSERT, UPDATE (up_to, needs_consent) ON sharing_coverage TO locality_app;
CREATE POLICY add ON sharing_agreementstep FOR INSERT TO locality_app WITH CHECK (
    by_id = (SELECT locality.post()) AND agency_id = (SELECT locality.agency())
    AND locality.may_step(agreement_id, step, answers_id));
GRANT INSERT ON sharing_agreementstep TO locality_app;

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

-- Whether somebody, once in a circle of the actor's agency, would stand on both sides: they would
-- lose sight of whom they help already, or see whom they must not. Answered of one's own circles alone.
CREATE OR REPLACE FUNCTION locality.between_sides(joining uuid, circle uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    WITH whom AS (
        SELECT w.person FROM public.sharing_workswith w JOIN public.sharing_circle c
          ON c.id = w.circle_id AND c.owner_id = locality.agency() WHERE c.id = circle
    ), theirs AS (
        SELECT w.circle_id, w.person FROM public.sharing_workswith w
        JOIN public.sharing_circle c ON c.id = w.circle_id AND c.id <> circle
        JOIN public.sharing_member m ON m.circle_id = c.id
        JOIN public.sharing_post p ON p.id = m.post_id
        WHERE p.user_id = (SELECT user_id FROM public.sharing_post WHERE id = joining)
          AND m.left_at IS NULL AND (m.until IS NULL OR m.until >= locality.today())
          AND (c.closed_on IS NULL OR c.closed_on >= locality.today())
    )
    SELECT EXISTS (
        SELECT FROM public.sharing_apart a WHERE a.ended_at IS NULL AND (
            (a.protected IN (SELECT person FROM whom) AND EXISTS (
                SELECT FROM theirs t WHERE t.person = a.feared AND NOT EXISTS (
                    SELECT FROM theirs too
                    WHERE too.circle_id = t.circle_id AND too.person = a.protected)))
            OR (a.feared IN (SELECT person FROM whom)
                AND a.protected NOT IN (SELECT person FROM whom)
                AND a.protected IN (SELECT person FROM theirs))))
$$;
-- Of which circle an entry of the trail speaks: of itself or of who came to it or left.
CREATE OR REPLACE FUNCTION locality.circle_of(kind text, row_id uuid) RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT CASE kind WHEN 'sharing.circle' THEN row_id WHEN 'sharing.member' THEN
        (SELECT m.circle_id FROM public.sharing_member m WHERE m.id = row_id) END
$$;
-- Only the agency that runs a circle says who is in it; nobody joins one they cannot see, or
-- who would stand on both sides.
CREATE POLICY see ON sharing_member FOR SELECT TO locality_app USING (
    post_id = (SELECT locality.post())
    OR EXISTS (SELECT FROM sharing_circle c WHERE c.id = circle_id));
CREATE POLICY add ON sharing_member FOR INSERT TO locality_app WITH CHECK (
    EXISTS (SELECT FROM sharing_circle c
            WHERE c.id = circle_id AND c.owner_id = (SELECT locality.agency())
              AND c.kind NOT IN ('front door', 'panel'))
    AND NOT locality.between_sides(post_id, circle_id));
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
CREATE POLICY kept ON sharing_disclosure AS RESTRICTIVE FOR SELECT TO locality_app USING (
    cardinality((SELECT locality.conflicts())) = 0
    OR NOT locality.kept_from_sharing_disclosure(id));
CREATE POLICY kept_change ON sharing_disclosure AS RESTRICTIVE FOR UPDATE TO locality_app USING (
    cardinality((SELECT locality.conflicts())) = 0
    OR NOT locality.kept_from_sharing_disclosure(id));
CREATE POLICY see ON sharing_disclosure FOR SELECT TO locality_app USING (
    (circle_id = ANY ((SELECT locality.circles())::uuid[])
     AND get_bit((SELECT locality.team()), label_id) <> 0
     AND (recipients IS NULL OR (SELECT locality.post()) = ANY (recipients))
     AND (get_bit((SELECT locality.asked()), label_id) = 0
          OR locality.consented_sharing_disclosure(id)))
    OR given_by_id = (SELECT locality.post())
    OR get_bit((SELECT locality.own()), label_id) <> 0);
CREATE POLICY add ON sharing_disclosure FOR INSERT TO locality_app WITH CHECK (
    locality.writes_as(owner_id, given_by_id) AND purpose_id = (SELECT locality.purpose())
    AND locality.circle_shows(circle_id));
CREATE POLICY change ON sharing_disclosure FOR UPDATE TO locality_app USING (
    owner_id = (SELECT locality.agency())
    AND (given_by_id = (SELECT locality.post())
         OR get_bit((SELECT locality.own()), label_id) <> 0));
GRANT SELECT, INSERT, UPDATE (until, withdrawn_at, withdrawn_why) ON sharing_disclosure
    TO locality_app;

-- Whether the actor makes a disclosure, with these terms, and is kept from nothing in it.
CREATE OR REPLACE FUNCTION locality.gives(
    disclosure uuid, giver int, to_circle uuid, for_purpose int, from_day date, to_day date,
    to_posts uuid[]
) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN EXISTS (
        SELECT FROM locality_private.context x JOIN public.sharing_disclosure d
          ON d.owner_id = x.agency AND d.given_by_id = x.post
        WHERE x.pid = pg_backend_pid() AND x.began = transaction_timestamp()
          AND d.id = disclosure AND d.owner_id = giver AND d.circle_id = to_circle
          AND d.purpose_id = for_purpose AND d.starts = from_day
          AND d.until IS NOT DISTINCT FROM to_day
          AND d.recipients IS NOT DISTINCT FROM to_posts AND d.withdrawn_at IS NULL
          AND (cardinality(x.conflicts) = 0
               OR NOT locality.kept_from_sharing_disclosure(disclosure)));
END $$;

-- What is in it shows to the circle by identifier alone: each item's own policy has the last word.
CREATE POLICY see ON sharing_disclosed FOR SELECT TO locality_app USING (
    (circle_id = ANY ((SELECT locality.circles())::uuid[])
     AND (recipients IS NULL OR (SELECT locality.post()) = ANY (recipients)))
    OR EXISTS (SELECT FROM sharing_disclosure d WHERE d.id = disclosure_id));
CREATE POLICY kept ON sharing_disclosed AS RESTRICTIVE FOR SELECT TO locality_app USING (
    cardinality((SELECT locality.conflicts())) = 0
    OR NOT locality.kept_from_item(kind, item));
CREATE POLICY add ON sharing_disclosed FOR INSERT TO locality_app WITH CHECK (
    locality.gives(disclosure_id, giver_id, circle_id, purpose_id, starts, until, recipients));
GRANT SELECT, INSERT ON sharing_disclosed TO locality_app;

-- That it was received is said by whoever sees it of another agency, in their own name, while it is
-- shown; it shows to whoever sees the disclosure.
CREATE POLICY see ON sharing_received FOR SELECT TO locality_app USING (
    EXISTS (SELECT FROM sharing_disclosure d WHERE d.id = disclosure_id));
CREATE POLICY add ON sharing_received FOR INSERT TO locality_app WITH CHECK (
    post_id = (SELECT locality.post())
    AND EXISTS (SELECT FROM sharing_disclosure d
                WHERE d.id = disclosure_id AND d.owner_id <> (SELECT locality.agency())
                  AND d.withdrawn_at IS NULL));
GRANT SELECT, INSERT ON sharing_received TO locality_app;

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

-- That two people must be kept apart is said by whoever helps the one who is kept safe, and shows
-- to them and to their agency's leads; not to anybody who is kept from either.
CREATE POLICY see ON sharing_apart FOR SELECT TO locality_app USING (
    agency_id = (SELECT locality.agency())
    AND NOT ARRAY[protected, feared] && (SELECT locality.conflicts())
    AND (declared_by_id = (SELECT locality.post()) OR 'govern' = ANY ((SELECT locality.duties())::text[])));
CREATE POLICY add ON sharing_apart FOR INSERT TO locality_app WITH CHECK (
    agency_id = (SELECT locality.agency()) AND declared_by_id = (SELECT locality.post()));
CREATE POLICY finish ON sharing_apart FOR UPDATE TO locality_app USING (
    agency_id = (SELECT locality.agency())
    AND NOT ARRAY[protected, feared] && (SELECT locality.conflicts())
    AND 'govern' = ANY ((SELECT locality.duties())::text[]));
GRANT SELECT, INSERT, UPDATE (ended_at) ON sharing_apart TO locality_app;

-- That something must be kept is said by whoever works with it, and shows to them and to their
-- agency's leads; not to anybody who is kept from it. A lead lifts it.
CREATE POLICY see ON sharing_hold FOR SELECT TO locality_app USING (
    agency_id = (SELECT locality.agency()) AND subject <> ALL ((SELECT locality.conflicts())::uuid[])
    AND (declared_by_id = (SELECT locality.post()) OR 'govern' = ANY ((SELECT locality.duties())::text[])));
CREATE POLICY add ON sharing_hold FOR INSERT TO locality_app WITH CHECK (
    agency_id = (SELECT locality.agency()) AND declared_by_id = (SELECT locality.post()));
CREATE POLICY lift ON sharing_hold FOR UPDATE TO locality_app USING (
    agency_id = (SELECT locality.agency()) AND subject <> ALL ((SELECT locality.conflicts())::uuid[])
    AND 'govern' = ANY ((SELECT locality.duties())::text[]));
GRANT SELECT, INSERT, UPDATE (lifted_at) ON sharing_hold TO locality_app;

-- How long an agency keeps what is no secret; a lead says it, for their own agency and in their own
-- name. Nothing that was said is changed: the last one counts.
CALL locality.open_to_all('sharing_ownschedule');
CREATE POLICY add ON sharing_ownschedule FOR INSERT TO locality_app WITH CHECK (
    agency_id = (SELECT locality.agency()) AND said_by_id = (SELECT locality.post())
    AND 'govern' = ANY ((SELECT locality.duties())::text[])
    AND abs(extract(epoch FROM said_at - now())) < 300);
GRANT INSERT ON sharing_ownschedule TO locality_app;

-- Whose time is over shows to the leads of the agency that owns it, and of those that own a part of
-- it, not to one who is kept from it or from anybody in it. That others have a part is told to nobody:
-- it may be what must stay hidden. The owner's job alone writes it.
CREATE POLICY see ON sharing_disposal FOR SELECT TO locality_app USING (
    'govern' = ANY ((SELECT locality.duties())::text[])
    AND (agency_id = (SELECT locality.agency()) OR (SELECT locality.agency()) = ANY (others))
    AND (cardinality((SELECT locality.conflicts())) = 0
         OR NOT locality.kept_from_item(kind, record)));
GRANT SELECT (id, schedule_id, agency_id, kind, record, reference, since, asked_at, done_at, "left") ON sharing_disposal TO locality_app;

-- What a lead says of it shows to the leads of their own agency, and is said once, in their own name.
CREATE POLICY see ON sharing_disposalstep FOR SELECT TO locality_app USING (
    agency_id = (SELECT locality.agency())
    AND EXISTS (SELECT FROM sharing_disposal d WHERE d.id = disposal_id));
CREATE POLICY add ON sharing_disposalstep FOR INSERT TO locality_app WITH CHECK (
    agency_id = (SELECT locality.agency()) AND by_id = (SELECT locality.post())
    AND abs(extract(epoch FROM at - now())) < 300
    AND EXISTS (SELECT FROM sharing_disposal d WHERE d.id = disposal_id AND d.done_at IS NULL));
GRANT SELECT, INSERT ON sharing_disposalstep TO locality_app;

-- Whom a circle works with is said by whoever makes it, and read by nobody: only the rule asks it.
CREATE POLICY add ON sharing_workswith FOR INSERT TO locality_app WITH CHECK (
    EXISTS (SELECT FROM sharing_circle c
            WHERE c.id = circle_id AND c.owner_id = (SELECT locality.agency())
              AND c.made_by_id = (SELECT locality.post()) AND locality.is_empty(c.id)));
GRANT SELECT, INSERT ON sharing_workswith TO locality_app;

-- What people answered when an agency asked them shows to colleagues of that agency who are cleared to
-- know who they are and see them (people/policies.sql); not in an emergency. Each answer is in the
-- name of whoever heard it, of kinds of information they are cleared for, and ends once.
CALL locality.keep_parts('sharing_consent', NULL, 'person', NULL);
CREATE POLICY see ON sharing_consent FOR SELECT TO locality_app USING (
    get_bit((SELECT locality.own()), label_id) <> 0);
CREATE POLICY add ON sharing_consent FOR INSERT TO locality_app WITH CHECK (
    get_bit((SELECT locality.own()), label_id) <> 0
    AND taken_by_id = (SELECT locality.post()) AND ended_at IS NULL
    AND NOT EXISTS (SELECT FROM unnest(categories) what
                    WHERE ((SELECT locality.cleared())::smallint[])[what + 1] < 0));
CREATE POLICY finish ON sharing_consent FOR UPDATE TO locality_app
    USING (get_bit((SELECT locality.own()), label_id) <> 0 AND ended_at IS NULL)
    WITH CHECK (get_bit((SELECT locality.own()), label_id) <> 0);
GRANT SELECT, INSERT, UPDATE (ended_at, ended_why) ON sharing_consent TO locality_app;

-- The audit trail: you add what you yourself did; a governance lead reads their agency's, but not
-- of what they are kept from, nor of a conflict that names them, nor how their own look was judged.
CREATE POLICY see ON sharing_auditentry FOR SELECT TO locality_app USING (
    agency = (SELECT locality.agency())
    AND (post = (SELECT locality.post())
         OR ('govern' = ANY ((SELECT locality.duties())::text[])
             AND (kind <> 'sharing.conflict'
                  OR EXISTS (SELECT FROM sharing_conflict c WHERE c.id = record))
             AND (kind <> 'sharing.apart'
                  OR EXISTS (SELECT FROM sharing_apart a WHERE a.id = record))
             AND (kind <> 'sharing.hold'
                  OR EXISTS (SELECT FROM sharing_hold h WHERE h.id = record))
             AND (kind <> 'sharing.disposal'
                  OR EXISTS (SELECT FROM sharing_disposal d
                             WHERE d.id = sharing_auditentry.record))
             AND (kind <> 'sharing.emergencyaccess'
                  OR EXISTS (SELECT FROM sharing_emergencyaccess e WHERE e.id = record))
             AND (kind <> 'sharing.emergencyreview'
                  OR EXISTS (SELECT FROM sharing_emergencyreview r WHERE r.id = record))
             AND (kind <> 'sharing.lookreview'
                  OR EXISTS (SELECT FROM sharing_lookreview r WHERE r.id = record))
             AND (kind <> 'sharing.subjectrequest'
                  OR EXISTS (SELECT FROM sharing_subjectrequest r WHERE r.id = record))
             AND (cardinality((SELECT locality.conflicts())) = 0
                  OR NOT locality.kept_from_item(kind, record)))));
CREATE POLICY add ON sharing_auditentry FOR INSERT TO locality_app WITH CHECK (
    locality.acts_as(agency, post, purpose, person));
GRANT SELECT, INSERT ON sharing_auditentry TO locality_app;

-- Looks are written by locality.consult alone.
-- A lead reads those of their agency's people, but not at what they are kept from.
CREATE POLICY see ON sharing_consultation FOR SELECT TO locality_app USING (
    agency = (SELECT locality.agency())
    AND (post = (SELECT locality.post())
         OR ('govern' = ANY ((SELECT locality.duties())::text[])
             AND NOT records && (SELECT locality.conflicts()))));
GRANT SELECT ON sharing_consultation TO locality_app;

-- Emergency access shows to whoever has it, and at once to the leads of their agency and of every
-- agency that holds records about the person; not to a lead who is kept from that person. It is
-- given by locality.take_emergency_access alone.
CREATE POLICY see ON sharing_emergencyaccess FOR SELECT TO locality_app USING (
    post_id = (SELECT locality.post())
    OR ('govern' = ANY ((SELECT locality.duties())::text[])
        AND (agency_id = (SELECT locality.agency()) OR (SELECT locality.agency()) = ANY (owners))
        AND NOT subjects && (SELECT locality.conflicts())));
CREATE POLICY change ON sharing_emergencyaccess FOR UPDATE TO locality_app USING (
    post_id = (SELECT locality.post())
    OR ('govern' = ANY ((SELECT locality.duties())::text[])
        AND (agency_id = (SELECT locality.agency()) OR (SELECT locality.agency()) = ANY (owners))
        AND NOT subjects && (SELECT locality.conflicts())));
-- Not who holds records: that a certain agency does may be what must stay hidden.
GRANT SELECT (id, post_id, person, agency_id, purpose_id, subjects, reason, given_at, until,
    revoked_at, transaction), UPDATE (revoked_at) ON sharing_emergencyaccess TO locality_app;

-- A lead of the agency whose post used it says what they found, never of their own. Whoever sees
-- another's use at all is a lead.
CREATE POLICY see ON sharing_emergencyreview FOR SELECT TO locality_app USING (
    EXISTS (SELECT FROM sharing_emergencyaccess e WHERE e.id = access_id));
CREATE POLICY add ON sharing_emergencyreview FOR INSERT TO locality_app WITH CHECK (
    agency_id = (SELECT locality.agency()) AND by_id = (SELECT locality.post())
    AND EXISTS (SELECT FROM sharing_emergencyaccess e
                WHERE e.id = access_id AND e.agency_id = sharing_emergencyreview.agency_id
                  AND e.person <> (SELECT locality.person())));
GRANT SELECT, INSERT ON sharing_emergencyreview TO locality_app;

-- What came of asking about a look. Nobody judges their own, or reads how it was judged.
CREATE POLICY see ON sharing_lookreview FOR SELECT TO locality_app USING (
    agency_id = (SELECT locality.agency()) AND 'govern' = ANY ((SELECT locality.duties())::text[])
    AND EXISTS (SELECT FROM sharing_consultation c
                WHERE c.id = look AND c.person <> (SELECT locality.person())));
-- Whoever sees another's look at all is a lead of that agency.
CREATE POLICY add ON sharing_lookreview FOR INSERT TO locality_app WITH CHECK (
    agency_id = (SELECT locality.agency()) AND by_id = (SELECT locality.post())
    AND EXISTS (SELECT FROM sharing_consultation c
                WHERE c.id = look AND c.post = looker
                  AND c.person <> (SELECT locality.person())));
GRANT SELECT, INSERT ON sharing_lookreview TO locality_app;

-- What somebody asks about themselves shows to the leads of the agency they ask and to the colleagues
-- a lead asked to read for it; to nobody who is kept from them. Only leads write it down.
CREATE OR REPLACE FUNCTION locality.reads_for(asked uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT EXISTS (SELECT FROM public.sharing_subjectreader r
                   WHERE r.request_id = asked AND r.post_id = locality.post())
$$;
-- Asked apart, so that what is decided and what is signed off need not ask each other's policies.
CREATE OR REPLACE FUNCTION locality.signed_off(asked uuid, row_id uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT EXISTS (SELECT FROM public.sharing_subjectanswer a
                   WHERE a.request_id = asked AND a.item = row_id)
$$;
CREATE POLICY see ON sharing_subjectrequest FOR SELECT TO locality_app USING (
    agency_id = (SELECT locality.agency())
    AND ('govern' = ANY ((SELECT locality.duties())::text[]) OR locality.reads_for(id))
    AND NOT subjects && (SELECT locality.conflicts()));
CREATE POLICY add ON sharing_subjectrequest FOR INSERT TO locality_app WITH CHECK (
    agency_id = (SELECT locality.agency()) AND logged_by_id = (SELECT locality.post())
    AND 'govern' = ANY ((SELECT locality.duties())::text[]) AND subjects = '{}');
-- Who it is, is said by whoever is cleared to look: those who read for it.
CREATE POLICY change ON sharing_subjectrequest FOR UPDATE TO locality_app USING (
    agency_id = (SELECT locality.agency())
    AND ('govern' = ANY ((SELECT locality.duties())::text[]) OR locality.reads_for(id))
    AND NOT subjects && (SELECT locality.conflicts()))
    WITH CHECK (agency_id = (SELECT locality.agency()));
GRANT SELECT, INSERT, UPDATE (subjects) ON sharing_subjectrequest TO locality_app;
CREATE POLICY see ON sharing_subjectreader FOR SELECT TO locality_app USING (
    EXISTS (SELECT FROM sharing_subjectrequest r WHERE r.id = request_id));
CREATE POLICY add ON sharing_subjectreader FOR INSERT TO locality_app WITH CHECK (
    asked_by_id = (SELECT locality.post()) AND 'govern' = ANY ((SELECT locality.duties())::text[])
    AND EXISTS (SELECT FROM sharing_subjectrequest r WHERE r.id = request_id)
    AND EXISTS (SELECT FROM sharing_post p
                WHERE p.id = post_id AND p.agency_id = (SELECT locality.agency())));
CREATE POLICY finish ON sharing_subjectreader FOR UPDATE TO locality_app USING (
    post_id = (SELECT locality.post())
    AND EXISTS (SELECT FROM sharing_subjectrequest r WHERE r.id = request_id));
GRANT SELECT, INSERT, UPDATE (finished_at) ON sharing_subjectreader TO locality_app;
CREATE POLICY see ON sharing_subjectstep FOR SELECT TO locality_app USING (
    EXISTS (SELECT FROM sharing_subjectrequest r WHERE r.id = request_id));
CREATE POLICY add ON sharing_subjectstep FOR INSERT TO locality_app WITH CHECK (
    by_id = (SELECT locality.post()) AND 'govern' = ANY ((SELECT locality.duties())::text[])
    AND EXISTS (SELECT FROM sharing_subjectrequest r WHERE r.id = request_id));
GRANT SELECT, INSERT ON sharing_subjectstep TO locality_app;

-- Whether the actor sees a row of any kind, asked as themselves; and whether it is, where rows of
-- its kind are some agency's, their own agency's.
CREATE OR REPLACE FUNCTION locality.shows(kind text, item uuid, own boolean DEFAULT false)
RETURNS boolean LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    tbl regclass := to_regclass(format('public.%I', replace(kind, '.', '_')));
    shown boolean;
BEGIN
    IF NOT EXISTS (SELECT FROM pg_attribute WHERE attrelid = tbl AND attname = 'id')
       OR NOT has_column_privilege(tbl, 'id', 'SELECT') THEN RETURN false; END IF;
    EXECUTE format('SELECT EXISTS (SELECT FROM %s WHERE id = $1%s)', tbl,
        CASE WHEN own AND EXISTS (SELECT FROM pg_attribute
                                  WHERE attrelid = tbl AND attname = 'owner_id')
             THEN ' AND owner_id = locality.agency()' END) INTO shown USING item;
    RETURN shown;
END $$;
CREATE OR REPLACE FUNCTION locality.holds(kind text, item uuid) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS
$$ SELECT locality.shows(kind, item, true) $$;

-- What is decided about a row shows to those of a request's people who see the row itself. Whoever
-- reads for it decides, in their own name, until somebody else has signed it off.
CREATE POLICY see ON sharing_subjectitem FOR SELECT TO locality_app USING (
    EXISTS (SELECT FROM sharing_subjectrequest r WHERE r.id = request_id)
    AND locality.holds(kind, item));
CREATE POLICY add ON sharing_subjectitem FOR INSERT TO locality_app WITH CHECK (
    decided_by_id = (SELECT locality.post()) AND person = (SELECT locality.person())
    AND EXISTS (SELECT FROM sharing_subjectrequest r WHERE r.id = request_id)
    AND locality.reads_for(request_id) AND locality.holds(kind, item)
    AND NOT locality.signed_off(request_id, item));
GRANT SELECT, INSERT ON sharing_subjectitem TO locality_app;

-- What is signed off is given to the person, and so may be shown to the lead who hands it out,
-- whatever they are cleared for: that is what signing it off does. Nothing is told of what is
-- withheld, and nothing to whoever is kept from the row. Whoever signs is neither the one who
-- decided nor anybody who wrote the row, and signs the very words that were decided last.
CREATE POLICY see ON sharing_subjectanswer FOR SELECT TO locality_app USING (
    EXISTS (SELECT FROM sharing_subjectrequest r WHERE r.id = request_id)
    AND NOT locality.kept_from_item(kind, item)
    AND (given <> '[]' OR locality.holds(kind, item)));
CREATE POLICY add ON sharing_subjectanswer FOR INSERT TO locality_app WITH CHECK (
    signed_by_id = (SELECT locality.post()) AND person = (SELECT locality.person())
    AND locality.reads_for(request_id)
    AND EXISTS (SELECT FROM sharing_subjectitem i
                WHERE i.id = part_id AND i.request_id = sharing_subjectanswer.request_id
                  AND i.kind = sharing_subjectanswer.kind AND i.item = sharing_subjectanswer.item
                  AND i.given = sharing_subjectanswer.given AND i.told = sharing_subjectanswer.told
                  AND i.person <> (SELECT locality.person())
                  AND (SELECT locality.person()) <> ALL (i.authors)
                  AND NOT EXISTS (SELECT FROM sharing_subjectitem l
                                  WHERE l.request_id = i.request_id AND l.item = i.item
                                    AND l.decided_at > i.decided_at)));
GRANT SELECT, INSERT ON sharing_subjectanswer TO locality_app;

-- A correction stands beside what it corrects: whoever sees the row sees it, whatever agency they
-- are of, so that those with whom it was shared are told. Whoever reads for the request writes it.
CREATE POLICY see ON sharing_subjectcorrection FOR SELECT TO locality_app USING (
    locality.shows(kind, item));
CREATE POLICY add ON sharing_subjectcorrection FOR INSERT TO locality_app WITH CHECK (
    by_id = (SELECT locality.post()) AND agency_id = (SELECT locality.agency())
    AND locality.holds(kind, item) AND locality.reads_for(request_id)
    AND EXISTS (SELECT FROM sharing_subjectrequest r
                WHERE r.id = request_id AND r.kind = 'correction'));
GRANT SELECT, INSERT ON sharing_subjectcorrection TO locality_app;

CREATE POLICY see ON sharing_signin FOR SELECT TO locality_app USING (
    "user" = (SELECT locality.person())
    OR ('govern' = ANY ((SELECT locality.duties())::text[])
        AND EXISTS (SELECT FROM sharing_post p WHERE p.user_id = sharing_signin."user"
                    AND p.agency_id = (SELECT locality.agency()))));
GRANT SELECT ON sharing_signin TO locality_app;

-- The same words sent twice: the second waits for the first to end, and is told where that led.
-- NULL when they are new. What led nowhere is forgotten, so that it may be sent again.
CREATE OR REPLACE FUNCTION locality.sent_before(of_words bytea) RETURNS text
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    INSERT INTO locality_private.answered (mark, post) VALUES (of_words, locality.post())
    ON CONFLICT DO NOTHING;
    IF FOUND THEN RETURN NULL; END IF;
    RETURN (SELECT a.leads_to FROM locality_private.answered a
            WHERE a.mark = of_words AND a.post = locality.post());
END $$;
CREATE OR REPLACE FUNCTION locality.answer_sent(of_words bytea, to_address text) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    UPDATE locality_private.answered SET leads_to = to_address
    WHERE mark = of_words AND post = locality.post() AND to_address IS NOT NULL;
    DELETE FROM locality_private.answered
    WHERE mark = of_words AND post = locality.post() AND to_address IS NULL;
$$;
CREATE OR REPLACE FUNCTION locality.forget_answered() RETURNS bigint
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    WITH gone AS (DELETE FROM locality_private.answered
                  WHERE at < clock_timestamp() - interval '1 day' RETURNING 1)
    SELECT count(*) FROM gone
$$;

-- What each role may call.
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA locality, locality_private FROM PUBLIC;
REVOKE ALL ON ALL PROCEDURES IN SCHEMA locality FROM PUBLIC;
GRANT EXECUTE ON FUNCTION
    locality.today(), locality.person(), locality.post(), locality.agency(), locality.purpose(),
    locality.duties(), locality.own(), locality.team(), locality.asked(), locality.rights(), locality.circles(),
    locality.conflicts(), locality.consented_sharing_disclosure(uuid),
    locality.emergencies(), locality.cleared(),
    locality.refresh_context(), locality.close_context(), locality.is_empty(uuid), locality.circle_shows(uuid),
    locality.circle_of(text, uuid),
    locality.is_disclosed(int, uuid, uuid), locality.opens_in_emergency(int, int),
    locality.is_urgent(uuid[]), locality.writes_as(int, uuid), locality.acts_as(int, uuid, int, uuid),
    locality.gives(uuid, int, uuid, int, date, date, uuid[]),
    locality.kept_from_item(text, uuid), locality.kept_from_sharing_disclosure(uuid),
    locality.reads_for(uuid), locality.signed_off(uuid, uuid), locality.holds(text, uuid),
    locality.shows(text, uuid, boolean), locality.between_sides(uuid, uuid),
    locality.sent_before(bytea), locality.answer_sent(bytea, text),
    locality.last_checkpoint(), locality.may_draft(uuid), locality.may_step(uuid, text, uuid),
    locality.rights_told(smallint, smallint, text, date, uuid[], uuid[]),
    locality.would_change(uuid, text), locality.would_touch(uuid, text)
    TO locality_app;
GRANT EXECUTE ON FUNCTION
    locality.start_session(uuid, uuid, bytea, timestamptz, text, bytea),
    locality.end_session(text),
    locality.end_sessions_of(uuid, bytea, bytea, timestamptz, bytea),
    locality.sign_in(uuid, text, text, uuid, text, bigint, uuid[], bytea, bytea),
    locality.consult(text, text, text, text, uuid[], text, uuid, text, bigint, uuid[], bytea, bytea),
    locality.forget_answered(), locality.log_id(), locality.begin_sealing(), locality.to_seal(bigint, bigint),
    locality.add_checkpoint(bigint, bytea, bigint, bytea[], text, bytea),
    locality.open_context(text, text, uuid), locality.close_context(), locality.today(),
    locality.keep_challenge(bytea, bytea, text, uuid, timestamptz, timestamptz, bytea),
    locality.take_challenge(bytea, bytea, text, uuid, timestamptz, bytea),
    locality.add_passkey(bytea, uuid, bytea, bigint, bytea, text, timestamptz, bytea),
    locality.passkey(bytea, timestamptz, bytea), locality.passkeys_of(uuid, timestamptz, bytea),
    locality.use_passkey(bytea, bigint, timestamptz, bytea),
    locality.remove_passkey(uuid, uuid, timestamptz, bytea)
    TO locality_login;
