-- Consent that what an agency holds in confidence is shared. Where an agreement asks for it, it is
-- one more condition beside the disclosure: it opens nothing alone. Read anew in every transaction.

-- Whether everybody named lets an agency share such information with the actor's, for the actor's
-- purpose, today. Where nobody is named there is nobody who could: NULL. It is asked of row after
-- row: the plan is kept, which PostgreSQL would not do by itself for a list of unknown length.
CREATE OR REPLACE FUNCTION locality_private.agree(giver smallint, what smallint, people uuid[])
RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
SET plan_cache_mode = force_generic_plan AS $$
BEGIN
    RETURN (SELECT bool_and(EXISTS (
        SELECT FROM public.sharing_consent c
        WHERE c.person = one AND c.owner_id = giver AND c.kind = 'confidentiality'
          AND c.answer = 'agreed' AND c.purpose_id = locality.purpose()
          AND locality.agency() = ANY (c.receivers) AND what = ANY (c.categories)
          AND c.ended_at IS NULL
          AND c.starts <= locality.today() AND c.until >= locality.today()))
    FROM unnest(people) one);
END $$;

-- Say that everybody whom a row of this table names has consented; NULL for a table that names nobody.
CREATE OR REPLACE FUNCTION locality_private.is_consented(tbl regclass) RETURNS text
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    asks text := (SELECT format('locality.consented_%s', relname) FROM pg_class WHERE oid = tbl);
BEGIN
    RETURN CASE WHEN to_regprocedure(asks || '(uuid)') IS NOT NULL
                THEN format('%s(%s.id)', asks, tbl) END;
END $$;

-- Let it be known whom a row names: itself and what it belongs to, and so on upwards. What names
-- nobody cannot be consented to.
CREATE OR REPLACE PROCEDURE locality.name_parts(tbl regclass, via text, about text, parent regclass)
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    short text := (SELECT relname FROM pg_class WHERE oid = tbl);
    above text := (SELECT format('locality_private.named_by_%s', relname) FROM pg_class
                   WHERE oid = parent);
    names text := concat_ws(' || ',
        (SELECT string_agg(CASE WHEN a.atttypid = 'uuid[]'::regtype THEN format('%I', a.attname)
                ELSE format('array_remove(ARRAY[%I], NULL)', a.attname) END, ' || ')
         FROM pg_attribute a
         WHERE a.attrelid = tbl AND a.attname <> 'id'
           AND a.attname = ANY (string_to_array(replace(about, ' ', ''), ','))),
        CASE WHEN to_regprocedure(above || '(uuid)') IS NOT NULL
             THEN format('coalesce(%s(%I), ''{}'')', above, via) END);
BEGIN
    IF names = '' THEN RETURN; END IF;
    EXECUTE format('CREATE OR REPLACE FUNCTION locality_private.named_by_%s(row_id uuid) '
        'RETURNS uuid[] LANGUAGE plpgsql STABLE SECURITY DEFINER '
        'SET search_path = pg_catalog, pg_temp AS $f$ BEGIN '
        'RETURN (SELECT %s FROM %s WHERE id = row_id); END $f$', short, names, tbl);
    EXECUTE format('CREATE OR REPLACE FUNCTION locality.consented_%1$s(row_id uuid) '
        'RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER COST 1000 '
        'SET search_path = pg_catalog, pg_temp AS $f$ BEGIN '
        'RETURN (SELECT coalesce(locality_private.agree(owner_id::smallint, category, '
        'locality_private.named_by_%1$s(id)), false) FROM %2$s WHERE id = row_id); END $f$',
        short, tbl);
    EXECUTE format('REVOKE ALL ON FUNCTION locality.consented_%s(uuid) FROM PUBLIC', short);
    EXECUTE format('GRANT EXECUTE ON FUNCTION locality.consented_%s(uuid) TO locality_app', short);
END $$;

-- Whether everything in a disclosure that needs consent has it: its own words speak of all of it.
CREATE OR REPLACE FUNCTION locality.consented_sharing_disclosure(row_id uuid) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    one record;
    agreed boolean;
BEGIN
    FOR one IN SELECT 'locality.consented_' || replace(kind, '.', '_') AS asks, item
               FROM public.sharing_disclosed WHERE disclosure_id = row_id LOOP
        IF to_regprocedure(one.asks || '(uuid)') IS NULL THEN RETURN false; END IF;
        EXECUTE format('SELECT %s($1)', one.asks) INTO agreed USING one.item;
        IF NOT coalesce(agreed, false) THEN RETURN false; END IF;
    END LOOP;
    RETURN true;
END $$;

-- One answer counts: the last. Said at once by two colleagues, the second waits for the first.
CREATE OR REPLACE FUNCTION locality_private.before_consent() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended(
        concat_ws('/', 'consent', NEW.owner_id, NEW.person, NEW.kind, NEW.purpose_id), 0));
    UPDATE public.sharing_consent SET ended_at = clock_timestamp()
    WHERE owner_id = NEW.owner_id AND person = NEW.person AND kind = NEW.kind
      AND purpose_id = NEW.purpose_id AND ended_at IS NULL;
    RETURN NEW;
END $$;
DROP TRIGGER IF EXISTS before_consent ON public.sharing_consent;
CREATE TRIGGER before_consent BEFORE INSERT ON public.sharing_consent
    FOR EACH ROW EXECUTE FUNCTION locality_private.before_consent();

-- Who ends a consent is whoever acts, whatever the program says.
CREATE OR REPLACE FUNCTION locality_private.consent_ends() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    NEW.ended_by_id := coalesce(locality.post(), NEW.ended_by_id);
    RETURN NEW;
END $$;
DROP TRIGGER IF EXISTS consent_ends ON public.sharing_consent;
CREATE TRIGGER consent_ends BEFORE UPDATE OF ended_at ON public.sharing_consent
    FOR EACH ROW EXECUTE FUNCTION locality_private.consent_ends();
