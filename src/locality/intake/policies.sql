-- A concern is its reporter's agency's, and shows at the front door it was disclosed to.
CALL locality.protect('intake_concern', about => 'id, about', author => 'raised_by_id');
GRANT SELECT, INSERT ON intake_concern TO locality_app;  -- no UPDATE: written once

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
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT EXISTS (SELECT FROM public.intake_concern c
                   WHERE c.id = concern AND c.label_id = coalesce(label, c.label_id)
                     AND c.raised_by_id = locality.post())
$$;
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
