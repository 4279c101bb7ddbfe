-- The one rule, declared once. Each domain's policies.sql calls these procedures; what they
-- write is the whole of who may see what.
--
-- An actor sees an item when
--   (a) their own agency owns it, they are cleared for it, and it is not sealed; or
--   (b) its owner has disclosed it (or the case it belongs to) to a circle the actor is in, for
--       the actor's purpose, today, not withdrawn; an agreement in force covers it, or it is
--       their own agency's; and they are cleared for it;
-- and in either case they are not kept from it by the conflict list.

-- The text of the rule for one table.
--   item   the column that identifies the row
--   via    the column that names the case, concern or referral it belongs to, if any
--   about  the column (uuid or uuid[]) that names the people it is about, if any
CREATE OR REPLACE FUNCTION locality_private.rule(tbl regclass, item text, via text, about text)
RETURNS text LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    here text := tbl::text;
    items text := format('d.item = %s.%I', here, item);
    kept text := format('%I <> ALL ((SELECT locality.conflicts())::uuid[])', item);
    many boolean;
BEGIN
    IF via IS NOT NULL THEN
        items := format('d.item IN (%1$s.%2$I, %1$s.%3$I)', here, item, via);
        kept := kept || format(
            ' AND (%1$I IS NULL OR %1$I <> ALL ((SELECT locality.conflicts())::uuid[]))', via);
    END IF;
    IF about IS NOT NULL THEN
        SELECT atttypid = 'uuid[]'::regtype INTO STRICT many FROM pg_attribute
        WHERE attrelid = tbl AND attname = about;
        kept := kept || CASE WHEN many
            THEN format(' AND NOT (%I && (SELECT locality.conflicts()))', about)
            ELSE format(
                ' AND (%1$I IS NULL OR %1$I <> ALL ((SELECT locality.conflicts())::uuid[]))', about)
            END;
    END IF;
    RETURN format($rule$
        (get_bit((SELECT locality.own()), label_id) <> 0
         OR (get_bit((SELECT locality.team()), label_id) <> 0
             AND EXISTS (
                SELECT FROM public.sharing_disclosed d
                WHERE %s AND d.giver_id = %s.owner_id
                  AND d.circle_id = ANY ((SELECT locality.circles())::uuid[])
                  AND d.purpose_id = (SELECT locality.purpose())
                  AND d.starts <= (SELECT locality.today())
                  AND (d.until IS NULL OR d.until >= (SELECT locality.today()))
                  AND d.withdrawn_at IS NULL)))
        AND %s $rule$, items, here, kept);
END $$;

-- Guard one table by the rule.
--   parent   the table that `via` names: a child is added only beneath a parent the actor sees,
--            as their own agency's or with the parent's own label
--   inherits whether disclosing the parent discloses the row too
--   author   the column that names the post which adds the row: nobody writes in another's name
--   changes  who may change a row they see: 'nobody', 'owner' (its agency) or 'team'
CREATE OR REPLACE PROCEDURE locality.protect(
    tbl regclass, item text DEFAULT 'id', via text DEFAULT NULL, about text DEFAULT NULL,
    parent regclass DEFAULT NULL, inherits boolean DEFAULT true,
    author text DEFAULT NULL, changes text DEFAULT 'nobody'
) LANGUAGE plpgsql AS $$
DECLARE
    seen text := locality_private.rule(
        tbl, item, CASE WHEN inherits THEN via END, about);
    own text := 'owner_id = (SELECT locality.agency())';
    added text := own;
    kept text := '';
BEGIN
    IF parent IS NOT NULL THEN
        added := format(
            'EXISTS (SELECT FROM %s up WHERE up.id = %I AND (%s.%s OR up.label_id = %s.label_id))',
            parent, via, tbl, own, tbl);
    END IF;
    IF author IS NOT NULL THEN
        added := added || format(' AND %I = (SELECT locality.post())', author);
    END IF;
    EXECUTE format('CREATE POLICY see ON %s FOR SELECT TO locality_app USING (%s)', tbl, seen);
    EXECUTE format('CREATE POLICY add ON %s FOR INSERT TO locality_app WITH CHECK (%s)', tbl, added);
    IF changes <> 'nobody' THEN
        kept := CASE changes WHEN 'owner' THEN ' AND ' || own WHEN 'team' THEN '' END;
        EXECUTE format('CREATE POLICY change ON %s FOR UPDATE TO locality_app USING (%s) '
                       'WITH CHECK (%s)', tbl, seen || kept, seen || kept);
    END IF;
END $$;

-- Let whoever is acting read a table that holds nothing about anybody.
CREATE OR REPLACE PROCEDURE locality.open_to_all(tbl regclass) LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('CREATE POLICY see ON %s FOR SELECT TO locality_app '
                   'USING ((SELECT locality.agency()) IS NOT NULL)', tbl);
    EXECUTE format('GRANT SELECT ON %s TO locality_app', tbl);
END $$;

-- Guard a table whose rows show exactly to those who see the row they belong to.
CREATE OR REPLACE PROCEDURE locality.follow(
    tbl regclass, via text, parent regclass, changes boolean DEFAULT false
) LANGUAGE plpgsql AS $$
DECLARE
    seen text := format('EXISTS (SELECT FROM %s up WHERE up.id = %s.%I)', parent, tbl, via);
BEGIN
    EXECUTE format('CREATE POLICY see ON %s FOR SELECT TO locality_app USING (%s)', tbl, seen);
    EXECUTE format('CREATE POLICY add ON %s FOR INSERT TO locality_app WITH CHECK (%s)', tbl, seen);
    IF changes THEN
        EXECUTE format('CREATE POLICY change ON %s FOR UPDATE TO locality_app USING (%s) '
                       'WITH CHECK (%s)', tbl, seen, seen);
    END IF;
END $$;
