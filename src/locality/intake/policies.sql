-- A concern is its reporter's agency's, and shows at the front door it was disclosed to.
CALL locality.protect('intake_concern', about => 'about', author => 'raised_by_id');
GRANT SELECT, INSERT ON intake_concern TO locality_app;  -- no UPDATE: written once

CALL locality.protect('intake_narrative', via => 'concern_id', parent => 'intake_concern');
GRANT SELECT, INSERT ON intake_narrative TO locality_app;

CALL locality.protect('intake_about', via => 'concern_id', about => 'person_id',
    parent => 'intake_concern');
GRANT SELECT, INSERT ON intake_about TO locality_app;

-- The reporter sees what became of it, and whoever sees the concern may say so.
CREATE POLICY see ON intake_receipt FOR SELECT TO locality_app USING (
    post_id = (SELECT locality.post())
    OR EXISTS (SELECT FROM intake_concern c WHERE c.id = concern_id));
CREATE POLICY add ON intake_receipt FOR INSERT TO locality_app
    WITH CHECK (post_id = (SELECT locality.post()));
CREATE POLICY tell ON intake_receipt FOR UPDATE TO locality_app USING (
    EXISTS (SELECT FROM intake_concern c WHERE c.id = concern_id));
GRANT SELECT, INSERT, UPDATE (stage, says, changed_at) ON intake_receipt TO locality_app;

-- A draft is its writer's alone. It may be thrown away.
CREATE POLICY own ON intake_draft TO locality_app
    USING (post_id = (SELECT locality.post())) WITH CHECK (post_id = (SELECT locality.post()));
GRANT SELECT, INSERT, UPDATE, DELETE ON intake_draft TO locality_app;
