-- A decision shows to the front door that made it and to its agency; whoever sees the concern
-- may see that it was decided.
CALL locality.protect('triage_screening', via => 'concern_id', parent => 'intake_concern', author => 'decided_by_id');
CREATE POLICY follow ON triage_screening FOR SELECT TO locality_app USING (
    circle_id = ANY ((SELECT locality.circles())::uuid[])
    AND EXISTS (SELECT FROM intake_concern c WHERE c.id = concern_id));
GRANT SELECT, INSERT ON triage_screening TO locality_app;

CALL locality.follow('triage_looking', 'concern_id', 'intake_concern', changes => true);
CREATE POLICY done ON triage_looking FOR DELETE TO locality_app
    USING (post_id = (SELECT locality.post()));
GRANT SELECT, INSERT, UPDATE (since), DELETE ON triage_looking TO locality_app;
