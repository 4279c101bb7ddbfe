-- A concern is its reporter's agency's, and shows at the front door it was disclosed to.
CALL locality.protect('intake_concern', about => 'id, about', author => 'raised_by_id',
    door => 'circle_id');
GRANT SELECT, INSERT ON intake_concern TO locality_app;  -- no UPDATE: written once

-- Nearly every concern is disclosed once, when it is raised: to its own front door, for good, to all
-- who work there. That, and whether there is anything else, is noted in the concern. What is noted
-- follows from its disclosures alone, whoever writes what and in which order.
CREATE OR REPLACE FUNCTION locality_private.to_note(
    concern uuid, owner int, door uuid, OUT at_door boolean, OUT elsewhere boolean
) LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    SELECT coalesce(bool_or(plain), false), coalesce(bool_or(NOT plain), false)
    INTO at_door, elsewhere
    FROM (SELECT d.circle_id = door AND d.purpose_id = c.purpose_id
                 AND d.starts <= locality.today() AND d.until IS NULL
                 AND d.recipients IS NULL AS plain
          FROM public.sharing_disclosed d JOIN public.sharing_circle c ON c.id = door
          WHERE d.item = concern AND d.giver_id = owner AND d.withdrawn_at IS NULL) each;
END $$;
CREATE OR REPLACE FUNCTION locality_private.note_first() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    SELECT * INTO NEW.at_door, NEW.elsewhere
    FROM locality_private.to_note(NEW.id, NEW.owner_id, NEW.circle_id);
    RETURN NEW;
END $$;
DROP TRIGGER IF EXISTS note_first ON intake_concern;
CREATE TRIGGER note_first BEFORE INSERT ON intake_concern
    FOR EACH ROW EXECUTE FUNCTION locality_private.note_first();
-- Of two disclosures that change at once the second waits for the first, and then looks again.
CREATE OR REPLACE FUNCTION locality_private.note_again() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    concern uuid;
BEGIN
    FOR concern IN SELECT DISTINCT item FROM (VALUES (OLD.kind, OLD.item), (NEW.kind, NEW.item))
        of (kind, item) WHERE kind = 'intake.concern' LOOP
        PERFORM FROM public.intake_concern WHERE id = concern FOR NO KEY UPDATE;
        UPDATE public.intake_concern c SET at_door = now.at_door, elsewhere = now.elsewhere
        FROM public.intake_concern i
        CROSS JOIN LATERAL locality_private.to_note(i.id, i.owner_id, i.circle_id) now
        WHERE i.id = concern AND c.id = i.id
          AND (c.at_door, c.elsewhere) <> (now.at_door, now.elsewhere);
    END LOOP;
    RETURN NULL;
END $$;
DROP TRIGGER IF EXISTS note_again ON sharing_disclosed;
CREATE TRIGGER note_again AFTER INSERT OR UPDATE OR DELETE ON sharing_disclosed
    FOR EACH ROW EXECUTE FUNCTION locality_private.note_again();

-- Its parts are written with it, by whoever raised it, and by nobody later.
CALL locality.protect('intake_narrative', via => 'concern_id', parent => 'intake_concern',
    adds => 'nobody');
GRANT SELECT, INSERT ON intake_narrative TO locality_app;

CALL locality.protect('intake_about', via => 'concern_id', about => 'person_id',
    parent => 'intake_concern', adds => 'nobody');
GRANT SELECT, INSERT ON intake_about TO locality_app;

-- Somebody may raise what they are not cleared to read, and writes its parts with it. All this
-- tells is whether a concern, whose id they know already, is one they raised.
CREATE OR REPLACE FUNCTION locality.raised(concern uuid, label int) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN EXISTS (SELECT FROM public.intake_concern c
                   WHERE c.id = concern AND c.label_id = coalesce(label, c.label_id)
                     AND c.raised_by_id = locality.post());
END $$;
CREATE POLICY raise ON intake_narrative FOR INSERT TO locality_app
    WITH CHECK (locality.raised(concern_id, label_id));
CREATE POLICY raise ON intake_about FOR INSERT TO locality_app
    WITH CHECK (locality.raised(concern_id, label_id));

-- What a reporter adds goes where the concern goes; they need not be able to read either.
CALL locality.protect('intake_addition', via => 'concern_id', parent => 'intake_concern',
    adds => 'nobody');
CREATE POLICY raise ON intake_addition FOR INSERT TO locality_app WITH CHECK (
    added_by_id = (SELECT locality.post()) AND locality.raised(concern_id, label_id));
GRANT SELECT, INSERT ON intake_addition TO locality_app;

-- Whoever sees a concern sees which place it means; its front door says so, in their own name.
CALL locality.keep_parts('intake_placed', 'concern_id', NULL, 'intake_concern');
CREATE POLICY see ON intake_placed FOR SELECT TO locality_app USING (
    EXISTS (SELECT FROM intake_concern c WHERE c.id = concern_id));
CREATE POLICY add ON intake_placed FOR INSERT TO locality_app WITH CHECK (
    placed_by_id = (SELECT locality.post())
    AND EXISTS (SELECT FROM intake_concern c WHERE c.id = concern_id
                AND c.circle_id = ANY ((SELECT locality.circles())::uuid[])));
GRANT SELECT, INSERT ON intake_placed TO locality_app;

-- The reporter keeps their receipt; the front door that may see the concern sees it too.
CREATE POLICY see ON intake_receipt FOR SELECT TO locality_app USING (
    post_id = (SELECT locality.post())
    OR EXISTS (SELECT FROM intake_concern c WHERE c.id = concern_id));
CREATE POLICY add ON intake_receipt FOR INSERT TO locality_app
    WITH CHECK (post_id = (SELECT locality.post()) AND locality.raised(concern_id, NULL));
GRANT SELECT, INSERT ON intake_receipt TO locality_app;  -- no UPDATE: news is a reply

-- The front door tells the reporter what became of it; so does, later, the circle that helps,
-- which need not see the concern. All this tells is whether one's own circle was asked to.
CREATE OR REPLACE FUNCTION locality.helps(concern uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT EXISTS (SELECT FROM public.intake_reply r
                   WHERE r.receipt_id = concern AND r.circle_id = ANY (locality.circles()))
$$;
CALL locality.keep_parts('intake_reply', 'receipt_id', NULL, 'intake_concern');
CREATE POLICY see ON intake_reply FOR SELECT TO locality_app USING (
    told_by_id = (SELECT locality.post())
    OR EXISTS (SELECT FROM intake_receipt r WHERE r.concern_id = receipt_id));
CREATE POLICY add ON intake_reply FOR INSERT TO locality_app WITH CHECK (
    told_by_id = (SELECT locality.post())
    AND (EXISTS (SELECT FROM intake_concern c WHERE c.id = receipt_id
                 AND c.circle_id = ANY ((SELECT locality.circles())::uuid[]))
         OR (circle_id IS NULL AND locality.helps(receipt_id))));
GRANT SELECT, INSERT ON intake_reply TO locality_app;

-- A reporter takes back what they raised themselves; whoever sees the receipt sees that and why.
CALL locality.keep_parts('intake_withdrawal', 'receipt_id', NULL, 'intake_concern');
CREATE POLICY see ON intake_withdrawal FOR SELECT TO locality_app USING (
    EXISTS (SELECT FROM intake_receipt r WHERE r.concern_id = receipt_id));
CREATE POLICY add ON intake_withdrawal FOR INSERT TO locality_app WITH CHECK (
    withdrawn_by_id = (SELECT locality.post())
    AND EXISTS (SELECT FROM intake_receipt r
                WHERE r.concern_id = receipt_id AND r.post_id = (SELECT locality.post())));
GRANT SELECT, INSERT ON intake_withdrawal TO locality_app;

REVOKE ALL ON FUNCTION locality.raised(uuid, int), locality.helps(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION locality.raised(uuid, int), locality.helps(uuid) TO locality_app;

-- A draft is its writer's alone. It may be thrown away. A named job of its agency clears, unread,
-- what nobody has touched for 14 days.
CREATE POLICY own ON intake_draft TO locality_app
    USING (post_id = (SELECT locality.post())) WITH CHECK (post_id = (SELECT locality.post()));
CREATE POLICY clear ON intake_draft FOR DELETE TO locality_app USING (
    saved_at < transaction_timestamp() - interval '14 days'
    AND 'operate' = ANY ((SELECT locality.duties())::text[])
    AND EXISTS (SELECT FROM sharing_post p
                WHERE p.id = post_id AND p.agency_id = (SELECT locality.agency())));
GRANT SELECT, INSERT, UPDATE, DELETE ON intake_draft TO locality_app;
