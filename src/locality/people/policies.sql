-- Whether the actor sees some record of somebody, and whether they see a record, asked as themselves.
-- Its plan is kept: in a policy's own words the rule would be planned anew in every statement.
CREATE OR REPLACE FUNCTION locality.person_shows(person uuid) RETURNS boolean
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN EXISTS (SELECT FROM public.people_record r WHERE r.person_id = person);
END $$;
CREATE OR REPLACE FUNCTION locality.record_shows(record uuid) RETURNS boolean
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN EXISTS (SELECT FROM public.people_record r WHERE r.id = record);
END $$;
REVOKE ALL ON FUNCTION locality.person_shows(uuid), locality.record_shows(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION locality.person_shows(uuid), locality.record_shows(uuid) TO locality_app;

-- A person is nothing but an identifier; they show when some record of them does.
CREATE POLICY see ON people_person FOR SELECT TO locality_app USING (locality.person_shows(id));
CREATE POLICY add ON people_person FOR INSERT TO locality_app
    WITH CHECK ((SELECT locality.agency()) IS NOT NULL);
GRANT SELECT, INSERT ON people_person TO locality_app;

-- What somebody consented to is theirs: it shows to nobody who sees nothing of them.
CREATE POLICY person_shows ON sharing_consent AS RESTRICTIVE TO locality_app USING (
    EXISTS (SELECT FROM people_person p WHERE p.id = person));

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
CREATE POLICY see ON people_sameperson FOR SELECT TO locality_app
    USING (locality.record_shows(record_id));
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

-- Whoever is kept from one of two who turn out to be the same person is kept from both, and who must
-- be kept apart from one, from both; what is kept about one is kept about both. Taking
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
    INSERT INTO public.sharing_apart
        (id, protected, feared, why, agency_id, declared_by_id, declared_at)
    SELECT gen_random_uuid(), safe.id, danger.id, a.why, a.agency_id, a.declared_by_id,
           clock_timestamp()
    FROM public.sharing_apart a
    JOIN (VALUES (NEW.was_id, NEW.now_id), (NEW.now_id, NEW.was_id)) AS other(one, id)
      ON other.one IN (a.protected, a.feared)
    CROSS JOIN LATERAL (SELECT CASE a.protected WHEN other.one THEN other.id ELSE a.protected END) safe(id)
    CROSS JOIN LATERAL (SELECT CASE a.feared WHEN other.one THEN other.id ELSE a.feared END) danger(id)
    WHERE a.ended_at IS NULL AND safe.id <> danger.id AND NOT EXISTS (
        SELECT FROM public.sharing_apart b
        WHERE b.protected = safe.id AND b.feared = danger.id AND b.ended_at IS NULL);
    -- What one of them refused or took back ends what the other had agreed to before.
    UPDATE public.sharing_consent c SET ended_at = clock_timestamp()
    FROM public.sharing_consent said
    JOIN (VALUES (NEW.was_id, NEW.now_id), (NEW.now_id, NEW.was_id)) AS other(one, id)
      ON said.person = other.one
    WHERE c.person = other.id AND c.answer = 'agreed' AND c.ended_at IS NULL
      AND said.owner_id = c.owner_id AND said.kind = c.kind AND said.purpose_id = c.purpose_id
      AND greatest(CASE said.answer WHEN 'refused' THEN said.taken_at END,
                   CASE said.answer WHEN 'agreed' THEN said.ended_at END) > c.taken_at;
    INSERT INTO public.sharing_hold
        (id, subject, why, agency_id, declared_by_id, declared_at)
    SELECT gen_random_uuid(), other.id, h.why, h.agency_id, h.declared_by_id, clock_timestamp()
    FROM public.sharing_hold h
    JOIN (VALUES (NEW.was_id, NEW.now_id), (NEW.now_id, NEW.was_id)) AS other(one, id)
      ON h.subject = other.one
    WHERE h.lifted_at IS NULL AND NOT EXISTS (
        SELECT FROM public.sharing_hold g WHERE g.subject = other.id AND g.lifted_at IS NULL
          AND g.agency_id = h.agency_id AND g.why = h.why);
    INSERT INTO public.sharing_workswith (id, circle_id, person)
    SELECT gen_random_uuid(), w.circle_id, other.id
    FROM public.sharing_workswith w
    JOIN (VALUES (NEW.was_id, NEW.now_id), (NEW.now_id, NEW.was_id)) AS other(one, id)
      ON w.person = other.one
    WHERE NOT EXISTS (SELECT FROM public.sharing_workswith v
                      WHERE v.circle_id = w.circle_id AND v.person = other.id);
    RETURN NULL;
END $$;
DROP TRIGGER IF EXISTS kept_from_both ON people_sameperson;
CREATE TRIGGER kept_from_both AFTER INSERT ON people_sameperson
    FOR EACH ROW EXECUTE FUNCTION locality_private.kept_from_both();

-- For a governance lead: which of these looks were at somebody with the looker's own family name.
-- The names are compared here, so that the lead need not see them; nothing else is told.
CREATE OR REPLACE FUNCTION locality.own_name(looks uuid[]) RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT DISTINCT c.id
    FROM public.sharing_consultation c
    JOIN public.sharing_post p ON p.id = c.post
    CROSS JOIN LATERAL (
        SELECT array_agg(regexp_replace(upper(normalize(ending, NFKD)), '[^[:alnum:]]', '', 'g'))
            AS families
        FROM generate_series(1, 3) words,
             substring(p.name FROM '(?:\S+\s+){' || words - 1 || '}\S+\s*$') AS ending) called
    JOIN public.people_record r ON r.person_id = ANY (c.records) AND r.family_key = ANY (families)
    WHERE c.id = ANY (looks) AND c.agency = locality.agency() AND r.family_key <> ''
      AND 'govern' = ANY (locality.duties())
$$;
REVOKE ALL ON FUNCTION locality.own_name(uuid[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION locality.own_name(uuid[]) TO locality_app;

-- Give the actor emergency access to whoever is recorded under just this name and date of birth,
-- whether they see the records or not, and write it down also when there is nobody. Gives back its
-- id and nothing of what it found. Who may: the duty; how long: at most an hour, by the table.
CREATE OR REPLACE FUNCTION locality.take_emergency_access(
    given text, family text, born_on date, why text, minutes int
) RETURNS uuid
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE made uuid; at timestamptz := clock_timestamp();
BEGIN
    IF 'emergency' <> ALL (locality.duties()) IS NOT FALSE THEN RETURN NULL; END IF;
    INSERT INTO public.sharing_emergencyaccess (id, post_id, person, agency_id, purpose_id, subjects,
        owners, reason, given_at, until, transaction)
    SELECT gen_random_uuid(), locality.post(), locality.person(), locality.agency(),
           locality.purpose(), coalesce(array_agg(DISTINCT r.person_id), '{}'),
           coalesce(array_agg(DISTINCT other.owner_id), '{}'), why, at,
           at + make_interval(mins => minutes), pg_current_xact_id()::text::bigint
    FROM (SELECT DISTINCT person_id FROM public.people_record
          WHERE given_key = given AND family_key = family AND born = born_on
            AND given <> '' AND family <> '') r
    JOIN public.people_record other ON other.person_id = r.person_id
    RETURNING id INTO made;
    RETURN made;
END $$;
GRANT EXECUTE ON FUNCTION locality.take_emergency_access(text, text, date, text, int)
    TO locality_app;
