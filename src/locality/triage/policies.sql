-- A decision shows to the front door that made it, as far as it sees the concern, and to its agency.
-- Only that front door decides.
CALL locality.protect('triage_screening', via => 'concern_id', parent => 'intake_concern',
    author => 'decided_by_id', adds => 'owner');
CREATE POLICY decides ON triage_screening AS RESTRICTIVE FOR INSERT TO locality_app
    WITH CHECK (circle_id = ANY ((SELECT locality.circles())::uuid[]));
CREATE POLICY follow ON triage_screening FOR SELECT TO locality_app USING (
    circle_id = ANY ((SELECT locality.circles())::uuid[])
    AND EXISTS (SELECT FROM intake_concern c WHERE c.id = concern_id));
GRANT SELECT, INSERT ON triage_screening TO locality_app;

CALL locality.keep_parts('triage_looking', 'concern_id', NULL, 'intake_concern');
-- Whoever sees a concern sees who else is looking at it; nobody says so for another.
CREATE POLICY see ON triage_looking FOR SELECT TO locality_app USING (
    EXISTS (SELECT FROM intake_concern c WHERE c.id = concern_id));
CREATE POLICY add ON triage_looking FOR INSERT TO locality_app WITH CHECK (
    post_id = (SELECT locality.post())
    AND EXISTS (SELECT FROM intake_concern c WHERE c.id = concern_id));
CREATE POLICY again ON triage_looking FOR UPDATE TO locality_app
    USING (post_id = (SELECT locality.post()));
CREATE POLICY done ON triage_looking FOR DELETE TO locality_app
    USING (post_id = (SELECT locality.post()));
GRANT SELECT, INSERT, UPDATE (since), DELETE ON triage_looking TO locality_app;

-- What waits shows to whoever sees the concern. It begins to wait when it is raised and no longer
-- does once somebody has decided or its reporter has taken it back, whoever writes that down.
CREATE POLICY see ON triage_waiting FOR SELECT TO locality_app USING (
    EXISTS (SELECT FROM intake_concern c WHERE c.id = concern_id));
GRANT SELECT ON triage_waiting TO locality_app;
CREATE OR REPLACE FUNCTION locality_private.begins_to_wait() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    INSERT INTO public.triage_waiting (concern_id, circle_id) VALUES (NEW.id, NEW.circle_id);
    RETURN NULL;
END $$;
CREATE OR REPLACE FUNCTION locality_private.no_longer_waits() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    -- The argument is the column that names the concern.
    DELETE FROM public.triage_waiting WHERE concern_id = (to_jsonb(NEW) ->> TG_ARGV[0])::uuid;
    RETURN NULL;
END $$;
DROP TRIGGER IF EXISTS begins_to_wait ON intake_concern;
CREATE TRIGGER begins_to_wait AFTER INSERT ON intake_concern
    FOR EACH ROW EXECUTE FUNCTION locality_private.begins_to_wait();
DROP TRIGGER IF EXISTS no_longer_waits ON triage_screening;
CREATE TRIGGER no_longer_waits AFTER INSERT ON triage_screening
    FOR EACH ROW EXECUTE FUNCTION locality_private.no_longer_waits('concern_id');
DROP TRIGGER IF EXISTS no_longer_waits ON intake_withdrawal;
CREATE TRIGGER no_longer_waits AFTER INSERT ON intake_withdrawal
    FOR EACH ROW EXECUTE FUNCTION locality_private.no_longer_waits('receipt_id');

-- For whoever answers somebody who asks what is held about them: one's own agency's decisions about them,
-- also where what they belong to is another agency's and does not show. Each row's own policy has
-- the last word.
CREATE OR REPLACE FUNCTION locality.screenings_about(people uuid[]) RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT part.id FROM public.triage_screening part JOIN public.intake_concern whole ON whole.id = part.concern_id
    WHERE whole.about && people AND part.owner_id = locality.agency()
$$;
REVOKE ALL ON FUNCTION locality.screenings_about(uuid[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION locality.screenings_about(uuid[]) TO locality_app;
