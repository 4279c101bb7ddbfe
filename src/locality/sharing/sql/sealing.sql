-- What makes it show when the trail is rewritten: a leaf for every row, and the checkpoints over
-- them. Which bytes a leaf is made of is said again in sealing/rules/rows.py and must be the same;
-- none depends on a session's settings.

-- One log from the first row to the last. A database made anew is another log.
CREATE TABLE IF NOT EXISTS locality_private.log (
    only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one),
    id uuid NOT NULL DEFAULT gen_random_uuid()
);
INSERT INTO locality_private.log (only_one) VALUES (true) ON CONFLICT DO NOTHING;

-- How large the log was, the root of its tree, the full parts from which it grows on, and the
-- note that went to the witnesses. Transactions below `upto` are in it.
CREATE TABLE IF NOT EXISTS locality_private.checkpoint (
    size bigint PRIMARY KEY,
    root bytea NOT NULL,
    upto bigint NOT NULL,
    parts bytea[] NOT NULL,
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    note text NOT NULL
);

-- They run with the search path of locality_private.leave and so need none of their own, which
-- would double what a leaf costs.
CREATE OR REPLACE FUNCTION locality_private.said(one public.sharing_auditentry) RETURNS text
LANGUAGE sql STABLE AS $$
    SELECT json_build_array('entry', one.id, coalesce(one.writer, ''), coalesce(one.turn, 0),
        coalesce(array_to_string(one.closes, ' '), ''), one.person, one.post, one.agency,
        one.purpose, one.did, one.kind, one.record)::text $$;
CREATE OR REPLACE FUNCTION locality_private.said(one public.sharing_consultation) RETURNS text
LANGUAGE sql STABLE AS $$
    SELECT json_build_array('look', one.id, coalesce(one.writer, ''), coalesce(one.turn, 0),
        coalesce(array_to_string(one.closes, ' '), ''), one.person, one.post, one.agency,
        one.purpose, one.kind, one.route, array_to_string(one.records, ' '))::text $$;
CREATE OR REPLACE FUNCTION locality_private.said(one public.sharing_signin) RETURNS text
LANGUAGE sql STABLE AS $$
    SELECT json_build_array('sign in', one.id, coalesce(one.writer, ''), coalesce(one.turn, 0),
        coalesce(array_to_string(one.closes, ' '), ''), one.what, one.method)::text $$;
CREATE OR REPLACE FUNCTION locality_private.detail(one public.sharing_auditentry) RETURNS text
LANGUAGE sql STABLE AS $$ SELECT one.why $$;
CREATE OR REPLACE FUNCTION locality_private.detail(one public.sharing_consultation) RETURNS text
LANGUAGE sql STABLE AS $$ SELECT one.sought $$;
CREATE OR REPLACE FUNCTION locality_private.detail(one public.sharing_signin) RETURNS text
LANGUAGE sql STABLE AS
$$ SELECT coalesce(one."user"::text, '') $$;

-- A row gets its leaf in the transaction that writes it. Only locality.consult says for itself
-- in which transaction it is.
CREATE OR REPLACE FUNCTION locality_private.leave() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF TG_OP = 'INSERT' AND (TG_TABLE_NAME <> 'sharing_consultation' OR NEW.transaction IS NULL) THEN
        NEW.transaction := pg_current_xact_id()::text::bigint;
    END IF;
    NEW.salt := coalesce(NEW.salt, uuid_send(gen_random_uuid()));
    NEW.detail_hash := sha256(NEW.salt || convert_to(locality_private.detail(NEW), 'UTF8'));
    NEW.leaf := sha256('\x00'::bytea || convert_to(
        locality_private.said(NEW) || E'\n' || (extract(epoch FROM NEW.at) * 1000000)::bigint
        || ' ' || NEW.transaction || E'\n', 'UTF8')
        || NEW.detail_hash || coalesce(NEW.mac, ''::bytea));
    RETURN NEW;
END $$;

-- Rows from before there were leaves get one now, and go into the first checkpoint.
DO $$ DECLARE t text; BEGIN
    FOREACH t IN ARRAY ARRAY['auditentry', 'consultation', 'signin'] LOOP
        EXECUTE format('CREATE OR REPLACE TRIGGER leave BEFORE INSERT ON public.sharing_%s '
                       'FOR EACH ROW EXECUTE FUNCTION locality_private.leave()', t);
        EXECUTE format('CREATE OR REPLACE TRIGGER leave_late BEFORE UPDATE ON public.sharing_%s '
                       'FOR EACH ROW WHEN (OLD.leaf IS NULL) '
                       'EXECUTE FUNCTION locality_private.leave()', t);
        EXECUTE format('UPDATE public.sharing_%s SET transaction = coalesce(transaction, 0) '
                       'WHERE leaf IS NULL', t);
    END LOOP;
END $$;

CREATE OR REPLACE FUNCTION locality.log_id() RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS
$$ SELECT id FROM locality_private.log $$;

-- The last checkpoint, for a page: it says nothing about anybody.
CREATE OR REPLACE FUNCTION locality.last_checkpoint(
    OUT size bigint, OUT at timestamptz, OUT note text
) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT c.size, c.at, c.note FROM locality_private.checkpoint c ORDER BY c.size DESC LIMIT 1
$$;

-- Where the sealer goes on, and up to which transaction. One sealer at a time; no writer waits.
-- Below the oldest transaction still running nothing more can appear.
CREATE OR REPLACE FUNCTION locality.begin_sealing(
    OUT log uuid, OUT size bigint, OUT parts bytea[], OUT note text, OUT sealed bigint, OUT upto bigint
) LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(73651204);
    SELECT c.size, c.parts, c.note, c.upto INTO size, parts, note, sealed
    FROM locality_private.checkpoint c ORDER BY c.size DESC LIMIT 1;
    log := locality.log_id();
    upto := pg_snapshot_xmin(pg_current_snapshot())::text::bigint;
END $$;

CREATE OR REPLACE FUNCTION locality.to_seal(sealed bigint, upto bigint) RETURNS SETOF bytea
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT leaf FROM (
        SELECT transaction, id, leaf FROM public.sharing_auditentry
        WHERE transaction >= sealed AND transaction < upto
        UNION ALL
        SELECT transaction, id, leaf FROM public.sharing_consultation
        WHERE transaction >= sealed AND transaction < upto
        UNION ALL
        SELECT transaction, id, leaf FROM public.sharing_signin
        WHERE transaction >= sealed AND transaction < upto
    ) rows ORDER BY transaction, id
$$;

-- Add a checkpoint. Text smuggled into a query cannot: it does not know the code.
CREATE OR REPLACE FUNCTION locality.add_checkpoint(
    of_size bigint, of_root bytea, of_upto bigint, of_parts bytea[], of_note text, code bytea
) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT locality_private.code_is_right(
        'checkpoint|' || of_size || '|' || of_upto || '|' || encode(of_root, 'hex') || '|' || of_note,
        code)
    THEN RETURN false; END IF;
    INSERT INTO locality_private.checkpoint (size, root, upto, parts, note)
    VALUES (of_size, of_root, of_upto, of_parts, of_note);
    RETURN true;
END $$;
