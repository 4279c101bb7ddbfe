-- The one rule, declared once. Each domain's policies.sql calls these procedures; what they
-- write is the whole of who may see what.
--
-- An actor sees an item when
--   (a) their own agency owns it, they are cleared for it, and it is not sealed; or
--   (b) its owner has disclosed it (or the case it belongs to) to a circle the actor is in, for
--       the actor's purpose, today, not withdrawn, and, where it names them, to the actor; an agreement in force covers it, or it is
--       their own agency's; they are cleared for it; and where the agreement lets it be shared
--       only with consent, everybody whom it and what it belongs to name has given theirs; or
--   (c) they have emergency access to somebody it is about, or whom what it belongs to is about,
--       they are cleared for it, and it is neither sealed nor a contact held more closely than usual;
-- and in every case they are not kept from it by the conflict list.

-- The name of the function that tells whether the actor is kept from a row of this table.
CREATE OR REPLACE FUNCTION locality_private.kept_from(tbl regclass) RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS
$$ SELECT format('locality.kept_from_%s', relname) FROM pg_class WHERE oid = tbl $$;

-- What some columns (uuid or uuid[], separated by commas) name, as one array; NULL for no columns.
CREATE OR REPLACE FUNCTION locality_private.named_in(tbl regclass, columns text) RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT CASE WHEN count(*) > 0 THEN concat_ws(' || ',
        'ARRAY[' || string_agg(quote_ident(a.attname), ', ')
            FILTER (WHERE a.atttypid = 'uuid'::regtype) || ']',
        string_agg(quote_ident(a.attname), ' || ') FILTER (WHERE a.atttypid = 'uuid[]'::regtype)) END
    FROM pg_attribute a
    WHERE a.attrelid = tbl AND a.attname = ANY (string_to_array(replace(columns, ' ', ''), ','))
$$;

-- Say that none of some columns names somebody or something that the actor is kept from. Arrays are
-- joined only for whoever is kept from anything: hardly anybody is, and lists may be long.
CREATE OR REPLACE FUNCTION locality_private.not_kept(tbl regclass, columns text) RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT CASE WHEN named LIKE '%||%'
        THEN format('(cardinality((SELECT locality.conflicts())) = 0'
                    ' OR NOT ((%s) && (SELECT locality.conflicts())))', named)
        ELSE format('NOT (%s && (SELECT locality.conflicts()))', named) END
    FROM locality_private.named_in(tbl, columns) named WHERE named IS NOT NULL
$$;

-- The name of the function that tells whether a row of this table is about somebody to whom the
-- actor has emergency access.
CREATE OR REPLACE FUNCTION locality_private.urgent_for(tbl regclass) RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS
$$ SELECT format('locality.urgent_%s', relname) FROM pg_class WHERE oid = tbl $$;

-- In an emergency nothing opens that is sealed, that somebody is not cleared for, or that is a contact
-- held more closely than usual.
CREATE OR REPLACE FUNCTION locality.opens_in_emergency(category int, marking int) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN marking <= CASE category WHEN 1 THEN 1 ELSE 2 END
       AND marking <= (locality.cleared())[category + 1];
END $$;

-- Whether the actor has emergency access to somebody of these.
CREATE OR REPLACE FUNCTION locality.is_urgent(people uuid[]) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN RETURN people && locality.emergencies(); END $$;

-- Say that one of some columns names somebody to whom the actor has emergency access.
CREATE OR REPLACE FUNCTION locality_private.is_urgent(tbl regclass, columns text) RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT format('locality.is_urgent(%s)', named) FROM locality_private.named_in(tbl,
        regexp_replace(replace(columns, ' ', ''), '^id,?', '')) named
    WHERE named IS NOT NULL
$$;

-- The branch (c) of the rule for one table; NULL where nothing in it is about anybody.
CREATE OR REPLACE FUNCTION locality_private.emergency(
    tbl regclass, via text, about text, parent regclass
) RETURNS text LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    urgent text := concat_ws(' OR ', locality_private.is_urgent(tbl, about),
        CASE WHEN to_regprocedure(locality_private.urgent_for(parent) || '(uuid)') IS NOT NULL
             THEN format('%s(%I)', locality_private.urgent_for(parent), via) END);
BEGIN
    RETURN CASE WHEN urgent <> '' THEN urgent END;
END $$;

-- Whether an agency's row, or what it belongs to and is disclosed with, is disclosed to a circle the
-- actor is in, for their purpose, today and, where it names them, to them. Whoever is kept from it
-- does not learn that it is, either, however they ask. Its plan is kept: in the
-- words of a policy it would be planned anew, with the policies of what was disclosed, in every
-- statement, and all that a front door was ever shown be gathered to answer about one page.
CREATE OR REPLACE FUNCTION locality.is_disclosed(owner int, item uuid, whole uuid) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER PARALLEL RESTRICTED COST 500
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN EXISTS (
        SELECT FROM locality_private.context x JOIN public.sharing_disclosed d
          ON d.item IN (is_disclosed.item, whole) AND d.giver_id = owner
         AND d.circle_id = ANY (x.circles) AND d.purpose_id = x.purpose
         AND d.starts <= locality.today() AND (d.until IS NULL OR d.until >= locality.today())
         AND d.withdrawn_at IS NULL AND (d.recipients IS NULL OR x.post = ANY (d.recipients))
         AND (cardinality(x.conflicts) = 0 OR NOT locality.kept_from_item(d.kind, d.item))
        WHERE x.pid = pg_backend_pid() AND x.began = transaction_timestamp());
END $$;

-- The text of the rule for one table.
--   via        the column that names the case, concern or referral the row belongs to, if any
--   about      the columns that name the people it is about, and itself where it is what
--              somebody may be kept from, if any
--   inherits   whether disclosing the parent discloses the row too
--   reading    whether it is for reading: emergency access changes nothing
--   door       the column that names the front door it was raised at, where the row itself notes
--              whether it is disclosed to that for good (at_door), and any other way (elsewhere)
DROP FUNCTION IF EXISTS locality_private.rule(regclass, text, text, regclass, boolean, boolean);
CREATE OR REPLACE FUNCTION locality_private.rule(
    tbl regclass, via text, about text, parent regclass, inherits boolean, reading boolean,
    door text
) RETURNS text LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    items text := 'id, NULL';
    disclosed text;
    urgent text;
    kept text := coalesce(' AND ' || locality_private.not_kept(tbl, about), '');
BEGIN
    IF via IS NOT NULL AND inherits THEN
        items := format('id, %I', via);
    END IF;
    IF to_regprocedure(locality_private.kept_from(parent) || '(uuid)') IS NOT NULL THEN
        kept := kept || format(' AND (cardinality((SELECT locality.conflicts())) = 0 OR NOT %s(%I))',
                               locality_private.kept_from(parent), via);
    END IF;
    disclosed := format('locality.is_disclosed(owner_id, %s)', items);
    IF door IS NOT NULL THEN
        disclosed := format('(at_door AND %I = ANY ((SELECT locality.circles())::uuid[])'
                            ' OR elsewhere AND %s)', door, disclosed);
    END IF;
    IF reading THEN
        urgent := ' OR (cardinality((SELECT locality.emergencies())) > 0'
            ' AND locality.opens_in_emergency(category, marking)'
            ' AND (' || locality_private.emergency(tbl, via, about, parent) || '))';
    END IF;
    -- What the actor has a right to see, by label: 1 is (a), 2 and 3 are (b), without and with consent.
    RETURN format($rule$
        (CASE get_byte((SELECT locality.rights()), label_id / 4) >> label_id %% 4 * 2 & 3
              WHEN 1 THEN true
              WHEN 2 THEN %s
              WHEN 3 THEN %s
              ELSE false END %s)
        %s $rule$, disclosed,
        coalesce(disclosed || ' AND ' || locality_private.is_consented(tbl), 'false'),
        coalesce(urgent, ''), kept);
END $$;

-- Let the parts of a row be shown with it in an emergency, and so on downwards.
CREATE OR REPLACE PROCEDURE locality.show_parts(tbl regclass, via text, about text, parent regclass)
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    urgent text := locality_private.emergency(tbl, via, about, parent);
BEGIN
    IF urgent IS NULL THEN RETURN; END IF;
    EXECUTE format('CREATE OR REPLACE FUNCTION %s(row_id uuid) RETURNS boolean '
        'LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS '
        '$f$ BEGIN RETURN EXISTS (SELECT FROM %s WHERE id = row_id AND (%s)); END $f$',
        locality_private.urgent_for(tbl), tbl, urgent);
    EXECUTE format('GRANT EXECUTE ON FUNCTION %s(uuid) TO locality_app',
                   locality_private.urgent_for(tbl));
END $$;

-- Write the function that tells whether the actor is kept from a row of any kind, such as 'cases.case':
-- what sharing keeps names rows of domains above it. It names each table's own function, for it is
-- asked of row after row, and a name made up there would be looked up and planned each time.
CREATE OR REPLACE PROCEDURE locality_private.write_kept_from_item()
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    EXECUTE format('CREATE OR REPLACE FUNCTION locality.kept_from_item(kind text, item uuid) '
        'RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER '
        'SET search_path = pg_catalog, pg_temp AS $f$ BEGIN '
        'RETURN coalesce(item = ANY (locality.conflicts()), false) '
        'OR coalesce(CASE replace(kind, ''.'', ''_'') WHEN '''' THEN false %s END, false); END $f$',
        (SELECT string_agg(format('WHEN %L THEN %s(item)', c.relname,
                                  locality_private.kept_from(c.oid)), ' ' ORDER BY c.relname)
         FROM pg_class c
         WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace
           AND to_regprocedure(locality_private.kept_from(c.oid) || '(uuid)') IS NOT NULL));
END $$;
CALL locality_private.write_kept_from_item();

-- Let the parts of a row be hidden from whoever is kept from it: from somebody it is about, from
-- what it belongs to, and so on upwards.
CREATE OR REPLACE PROCEDURE locality.keep_parts(tbl regclass, via text, about text, parent regclass)
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    kept text := concat_ws(' OR ',
        'NOT (' || locality_private.not_kept(tbl, about) || ')',
        CASE WHEN to_regprocedure(locality_private.kept_from(parent) || '(uuid)') IS NOT NULL
             THEN format('%s(%I)', locality_private.kept_from(parent), via) END);
BEGIN
    IF kept = '' THEN RETURN; END IF;
    EXECUTE format('CREATE OR REPLACE FUNCTION %s(row_id uuid) RETURNS boolean '
        'LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS '
        '$f$ BEGIN RETURN EXISTS (SELECT FROM %s WHERE id = row_id AND (%s)); END $f$',
        locality_private.kept_from(tbl), tbl, kept);
    EXECUTE format('REVOKE ALL ON FUNCTION %s(uuid) FROM PUBLIC', locality_private.kept_from(tbl));
    EXECUTE format('GRANT EXECUTE ON FUNCTION %s(uuid) TO locality_app',
                   locality_private.kept_from(tbl));
    CALL locality_private.write_kept_from_item();
END $$;

-- Guard one table by the rule.
--   parent   the table that `via` names: a child is added only beneath a parent the actor sees
--   author   the column that names the post which adds the row: nobody writes in another's name
--   adds     whose a new row is: 'owner' (the actor's own agency's), 'parent' (with the parent's
--            own label), 'both', or 'nobody'. Unless said, what is disclosed with its parent
--            carries its label, and everything else is one's own.
--   changes  who may change a row they see: 'nobody', 'owner' (its agency) or 'team'
--   door     see locality_private.rule
DROP PROCEDURE IF EXISTS locality.protect(
    regclass, text, text, regclass, boolean, text, text, text);
CREATE OR REPLACE PROCEDURE locality.protect(
    tbl regclass, via text DEFAULT NULL, about text DEFAULT NULL,
    parent regclass DEFAULT NULL, inherits boolean DEFAULT true,
    author text DEFAULT NULL, changes text DEFAULT 'nobody', adds text DEFAULT NULL,
    door text DEFAULT NULL
) LANGUAGE plpgsql AS $$
DECLARE
    seen text;
    changed text;
    own text := 'owner_id = (SELECT locality.agency())';
    whose text := coalesce(adds, CASE WHEN parent IS NOT NULL AND inherits
                                      THEN 'parent' ELSE 'owner' END);
    added text := 'true';
BEGIN
    CALL locality.keep_parts(tbl, via, about, parent);
    CALL locality.name_parts(tbl, via, about, parent);
    CALL locality.show_parts(tbl, via, about, parent);
    seen := locality_private.rule(tbl, via, about, parent, inherits, true, door);
    changed := locality_private.rule(tbl, via, about, parent, inherits, false, door);
    IF whose IN ('owner', 'both') THEN
        added := CASE WHEN author IS NULL THEN own
                      ELSE format('locality.writes_as(owner_id, %I)', author) END;
    END IF;
    IF parent IS NOT NULL THEN
        added := added || format(' AND EXISTS (SELECT FROM %s up WHERE up.id = %I%s)', parent, via,
            CASE WHEN whose = 'owner' THEN ''
                 ELSE format(' AND up.label_id = %s.label_id', tbl) END);
    END IF;
    IF author IS NOT NULL AND whose NOT IN ('owner', 'both') THEN
        added := added || format(' AND %I = (SELECT locality.post())', author);
    END IF;
    EXECUTE format('CREATE POLICY see ON %s FOR SELECT TO locality_app USING (%s)', tbl, seen);
    IF whose <> 'nobody' THEN
        EXECUTE format('CREATE POLICY add ON %s FOR INSERT TO locality_app WITH CHECK (%s)',
                       tbl, added);
    END IF;
    IF changes <> 'nobody' THEN
        changed := changed || CASE changes WHEN 'owner' THEN ' AND ' || own WHEN 'team' THEN '' END;
        EXECUTE format('CREATE POLICY change ON %s FOR UPDATE TO locality_app USING (%s) '
                       'WITH CHECK (%s)', tbl, changed, changed);
    END IF;
END $$;

-- Let whoever is acting read a table that holds nothing about anybody.
CREATE OR REPLACE PROCEDURE locality.open_to_all(tbl regclass) LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('CREATE POLICY see ON %s FOR SELECT TO locality_app '
                   'USING ((SELECT locality.agency()) IS NOT NULL)', tbl);
    EXECUTE format('GRANT SELECT ON %s TO locality_app', tbl);
END $$;
