-- A referral is its maker's agency's, and shows to the circle it was disclosed to: the provider's
-- people who deal with it. What they write in it carries the referral's own label.
CALL locality.protect('referrals_referral', about => 'about, case_id', changes => 'team', author => 'offered_by_id');
GRANT SELECT, INSERT, UPDATE (state, answered_at, worker_id, declined, declined_says, ended_at,
    grade, end_report, their_view) ON referrals_referral TO locality_app;

CALL locality.protect('referrals_step', via => 'referral_id', parent => 'referrals_referral',
    changes => 'team');
GRANT SELECT, INSERT, UPDATE (state, due, ended_at, says, done_by_id) ON referrals_step
    TO locality_app;

CALL locality.protect('referrals_session', via => 'referral_id', parent => 'referrals_referral', author => 'made_by_id');
GRANT SELECT, INSERT ON referrals_session TO locality_app;

-- The team of the case sees its referrals: the lead agency disclosed the case to them.
CREATE POLICY case_team ON referrals_referral FOR SELECT TO locality_app USING (
    get_bit((SELECT locality.team()), label_id) <> 0
    AND NOT (about && (SELECT locality.conflicts()))
    AND EXISTS (SELECT FROM cases_case c
                WHERE c.id = case_id AND c.label_id = referrals_referral.label_id));
