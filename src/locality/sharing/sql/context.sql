-- Who is acting, authenticated here and nowhere else. Every failure leaves no context: no rows.

CREATE OR REPLACE FUNCTION locality.today() RETURNS date
LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT (transaction_timestamp() AT TIME ZONE 'Europe/London')::date $$;

CREATE OR REPLACE FUNCTION locality.label(owner int, category int, marking int) RETURNS int
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$ SELECT owner * 64 + category * 4 + marking $$;

-- Compile what a role in an agency may see today for a purpose.
--   own:  its own agency's labels up to its clearance, never what is sealed
--   team: the same with what is sealed, and every label that an agreement in force lets it get;
--         counts only together with a live disclosure to a circle it is in
CREATE OR REPLACE FUNCTION locality_private.compile(
    for_agency smallint, for_purpose smallint, for_role text, OUT own bytea, OUT team bytea
) LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    cleared smallint[];
    one record;
BEGIN
    own := decode(repeat('00', 4096), 'hex');
    team := own;
    SELECT clearances INTO cleared FROM public.sharing_role WHERE key = for_role;
    FOR one IN
        SELECT locality.label(for_agency, c, m) AS label, m
        FROM generate_series(0, 15) c, generate_series(0, 3) m WHERE m <= cleared[c + 1]
    LOOP
        IF one.m < 3 THEN own := set_bit(own, one.label, 1); END IF;
        team := set_bit(team, one.label, 1);
    END LOOP;
    FOR one IN
        SELECT DISTINCT locality.label(giver.agency_id, covers.category, m) AS label
        FROM public.sharing_agreement a
        JOIN public.sharing_party getter
          ON getter.agreement_id = a.id AND getter.agency_id = for_agency AND getter.gets
        JOIN public.sharing_party giver
          ON giver.agreement_id = a.id AND giver.agency_id <> for_agency AND giver.gives
        JOIN public.sharing_coverage covers ON covers.agreement_id = a.id
        CROSS JOIN generate_series(0, 3) m
        WHERE a.state = 'in force' AND a.purpose_id = for_purpose
          AND a.starts <= locality.today() AND a.until >= locality.today()
          AND m <= covers.up_to AND m <= cleared[covers.category + 1]
    LOOP
        team := set_bit(team, one.label, 1);
    END LOOP;
END $$;

CREATE OR REPLACE FUNCTION locality_private.governance_changed() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS
$$ BEGIN UPDATE locality_private.governance SET version = version + 1; RETURN NULL; END $$;

DO $$ DECLARE t text; BEGIN
    FOREACH t IN ARRAY ARRAY['agreement', 'party', 'coverage', 'role'] LOOP
        EXECUTE format('DROP TRIGGER IF EXISTS recompile ON public.sharing_%s', t);
        EXECUTE format('CREATE TRIGGER recompile AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE'
            ' ON public.sharing_%s EXECUTE FUNCTION locality_private.governance_changed()', t);
    END LOOP;
END $$;

-- The compiled rights for today, compiled again when the day or any agreement has changed.
CREATE OR REPLACE FUNCTION locality_private.rights(
    for_agency smallint, for_purpose smallint, for_role text, OUT own bytea, OUT team bytea
) LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    now_version bigint := (SELECT version FROM locality_private.governance);
BEGIN
    SELECT b.own, b.team INTO own, team FROM locality_private.label_bits b
    WHERE b.agency = for_agency AND b.purpose = for_purpose AND b.role = for_role
      AND b.day = locality.today() AND b.version = now_version;
    IF own IS NOT NULL THEN RETURN; END IF;
    SELECT c.own, c.team INTO own, team
    FROM locality_private.compile(for_agency, for_purpose, for_role) c;
    INSERT INTO locality_private.label_bits
    VALUES (for_agency, for_purpose, for_role, locality.today(), now_version, own, team)
    ON CONFLICT (agency, purpose, role) DO UPDATE
    SET day = excluded.day, version = excluded.version, own = excluded.own, team = excluded.team
    WHERE label_bits.version <= excluded.version;
END $$;

CREATE OR REPLACE FUNCTION locality_private.code_is_right(message text, code bytea) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT coalesce((SELECT sha256(outer_pad || sha256(inner_pad || convert_to(message, 'UTF8')))
                     FROM locality_private.secret) = code, false)
$$;

-- Start a session. Only the web tier knows the secret behind `code`, so text smuggled into a
-- query cannot. The post must be the user's own, and the user active.
CREATE OR REPLACE FUNCTION locality.start_session(
    for_user uuid, for_post uuid, new_key_hash bytea, lasts_until timestamptz, for_job text, code bytea
) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT locality_private.code_is_right(
        for_user || '|' || for_post || '|' || encode(new_key_hash, 'hex') || '|'
        || extract(epoch FROM lasts_until)::bigint || '|' || coalesce(for_job, ''), code)
    THEN RETURN false; END IF;
    INSERT INTO locality_private.session (key_hash, user_id, post_id, job, expires)
    SELECT new_key_hash, u.id, p.id, for_job, lasts_until
    FROM public.sharing_user u JOIN public.sharing_post p ON p.user_id = u.id
    WHERE u.id = for_user AND p.id = for_post AND u.is_active
      AND u.is_job = (for_job IS NOT NULL);
    RETURN FOUND;
END $$;

CREATE OR REPLACE FUNCTION locality.end_session(by_key text) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    UPDATE locality_private.session SET ended = clock_timestamp()
    WHERE key_hash = sha256(convert_to(by_key, 'UTF8')) AND ended IS NULL
$$;

-- Who a key belongs to, if it is live: the post, its person, agency, role and purpose.
CREATE OR REPLACE FUNCTION locality_private.holder(by_key text, for_purpose text)
RETURNS TABLE (person uuid, post uuid, agency smallint, role text, purpose smallint, job text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT u.id, p.id, p.agency_id, p.role_id, why.id, s.job
    FROM locality_private.session s
    JOIN public.sharing_user u ON u.id = s.user_id AND u.is_active
    JOIN public.sharing_post p ON p.id = s.post_id AND p.user_id = u.id
    JOIN public.sharing_purpose why ON why.key = for_purpose AND why.id = ANY (p.purposes)
    WHERE s.key_hash = sha256(convert_to(by_key, 'UTF8'))
      AND s.ended IS NULL AND s.expires > clock_timestamp()
      AND p.starts <= locality.today() AND (p.until IS NULL OR p.until >= locality.today())
$$;

-- Write down a look before it happens. Called in a transaction of its own, which must commit.
CREATE OR REPLACE FUNCTION locality.consult(
    key text, for_purpose text, of_kind text, by_route text, of_records uuid[], for_what text
) RETURNS uuid
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE made uuid;
BEGIN
    INSERT INTO public.sharing_consultation
        (id, at, transaction, person, post, agency, purpose, kind, route, records, sought)
    SELECT gen_random_uuid(), clock_timestamp(), pg_current_xact_id()::text::bigint,
           h.person, h.post, h.agency, h.purpose, of_kind, by_route, of_records, for_what
    FROM locality_private.holder(key, for_purpose) h
    RETURNING id INTO made;
    RETURN made;
END $$;

-- Become the holder of a key for this transaction, if the look was committed beforehand.
CREATE OR REPLACE FUNCTION locality.open_context(key text, for_purpose text, looked uuid)
RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE opened int;
BEGIN
    DELETE FROM locality_private.context WHERE pid = pg_backend_pid();
    INSERT INTO locality_private.context
    SELECT pg_backend_pid(), transaction_timestamp(), h.person, h.post, h.agency, h.purpose,
           r.duties, b.own, b.team, '{}', '{}'
    FROM locality_private.holder(key, for_purpose) h
    JOIN public.sharing_role r ON r.key = h.role
    JOIN public.sharing_consultation look
      ON look.id = looked AND look.post = h.post AND look.purpose = h.purpose
     AND look.at > clock_timestamp() - interval '2 minutes'
     AND pg_xact_status(look.transaction::text::xid8) = 'committed'
    CROSS JOIN LATERAL locality_private.rights(h.agency, h.purpose, h.role) b;
    GET DIAGNOSTICS opened = ROW_COUNT;
    IF opened = 1 THEN PERFORM locality.refresh_context(); END IF;
    RETURN opened = 1;
END $$;

-- Look again at which circles the actor is in and what they are kept from, after joining one.
CREATE OR REPLACE FUNCTION locality.refresh_context() RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    UPDATE locality_private.context x SET
        circles = (
            SELECT coalesce(array_agg(c.id), '{}')
            FROM public.sharing_member m JOIN public.sharing_circle c ON c.id = m.circle_id
            WHERE m.post_id = x.post AND m.starts <= locality.today()
              AND (m.until IS NULL OR m.until >= locality.today()) AND m.left_at IS NULL
              AND c.purpose_id = x.purpose
              AND (c.closed_on IS NULL OR c.closed_on >= locality.today())),
        conflicts = (
            SELECT coalesce(array_agg(f.subject), '{}')
            FROM public.sharing_conflict f WHERE f.user_id = x.person AND f.lifted_at IS NULL)
    WHERE x.pid = pg_backend_pid() AND x.began = transaction_timestamp()
$$;

CREATE OR REPLACE FUNCTION locality.close_context() RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS
$$ DELETE FROM locality_private.context WHERE pid = pg_backend_pid() $$;

CREATE OR REPLACE FUNCTION locality.sign_in(for_user uuid, what text, method text) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    INSERT INTO public.sharing_signin (id, at, "user", what, method)
    VALUES (gen_random_uuid(), clock_timestamp(), for_user, what, method)
$$;

-- What the policies ask. Each returns NULL when nobody is acting, and NULL shows nothing.
DO $$
DECLARE one record;
BEGIN
    FOR one IN SELECT * FROM (VALUES
        ('person', 'uuid'), ('post', 'uuid'), ('agency', 'smallint'), ('purpose', 'smallint'),
        ('duties', 'text[]'), ('own', 'bytea'), ('team', 'bytea'),
        ('circles', 'uuid[]'), ('conflicts', 'uuid[]')) v(name, type)
    LOOP
        EXECUTE format($f$
            CREATE OR REPLACE FUNCTION locality.%1$s() RETURNS %2$s
            LANGUAGE plpgsql STABLE SECURITY DEFINER PARALLEL RESTRICTED
            SET search_path = pg_catalog, pg_temp AS $g$ BEGIN
                RETURN (SELECT x.%1$s FROM locality_private.context x
                        WHERE x.pid = pg_backend_pid() AND x.began = transaction_timestamp());
            END $g$ $f$, one.name, one.type);
    END LOOP;
END $$;

-- A disclosure's dates are its items' dates.
CREATE OR REPLACE FUNCTION locality_private.items_follow() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    UPDATE public.sharing_disclosed SET until = NEW.until, withdrawn_at = NEW.withdrawn_at
    WHERE disclosure_id = NEW.id;
    RETURN NULL;
END $$;
DROP TRIGGER IF EXISTS items_follow ON public.sharing_disclosure;
CREATE TRIGGER items_follow AFTER UPDATE OF until, withdrawn_at ON public.sharing_disclosure
    FOR EACH ROW EXECUTE FUNCTION locality_private.items_follow();
