-- A person is nothing but an identifier; they show when some record of them does.
CREATE POLICY see ON people_person FOR SELECT TO locality_app USING (
    EXISTS (SELECT FROM people_record r WHERE r.person_id = people_person.id));
CREATE POLICY add ON people_person FOR INSERT TO locality_app
    WITH CHECK ((SELECT locality.agency()) IS NOT NULL);
GRANT SELECT, INSERT ON people_person TO locality_app;

CALL locality.protect('people_record', about => 'person_id', changes => 'owner');
GRANT SELECT, INSERT, UPDATE (person_id, given_names, family_name, known_as, born, sex, postcode,
    given_key, family_key, recorded_on, version) ON people_record TO locality_app;

-- Where somebody lives and how to reach them is not shown by showing their name.
CALL locality.protect('people_contact', about => 'person_id',
    via => 'record_id', parent => 'people_record', changes => 'owner', inherits => false);
GRANT SELECT, INSERT, UPDATE (value, safe, starts, until) ON people_contact TO locality_app;

CALL locality.protect('people_encounter', about => 'person_id',
    via => 'record_id', parent => 'people_record', inherits => false);
GRANT SELECT, INSERT ON people_encounter TO locality_app;

-- A household says who lives with whom, and mostly where: whoever is kept from one of its people
-- sees nothing of it.
CREATE OR REPLACE FUNCTION locality.kept_from_people_household(row_id uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT EXISTS (SELECT FROM public.people_living
                   WHERE household_id = row_id AND person_id = ANY (locality.conflicts()))
$$;
REVOKE ALL ON FUNCTION locality.kept_from_people_household(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION locality.kept_from_people_household(uuid) TO locality_app;
CALL locality.protect('people_household', changes => 'owner');
CREATE POLICY kept ON people_household AS RESTRICTIVE TO locality_app USING (
    cardinality((SELECT locality.conflicts())) = 0
    OR NOT locality.kept_from_people_household(id));
GRANT SELECT, INSERT, UPDATE (name) ON people_household TO locality_app;
CALL locality.protect('people_living', about => 'person_id',
    via => 'household_id', parent => 'people_household', changes => 'owner', adds => 'both');
GRANT SELECT, INSERT, UPDATE (starts, until) ON people_living TO locality_app;

-- Whoever sees a record sees whom it was taken for; only its own agency says who it is.
CALL locality.keep_parts('people_sameperson', 'record_id', NULL, 'people_record');
CREATE POLICY see ON people_sameperson FOR SELECT TO locality_app USING (
    EXISTS (SELECT FROM people_record r WHERE r.id = record_id));
CREATE POLICY add ON people_sameperson FOR INSERT TO locality_app WITH CHECK (
    decided_by_id = (SELECT locality.post())
    AND EXISTS (SELECT FROM people_record r
                WHERE r.id = record_id AND r.owner_id = (SELECT locality.agency())));
GRANT SELECT, INSERT ON people_sameperson TO locality_app;

-- What belongs to a record goes with it when the record turns out to be somebody else's: also the
-- parts that whoever decides so may not read.
CREATE OR REPLACE FUNCTION locality_private.parts_go_with_record() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    UPDATE public.people_contact SET person_id = NEW.person_id WHERE record_id = NEW.id;
    UPDATE public.people_encounter SET person_id = NEW.person_id WHERE record_id = NEW.id;
    RETURN NULL;
END $$;
DROP TRIGGER IF EXISTS parts_go_with_record ON people_record;
CREATE TRIGGER parts_go_with_record AFTER UPDATE OF person_id ON people_record
    FOR EACH ROW WHEN (OLD.person_id <> NEW.person_id)
    EXECUTE FUNCTION locality_private.parts_go_with_record();

-- Whoever is kept from one of two who turn out to be the same person is kept from both. Taking
-- the decision back does not let them in again: that is for the governance lead to say.
CREATE OR REPLACE FUNCTION locality_private.kept_from_both() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    INSERT INTO public.sharing_conflict
        (id, user_id, subject, why, agency_id, declared_by_id, declared_at)
    SELECT gen_random_uuid(), f.user_id, other.id, f.why, f.agency_id, f.declared_by_id,
           clock_timestamp()
    FROM public.sharing_conflict f
    JOIN (VALUES (NEW.was_id, NEW.now_id), (NEW.now_id, NEW.was_id)) AS other(one, id)
      ON f.subject = other.one
    WHERE f.lifted_at IS NULL AND NOT EXISTS (
        SELECT FROM public.sharing_conflict g
        WHERE g.user_id = f.user_id AND g.subject = other.id AND g.lifted_at IS NULL);
    RETURN NULL;
END $$;
DROP TRIGGER IF EXISTS kept_from_both ON people_sameperson;
CREATE TRIGGER kept_from_both AFTER INSERT ON people_sameperson
    FOR EACH ROW EXECUTE FUNCTION locality_private.kept_from_both();
