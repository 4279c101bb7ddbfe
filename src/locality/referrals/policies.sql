-- A referral belongs to the agency that makes it, beneath a case that agency's people see. It is
-- disclosed to a circle of its own, the provider's people who deal with it, and to the team of
-- the case; so are its steps and sessions, which carry its own label. Whoever is shown the case
-- in another way, such as a panel, sees the referral and how it ended, not what was written in it.
CALL locality.protect('referrals_referral', via => 'case_id', parent => 'cases_case',
    about => 'about', changes => 'team', author => 'offered_by_id', adds => 'owner');
GRANT SELECT, INSERT, UPDATE (state, answered_at, worker_id, declined, declined_says,
    withdrawn_why, ended_at, ended_how, grade, end_report, their_view, access_until)
    ON referrals_referral TO locality_app;

CALL locality.protect('referrals_step', via => 'referral_id', parent => 'referrals_referral',
    changes => 'team');
GRANT SELECT, INSERT, UPDATE (state, ended_at, says, done_by_id) ON referrals_step TO locality_app;

CALL locality.protect('referrals_session', via => 'referral_id', parent => 'referrals_referral',
    author => 'made_by_id');
GRANT SELECT, INSERT ON referrals_session TO locality_app;

-- Whoever is kept from a referral does not see who deals with it either, nor in the trail.
CREATE OR REPLACE FUNCTION locality.kept_from_referral_circle(circle uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT EXISTS (SELECT FROM public.referrals_referral r
        WHERE r.circle_id = circle AND locality.kept_from_referrals_referral(r.id))
$$;
REVOKE ALL ON FUNCTION locality.kept_from_referral_circle(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION locality.kept_from_referral_circle(uuid) TO locality_app;
CREATE POLICY kept_from_referral ON sharing_circle AS RESTRICTIVE TO locality_app USING (
    cardinality((SELECT locality.conflicts())) = 0
    OR NOT locality.kept_from_referral_circle(id));
CREATE POLICY kept_from_referral ON sharing_auditentry AS RESTRICTIVE FOR SELECT TO locality_app USING (
    cardinality((SELECT locality.conflicts())) = 0
    OR NOT locality.kept_from_referral_circle(locality.circle_of(kind, record)));

-- Once it is over, its circle closes: at once, or on the day the row says. The provider ends its
-- own access in this way, although the circle is the referring agency's. Never made later.
CREATE OR REPLACE FUNCTION locality_private.referral_access_ends() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    UPDATE public.sharing_circle SET closed_on = least(closed_on, NEW.access_until)
    WHERE id = NEW.circle_id;
    RETURN NULL;
END $$;
DROP TRIGGER IF EXISTS access_ends ON referrals_referral;
CREATE TRIGGER access_ends AFTER UPDATE OF access_until ON referrals_referral
    FOR EACH ROW WHEN (NEW.access_until IS NOT NULL)
    EXECUTE FUNCTION locality_private.referral_access_ends();
