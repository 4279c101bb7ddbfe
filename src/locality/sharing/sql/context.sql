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
--   asked: of those, what no agreement lets it get but with the consent of whom it is about
--   rights: all three in two bits for each label, so that the rule asks once: 1 own, 2 team,
--         3 team and asked, 0 none
-- What would be is compiled as what is: on another day, as if some agreements were in force (also)
-- and others were not (without).
DROP FUNCTION IF EXISTS locality_private.compile(smallint, smallint, text);
DROP FUNCTION IF EXISTS locality_private.compile(smallint, smallint, text, date, uuid[], uuid[]);
CREATE FUNCTION locality_private.compile(
    for_agency smallint, for_purpose smallint, for_role text, on_day date DEFAULT locality.today(),
    also uuid[] DEFAULT '{}', without uuid[] DEFAULT '{}', OUT own bytea, OUT team bytea,
    OUT asked bytea, OUT rights bytea
) LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    cleared smallint[];
    one record;
    labels int[] := '{}';
BEGIN
    own := decode(repeat('00', 4096), 'hex');
    team := own;
    asked := own;
    rights := own || own;
    SELECT clearances INTO cleared FROM public.sharing_role WHERE key = for_role;
    FOR one IN
        SELECT locality.label(for_agency, c, m) AS label, m
        FROM generate_series(0, 15) c, generate_series(0, 3) m WHERE m <= cleared[c + 1]
    LOOP
        IF one.m < 3 THEN own := set_bit(own, one.label, 1); END IF;
        team := set_bit(team, one.label, 1);
        labels := labels || one.label;
    END LOOP;
    FOR one IN
        SELECT locality.label(giver.agency_id, covers.category, m) AS label,
               bool_and(covers.needs_consent) AS asked
        FROM public.sharing_agreement a
        JOIN public.sharing_party getter
          ON getter.agreement_id = a.id AND getter.agency_id = for_agency AND getter.gets
        JOIN public.sharing_party giver
          ON giver.agreement_id = a.id AND giver.agency_id <> for_agency AND giver.gives
        JOIN public.sharing_coverage covers ON covers.agreement_id = a.id
        CROSS JOIN generate_series(0, 3) m
        WHERE (a.state = 'in force' OR a.id = ANY (also)) AND a.id <> ALL (without)
          AND a.purpose_id = for_purpose AND a.starts <= on_day AND a.until >= on_day
          AND m <= covers.up_to AND m <= cleared[covers.category + 1]
        GROUP BY 1
    LOOP
        team := set_bit(team, one.label, 1);
        IF one.asked THEN asked := set_bit(asked, one.label, 1); END IF;
        labels := labels || one.label;
    END LOOP;
    FOR one IN
        SELECT l AS label, CASE WHEN get_bit(own, l) = 1 THEN 1 WHEN get_bit(asked, l) = 0 THEN 2
                                ELSE 3 END AS told
        FROM unnest(labels) l
    LOOP
        rights := set_byte(rights, one.label / 4,
                           get_byte(rights, one.label / 4) | (one.told << one.label % 4 * 2));
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
DROP FUNCTION IF EXISTS locality_private.rights(smallint, smallint, text);
CREATE FUNCTION locality_private.rights(
    for_agency smallint, for_purpose smallint, for_role text, OUT own bytea, OUT team bytea,
    OUT asked bytea, OUT rights bytea
) LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    now_version bigint := (SELECT version FROM locality_private.governance);
BEGIN
    SELECT b.own, b.team, b.asked, b.rights INTO own, team, asked, rights
    FROM locality_private.label_bits b
    WHERE b.agency = for_agency AND b.purpose = for_purpose AND b.role = for_role
      AND b.day = locality.today() AND b.version = now_version;
    IF own IS NOT NULL THEN RETURN; END IF;
    SELECT c.own, c.team, c.asked, c.rights INTO own, team, asked, rights
    FROM locality_private.compile(for_agency, for_purpose, for_role) c;
    INSERT INTO locality_private.label_bits
        (agency, purpose, role, day, version, own, team, asked, rights)
    VALUES
        (for_agency, for_purpose, for_role, locality.today(), now_version, own, team, asked, rights)
    ON CONFLICT (agency, purpose, role) DO UPDATE
    SET day = excluded.day, version = excluded.version, own = excluded.own, team = excluded.team,
        asked = excluded.asked, rights = excluded.rights
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

-- End somebody's sessions: one of them, or all but one. Nobody but the web tier asks for it, which
-- knows who signed in, for a session that ends may be one whose key is on a machine out of reach.
CREATE OR REPLACE FUNCTION locality.end_sessions_of(
    for_user uuid, only_this bytea, not_this bytea, asked timestamptz, code bytea
) RETURNS bigint
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE how_many bigint;
BEGIN
    IF NOT locality_private.asked_now(
        'end sessions of|' || for_user || '|' || coalesce(encode(only_this, 'hex'), '') || '|'
        || coalesce(encode(not_this, 'hex'), ''), asked, code)
    THEN RETURN 0; END IF;
    UPDATE locality_private.session SET ended = clock_timestamp()
    WHERE user_id = for_user AND ended IS NULL AND expires > clock_timestamp()
      AND key_hash = coalesce(only_this, key_hash) AND key_hash IS DISTINCT FROM not_this;
    GET DIAGNOSTICS how_many = ROW_COUNT;
    RETURN how_many;
END $$;

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
-- Who writes it vouches for it (sealing/writing.py); one that nobody vouched for shows as forged.
DROP FUNCTION IF EXISTS locality.consult(text, text, text, text, uuid[], text);
CREATE OR REPLACE FUNCTION locality.consult(
    key text, for_purpose text, of_kind text, by_route text, of_records uuid[], for_what text,
    of_id uuid DEFAULT gen_random_uuid(), by_writer text DEFAULT NULL, in_turn bigint DEFAULT NULL,
    closing uuid[] DEFAULT NULL, with_salt bytea DEFAULT NULL, with_mac bytea DEFAULT NULL
) RETURNS uuid
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE made uuid;
BEGIN
    INSERT INTO public.sharing_consultation
        (id, at, transaction, person, post, agency, purpose, kind, route, records, sought,
         writer, turn, closes, salt, mac)
    SELECT of_id, clock_timestamp(), pg_current_xact_id()::text::bigint,
           h.person, h.post, h.agency, h.purpose, of_kind, by_route, of_records, for_what,
           by_writer, in_turn, closing, with_salt, with_mac
    FROM locality_private.holder(key, for_purpose) h
    RETURNING id INTO made;
    RETURN made;
END $$;

-- Whom a post has emergency access to for a purpose, now. A grant is over once its time has been
-- seen to pass, also when the clock is set back after that: transactions are counted, not timed.
CREATE OR REPLACE FUNCTION locality_private.emergencies_of(for_post uuid, for_purpose smallint)
RETURNS uuid[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT coalesce(array_agg(DISTINCT subject), '{}')
    FROM public.sharing_emergencyaccess e, unnest(e.subjects) subject
    WHERE e.post_id = for_post AND e.purpose_id = for_purpose AND e.revoked_at IS NULL
      AND e.until > clock_timestamp()
      AND NOT EXISTS (SELECT FROM public.sharing_consultation c
                      WHERE c.at >= e.until AND c.transaction > e.transaction)
$$;

-- Become the holder of a key for this transaction, if the look was committed beforehand. A look of
-- the kind 'emergency' opens what the holder has emergency access to; then nothing can be written.
CREATE OR REPLACE FUNCTION locality.open_context(key text, for_purpose text, looked uuid)
RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    opened int;
    urgent boolean := (SELECT kind = 'emergency' FROM public.sharing_consultation WHERE id = looked);
BEGIN
    DELETE FROM locality_private.context WHERE pid = pg_backend_pid();
    INSERT INTO locality_private.context
        (pid, began, person, post, agency, purpose, duties, own, team, asked, rights, circles,
         conflicts, emergencies, cleared)
    SELECT pg_backend_pid(), transaction_timestamp(), h.person, h.post, h.agency, h.purpose,
           r.duties, b.own, b.team, b.asked, b.rights, '{}', '{}',
           CASE WHEN urgent THEN locality_private.emergencies_of(h.post, h.purpose) ELSE '{}' END,
           r.clearances
    FROM locality_private.holder(key, for_purpose) h
    JOIN public.sharing_role r ON r.key = h.role
    JOIN public.sharing_consultation look
      ON look.id = looked AND look.post = h.post AND look.purpose = h.purpose
     AND look.at > clock_timestamp() - interval '2 minutes'
     AND pg_xact_status(look.transaction::text::xid8) = 'committed'
    CROSS JOIN LATERAL locality_private.rights(h.agency, h.purpose, h.role) b;
    GET DIAGNOSTICS opened = ROW_COUNT;
    IF opened = 1 THEN PERFORM locality.refresh_context(); END IF;
    IF urgent THEN PERFORM set_config('transaction_read_only', 'on', true); END IF;
    RETURN opened = 1;
END $$;

-- Whom somebody's work with others keeps them from: who must be kept safe from a person that a
-- circle of theirs, for whatever purpose, works with; but for circles that work with both.
CREATE OR REPLACE FUNCTION locality_private.other_side(of_person uuid) RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT a.protected
    FROM public.sharing_apart a
    JOIN public.sharing_workswith w ON w.person = a.feared
    JOIN public.sharing_circle c ON c.id = w.circle_id
    JOIN public.sharing_member m ON m.circle_id = c.id
    JOIN public.sharing_post p ON p.id = m.post_id
    WHERE a.ended_at IS NULL AND p.user_id = of_person
      AND m.starts <= locality.today() AND (m.until IS NULL OR m.until >= locality.today())
      AND m.left_at IS NULL AND (c.closed_on IS NULL OR c.closed_on >= locality.today())
      AND NOT EXISTS (SELECT FROM public.sharing_workswith too
                      WHERE too.circle_id = c.id AND too.person = a.protected)
$$;

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
            SELECT coalesce(array_agg(DISTINCT kept.subject), '{}')
            FROM (SELECT f.subject FROM public.sharing_conflict f
                  WHERE f.user_id = x.person AND f.lifted_at IS NULL
                  UNION ALL SELECT locality_private.other_side(x.person)) kept)
    WHERE x.pid = pg_backend_pid() AND x.began = transaction_timestamp()
$$;

-- In an emergency nothing can be written, this neither: the context ends with its transaction.
CREATE OR REPLACE FUNCTION locality.close_context() RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF current_setting('transaction_read_only') = 'off' THEN
        DELETE FROM locality_private.context WHERE pid = pg_backend_pid();
    END IF;
END $$;

DROP FUNCTION IF EXISTS locality.sign_in(uuid, text, text);
CREATE OR REPLACE FUNCTION locality.sign_in(
    for_user uuid, what text, method text,
    of_id uuid DEFAULT gen_random_uuid(), by_writer text DEFAULT NULL, in_turn bigint DEFAULT NULL,
    closing uuid[] DEFAULT NULL, with_salt bytea DEFAULT NULL, with_mac bytea DEFAULT NULL
) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    INSERT INTO public.sharing_signin
        (id, at, "user", what, method, writer, turn, closes, salt, mac)
    VALUES (of_id, clock_timestamp(), for_user, what, method,
            by_writer, in_turn, closing, with_salt, with_mac)
$$;

-- What the policies ask. Each returns NULL when nobody is acting, and NULL shows nothing. Bits are
-- stored compressed: joined to nothing they are given back plain, once, and not again for every row.
DO $$
DECLARE one record;
BEGIN
    FOR one IN SELECT * FROM (VALUES
        ('person', 'uuid'), ('post', 'uuid'), ('agency', 'smallint'), ('purpose', 'smallint'),
        ('duties', 'text[]'), ('own', 'bytea'), ('team', 'bytea'), ('asked', 'bytea'),
        ('rights', 'bytea'), ('circles', 'uuid[]'), ('conflicts', 'uuid[]'), ('emergencies', 'uuid[]'),
        ('cleared', 'smallint[]')) v(name, type)
    LOOP
        EXECUTE format($f$
            CREATE OR REPLACE FUNCTION locality.%1$s() RETURNS %2$s
            LANGUAGE plpgsql STABLE SECURITY DEFINER PARALLEL RESTRICTED
            SET search_path = pg_catalog, pg_temp AS $g$ BEGIN
                RETURN (SELECT x.%1$s%3$s FROM locality_private.context x
                        WHERE x.pid = pg_backend_pid() AND x.began = transaction_timestamp());
            END $g$ $f$, one.name, one.type,
            CASE one.type WHEN 'bytea' THEN ' || ''''::bytea' ELSE '' END);
    END LOOP;
END $$;

-- Whether a row is written in the actor's own name: their agency and post; and also their purpose and
-- person. Asked once for a row, where each would be asked for by itself.
CREATE OR REPLACE FUNCTION locality.writes_as(of_agency int, of_post uuid) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN EXISTS (SELECT FROM locality_private.context x
                   WHERE x.pid = pg_backend_pid() AND x.began = transaction_timestamp()
                     AND x.agency = of_agency AND x.post = of_post);
END $$;
CREATE OR REPLACE FUNCTION locality.acts_as(
    of_agency int, of_post uuid, for_purpose int, of_person uuid
) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN EXISTS (SELECT FROM locality_private.context x
                   WHERE x.pid = pg_backend_pid() AND x.began = transaction_timestamp()
                     AND x.agency = of_agency AND x.post = of_post
                     AND x.purpose = for_purpose AND x.person = of_person);
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
