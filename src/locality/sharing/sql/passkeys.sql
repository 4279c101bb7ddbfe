-- Passkeys and the questions put to them. Each function answers the web tier alone: a code that text
-- smuggled into a query cannot make says what is asked, and is believed for two minutes.

-- Whether the web tier asks this, and asks it now.
CREATE OR REPLACE FUNCTION locality_private.asked_now(said text, asked timestamptz, code bytea)
RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT coalesce(asked BETWEEN clock_timestamp() - interval '2 minutes'
                              AND clock_timestamp() + interval '2 minutes', false)
       AND locality_private.code_is_right(said || '|' || extract(epoch FROM asked)::bigint, code)
$$;

-- Remember a question by its hash, and forget those that nobody answered in time.
CREATE OR REPLACE FUNCTION locality.keep_challenge(
    of_hash bytea, by_browser bytea, to_do text, for_user uuid, lasts_until timestamptz,
    asked timestamptz, code bytea
) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT locality_private.asked_now(
        'keep challenge|' || encode(of_hash, 'hex') || '|' || encode(by_browser, 'hex') || '|'
        || to_do || '|' || coalesce(for_user::text, '') || '|'
        || extract(epoch FROM lasts_until)::bigint, asked, code)
    THEN RETURN false; END IF;
    DELETE FROM locality_private.challenge WHERE expires < clock_timestamp();
    INSERT INTO locality_private.challenge (hash, browser, wanted, user_id, expires)
    VALUES (of_hash, by_browser, to_do, for_user, lasts_until);
    RETURN true;
END $$;

-- Take a question away: true once, for the browser and the purpose it was put for. Of two that
-- take it at once the second waits, and finds nothing.
CREATE OR REPLACE FUNCTION locality.take_challenge(
    of_hash bytea, by_browser bytea, to_do text, for_user uuid, asked timestamptz, code bytea
) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE taken locality_private.challenge;
BEGIN
    IF NOT locality_private.asked_now(
        'take challenge|' || encode(of_hash, 'hex') || '|' || encode(by_browser, 'hex') || '|'
        || to_do || '|' || coalesce(for_user::text, ''), asked, code)
    THEN RETURN false; END IF;
    DELETE FROM locality_private.challenge WHERE hash = of_hash RETURNING * INTO taken;
    RETURN coalesce(taken.browser = by_browser AND taken.wanted = to_do
                    AND taken.user_id IS NOT DISTINCT FROM for_user
                    AND taken.expires > clock_timestamp(), false);
END $$;

-- Keep a new passkey. False when there is one of this identifier, whoever's it is.
CREATE OR REPLACE FUNCTION locality.add_passkey(
    of_id bytea, for_user uuid, with_key bytea, counted bigint, with_seal bytea, called text,
    asked timestamptz, code bytea
) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT locality_private.asked_now(
        'add passkey|' || encode(of_id, 'hex') || '|' || for_user || '|' || encode(with_key, 'hex')
        || '|' || counted || '|' || encode(with_seal, 'hex') || '|' || called, asked, code)
    THEN RETURN false; END IF;
    INSERT INTO locality_private.passkey (id, user_id, public_key, sign_count, name, seal)
    SELECT of_id, u.id, with_key, counted, called, with_seal FROM public.sharing_user u
    WHERE u.id = for_user AND u.is_active AND NOT u.is_job
    ON CONFLICT DO NOTHING;
    RETURN FOUND;
END $$;

-- Whose a passkey is, and what its proofs are checked with.
CREATE OR REPLACE FUNCTION locality.passkey(of_id bytea, asked timestamptz, code bytea)
RETURNS TABLE (user_id uuid, public_key bytea, seal bytea)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT k.user_id, k.public_key, k.seal FROM locality_private.passkey k
    WHERE k.id = of_id
      AND locality_private.asked_now('passkey|' || encode(of_id, 'hex'), asked, code)
$$;

-- Note that a passkey was used. False when its counter did not move on: there may be a copy of it.
-- A passkey that does not count always says 0.
CREATE OR REPLACE FUNCTION locality.use_passkey(
    of_id bytea, counted bigint, asked timestamptz, code bytea
) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT locality_private.asked_now(
        'use passkey|' || encode(of_id, 'hex') || '|' || counted, asked, code)
    THEN RETURN false; END IF;
    UPDATE locality_private.passkey SET sign_count = counted, last_used = clock_timestamp()
    WHERE id = of_id AND (counted > sign_count OR (counted = 0 AND sign_count = 0));
    RETURN FOUND;
END $$;

-- Somebody's passkeys, the oldest first.
CREATE OR REPLACE FUNCTION locality.passkeys_of(for_user uuid, asked timestamptz, code bytea)
RETURNS TABLE (handle uuid, id bytea, name text, added timestamptz, last_used timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT k.handle, k.id, k.name, k.added, k.last_used FROM locality_private.passkey k
    WHERE k.user_id = for_user
      AND locality_private.asked_now('passkeys of|' || for_user, asked, code)
    ORDER BY k.added
$$;

-- Take a passkey away: 'removed'; 'last' when nothing else but a password would let them in, and
-- it stays; 'absent'. Two that are taken at once wait for each other, so that one stays.
CREATE OR REPLACE FUNCTION locality.remove_passkey(
    for_user uuid, by_handle uuid, asked timestamptz, code bytea
) RETURNS text
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE held uuid[];
BEGIN
    IF NOT locality_private.asked_now(
        'remove passkey|' || for_user || '|' || by_handle, asked, code)
    THEN RETURN 'absent'; END IF;
    PERFORM pg_advisory_xact_lock(hashtextextended('passkeys of ' || for_user, 0));
    held := ARRAY(SELECT k.handle FROM locality_private.passkey k WHERE k.user_id = for_user);
    IF by_handle <> ALL (held) THEN RETURN 'absent'; END IF;
    IF cardinality(held) = 1 AND NOT EXISTS (
        SELECT FROM public.mfa_authenticator a WHERE a.user_id = for_user AND a.type = 'totp')
    THEN RETURN 'last'; END IF;
    DELETE FROM locality_private.passkey WHERE handle = by_handle AND user_id = for_user;
    RETURN 'removed';
END $$;
