-- The life of an agreement: who may write a draft, who may take a step, and what a step does.
-- What opens anything is asked by one governance lead and agreed by another: another person, of
-- another agency that is a party. Whoever is a party may always stop it alone.

CREATE OR REPLACE FUNCTION locality_private.is_party(agreement uuid, of_agency smallint)
RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT EXISTS (SELECT FROM public.sharing_party p WHERE p.agreement_id = agreement
                   AND p.agency_id = of_agency AND (p.gives OR p.gets))
$$;

-- The step by which somebody has asked for what nobody has answered yet.
CREATE OR REPLACE FUNCTION locality_private.asked(agreement uuid) RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT s.id FROM public.sharing_agreementstep s
    WHERE s.agreement_id = agreement AND s.step = 'asked'
      AND NOT EXISTS (SELECT FROM public.sharing_agreementstep a WHERE a.answers_id = s.id)
$$;

-- Whether the actor may change the terms of an agreement: a lead of a party, or whoever wrote it,
-- while it is a draft and nobody has asked for it to take force. Volatile, as is `may_step`: asked
-- after a wait for somebody else's step, it must see that step.
CREATE OR REPLACE FUNCTION locality.may_draft(agreement uuid) RETURNS boolean
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT coalesce('govern' = ANY (locality.duties()), false) AND EXISTS (
        SELECT FROM public.sharing_agreement a
        WHERE a.id = agreement AND a.state = 'draft' AND locality_private.asked(a.id) IS NULL
          AND (a.written_by_id = locality.post()
               OR locality_private.is_party(a.id, locality.agency())))
$$;

-- Whether the actor may take a step: a lead of a party, also of what would be replaced.
CREATE OR REPLACE FUNCTION locality.may_step(agreement uuid, which text, to_what uuid)
RETURNS boolean
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT coalesce('govern' = ANY (locality.duties()), false) AND EXISTS (
        SELECT FROM public.sharing_agreement a
        LEFT JOIN public.sharing_agreementstep ask ON ask.id = locality_private.asked(a.id)
        WHERE a.id = agreement AND to_what IS NOT DISTINCT FROM
              CASE WHEN which IN ('agreed', 'declined', 'taken back') THEN ask.id END
          AND CASE WHEN which IN ('drafted', 'changed') THEN locality.may_draft(a.id)
              ELSE locality_private.is_party(a.id, locality.agency())
               AND (which NOT IN ('asked', 'agreed') OR a.replaces_id IS NULL
                    OR locality_private.is_party(a.replaces_id, locality.agency()))
               AND CASE which
                   WHEN 'asked' THEN a.state IN ('draft', 'suspended') AND ask.id IS NULL
                   WHEN 'agreed' THEN a.state IN ('draft', 'suspended') AND ask.id IS NOT NULL
                   WHEN 'declined' THEN ask.agency_id <> locality.agency()
                   WHEN 'taken back' THEN ask.agency_id = locality.agency()
                   WHEN 'suspended' THEN a.state = 'in force'
                   WHEN 'ended' THEN a.state <> 'ended'
                   ELSE false END END)
$$;

-- Whether a yes is by another person, of another agency, than whoever asked.
CREATE OR REPLACE FUNCTION locality_private.by_two(ask uuid, yes_by uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT EXISTS (
        SELECT FROM public.sharing_agreementstep s
        JOIN public.sharing_post one ON one.id = s.by_id
        JOIN public.sharing_post other ON other.id = yes_by
        WHERE s.id = ask AND s.step = 'asked'
          AND one.user_id <> other.user_id AND one.agency_id <> other.agency_id)
$$;

-- One step at a time, about the terms as they are. Two persons, whoever writes the row: whoever
-- administers the database is refused, too.
CREATE OR REPLACE FUNCTION locality_private.before_step() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    terms int;
BEGIN
    SELECT version INTO terms FROM public.sharing_agreement WHERE id = NEW.agreement_id FOR UPDATE;
    IF (NEW.step = 'agreed' AND NOT locality_private.by_two(NEW.answers_id, NEW.by_id))
       OR NEW.version IS DISTINCT FROM terms
    THEN
        RAISE insufficient_privilege USING MESSAGE =
            'an agreement takes force by two persons of two agencies, on the terms as they are';
    END IF;
    RETURN NEW;
END $$;

-- A step by a lead does what it says. One by nobody says what the administrator's file has done.
CREATE OR REPLACE FUNCTION locality_private.after_step() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    old public.sharing_agreement;
    new_start date;
BEGIN
    IF NEW.by_id IS NULL OR NEW.step = 'replaced' THEN RETURN NULL; END IF;
    UPDATE public.sharing_agreement SET by_leads = true, state = CASE NEW.step
        WHEN 'agreed' THEN 'in force' WHEN 'suspended' THEN 'suspended' WHEN 'ended' THEN 'ended'
        ELSE state END
    WHERE id = NEW.agreement_id RETURNING starts INTO new_start;
    IF NEW.step <> 'agreed' THEN RETURN NULL; END IF;
    SELECT was.* INTO old FROM public.sharing_agreement a
    JOIN public.sharing_agreement was ON was.id = a.replaces_id
    WHERE a.id = NEW.agreement_id AND was.state <> 'ended';
    IF old.id IS NULL THEN RETURN NULL; END IF;
    -- What is replaced ends now, or the day before what replaces it starts.
    UPDATE public.sharing_agreement SET by_leads = true,
        state = CASE WHEN new_start > locality.today() THEN state ELSE 'ended' END,
        until = CASE WHEN new_start > locality.today()
                THEN greatest(starts, least(until, new_start - 1)) ELSE until END
    WHERE id = old.id;
    INSERT INTO public.sharing_agreementstep (id, agreement_id, step, version, why, by_id, agency_id, at)
    VALUES (gen_random_uuid(), old.id, 'replaced', old.version, '', NEW.by_id, NEW.agency_id, NEW.at);
    RETURN NULL;
END $$;

-- Parts of a draft are written while nobody takes a step: what was asked for stays as it was.
CREATE OR REPLACE FUNCTION locality_private.before_part() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM FROM public.sharing_agreement WHERE id = NEW.agreement_id FOR UPDATE;
    RETURN NEW;
END $$;

DROP TRIGGER IF EXISTS before_step ON public.sharing_agreementstep;
CREATE TRIGGER before_step BEFORE INSERT ON public.sharing_agreementstep
    FOR EACH ROW EXECUTE FUNCTION locality_private.before_step();
DROP TRIGGER IF EXISTS after_step ON public.sharing_agreementstep;
CREATE TRIGGER after_step AFTER INSERT ON public.sharing_agreementstep
    FOR EACH ROW EXECUTE FUNCTION locality_private.after_step();
DO $$ DECLARE t text; BEGIN
    FOREACH t IN ARRAY ARRAY['party', 'coverage'] LOOP
        EXECUTE format('DROP TRIGGER IF EXISTS before_part ON public.sharing_%s', t);
        EXECUTE format('CREATE TRIGGER before_part BEFORE INSERT OR UPDATE ON public.sharing_%s'
            ' FOR EACH ROW EXECUTE FUNCTION locality_private.before_part()', t);
    END LOOP;
END $$;

-- What a role in an agency may see for a purpose, in numbers: of whom, of which kind (16 more: only
-- with consent), up to which marking; of what is disclosed to it (team) and of its own agency's at any
-- time (own, -1: none).
DROP FUNCTION IF EXISTS locality.rights_told(smallint, smallint, text, date, uuid[], uuid[]);
CREATE FUNCTION locality.rights_told(
    for_agency smallint, for_purpose smallint, for_role text, on_day date DEFAULT locality.today(),
    also uuid[] DEFAULT '{}', without uuid[] DEFAULT '{}'
) RETURNS TABLE (giver smallint, category int, own int, team int)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT g.id, c + 16 * get_bit(b.asked, locality.label(g.id, c, m)),
           coalesce(max(m) FILTER (WHERE get_bit(b.own, locality.label(g.id, c, m)) = 1), -1),
           max(m)
    FROM locality_private.compile(for_agency, for_purpose, for_role, on_day, also, without) b,
         public.sharing_agency g, generate_series(0, 15) c, generate_series(0, 3) m
    WHERE locality.agency() IS NOT NULL AND get_bit(b.team, locality.label(g.id, c, m)) = 1
    GROUP BY 1, 2
$$;

-- What would change for whom, were an agreement in force or not: the rights of every role that
-- somebody has in an agency that gets, compiled as if it were and as if it were not.
DROP FUNCTION IF EXISTS locality.would_change(uuid, text);
CREATE FUNCTION locality.would_change(agreement uuid, becomes text)
RETURNS TABLE (purpose smallint, agency smallint, role text, giver smallint, category int,
               before int, after int)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
#variable_conflict use_column
DECLARE
    one public.sharing_agreement;
    also uuid[] := '{}';
    without uuid[];
    on_day date;
BEGIN
    SELECT * INTO one FROM public.sharing_agreement a WHERE a.id = agreement;
    on_day := greatest(locality.today(), one.starts);
    IF becomes = 'in force' THEN
        also := ARRAY[agreement];
        without := CASE WHEN one.replaces_id IS NULL THEN '{}' ELSE ARRAY[one.replaces_id] END;
    ELSE
        without := ARRAY[agreement];
    END IF;
    RETURN QUERY
    WITH roles AS (
        SELECT DISTINCT a.purpose_id, p.agency_id, p.role_id
        FROM public.sharing_agreement a
        JOIN public.sharing_party getter ON getter.agreement_id = a.id AND getter.gets
        JOIN public.sharing_post p ON p.agency_id = getter.agency_id
         AND a.purpose_id = ANY (p.purposes) AND p.role_id <> 'job'
         AND (p.until IS NULL OR p.until >= on_day)
        WHERE a.id IN (agreement, one.replaces_id)
    ), told AS (
        SELECT r.*, diff.* FROM roles r CROSS JOIN LATERAL (
            SELECT coalesce(b.giver, n.giver) AS of_whom, coalesce(b.category, n.category) AS what,
                   coalesce(b.team, -1) AS was, coalesce(n.team, -1) AS is_then
            FROM locality.rights_told(r.agency_id, r.purpose_id, r.role_id, on_day) b
            FULL JOIN locality.rights_told(
                r.agency_id, r.purpose_id, r.role_id, on_day, also, without) n
            ON n.giver = b.giver AND n.category = b.category) diff
    )
    SELECT t.purpose_id, t.agency_id, t.role_id, t.of_whom, t.what, t.was, t.is_then
    FROM told t WHERE t.was <> t.is_then ORDER BY 1, 2, 3, 4, 5;
END $$;

-- How many disclosures under way that touches, for a lead of a party: those to a circle in which
-- somebody has one of these roles. What is sealed is not counted; 1 to 4 are told as 1.
CREATE OR REPLACE FUNCTION locality.would_touch(agreement uuid, becomes text) RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT CASE WHEN count(DISTINCT d.id) BETWEEN 1 AND 4 THEN 1 ELSE count(DISTINCT d.id) END
    FROM locality.would_change(agreement, becomes) w
    JOIN public.sharing_disclosed i
      ON i.giver_id = w.giver AND i.category = w.category % 16 AND i.purpose_id = w.purpose
     AND i.withdrawn_at IS NULL AND i.starts <= locality.today()
     AND (i.until IS NULL OR i.until >= locality.today())
    JOIN public.sharing_disclosure d ON d.id = i.disclosure_id AND d.marking < 3
    JOIN public.sharing_circle c ON c.id = i.circle_id AND c.marking < 3
     AND (c.closed_on IS NULL OR c.closed_on >= locality.today())
    JOIN public.sharing_member m ON m.circle_id = c.id AND m.left_at IS NULL
     AND m.starts <= locality.today() AND (m.until IS NULL OR m.until >= locality.today())
    JOIN public.sharing_post p
      ON p.id = m.post_id AND p.agency_id = w.agency AND p.role_id = w.role
    WHERE 'govern' = ANY (locality.duties())
      AND locality_private.is_party(agreement, locality.agency())
$$;
