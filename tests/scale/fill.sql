-- Fill a migrated database with an invented area of any size, as its administrator. What a row says
-- depends on its number and on the seed alone. The schema `scale` is made by filling.py and dropped
-- in the end; it holds scale.persons(), scale.concerns(), scale.posts(), scale.seed() and tables of
-- words: matter, told, clock, given, family.

CREATE FUNCTION scale.id(kind text, n bigint) RETURNS uuid LANGUAGE sql IMMUTABLE
RETURN md5(scale.seed() || kind || n)::uuid;
CREATE FUNCTION scale.record_id(agency int, person bigint, sealed boolean) RETURNS uuid
LANGUAGE sql IMMUTABLE
RETURN md5(scale.seed() || 'record' || agency || '-' || person || sealed)::uuid;
-- A number from 0 up to 1, the same for the same row and question.
CREATE FUNCTION scale.draw(n bigint, question int) RETURNS float8 LANGUAGE sql IMMUTABLE
RETURN (hashint8extended(n, scale.seed() * 100 + question) & 16777215)::float8 / 16777216;
CREATE FUNCTION scale.label(owner int, category int, marking int) RETURNS int
LANGUAGE sql IMMUTABLE RETURN owner * 64 + category * 4 + marking;
-- How far apart the concerns are of which so many opened a case, all told.
CREATE FUNCTION scale.every(times int) RETURNS bigint LANGUAGE sql IMMUTABLE
RETURN greatest(60, scale.concerns() / times / 60 * 60);
-- What people quote: intake/rules.py, `reference`.
CREATE FUNCTION scale.reference(id uuid) RETURNS text LANGUAGE sql IMMUTABLE RETURN (
    SELECT 'C-' || left(code, 4) || '-' || right(code, 4) FROM (
        SELECT string_agg(substr('0123456789ABCDEFGHJKMNPQRSTVWXYZ',
            1 + (('x' || left(replace(id::text, '-', ''), 10))::bit(40)::bigint >> 5 * (7 - i) & 31)::int,
            1), '' ORDER BY i) AS code FROM generate_series(0, 7) i) made);

-- Agencies 1 to 8 are there already. 9 to 36 have agreed with them; the agreement of 37 ended
-- yesterday; 38 shares only with consent; 39 and 40 have agreed with nobody.
INSERT INTO sharing_agency (id, name, sector, contact)
SELECT n, 'Aldermoor agency ' || n,
       (ARRAY['school', 'housing', 'voluntary sector', 'health'])[1 + n % 4], '01632 960000'
FROM generate_series(9, 40) n;

CREATE TABLE scale.agreed AS
SELECT scale.id(kind, purpose) AS id, kind, purpose,
       CASE kind WHEN 'many' THEN '{1,2,3,4,5,6,8}'::int[] || ARRAY(SELECT generate_series(9, 36))
                 WHEN 'ended' THEN '{1,3,37}' ELSE '{1,3,38}' END AS agencies
FROM unnest(ARRAY['many', 'ended', 'with consent']) kind, unnest(ARRAY[1, 2, 4]) purpose;
INSERT INTO sharing_agreement (id, name, purpose_id, gateway, conditions, document, state, starts,
    until, review_by, version, by_leads)
SELECT id, 'Aldermoor ' || kind, purpose, 'children act 2004 s10', '', '', 'in force',
       locality.today() - 800, locality.today() + CASE kind WHEN 'ended' THEN -1 ELSE 300 END,
       locality.today() + 300, 1, false
FROM scale.agreed;
INSERT INTO sharing_party (id, agreement_id, agency_id, gives, gets, signatory)
SELECT gen_random_uuid(), id, agency, true, true, '' FROM scale.agreed, unnest(agencies) agency;
INSERT INTO sharing_coverage (id, agreement_id, category, up_to, needs_consent)
SELECT gen_random_uuid(), id, category, 3, kind = 'with consent'
FROM scale.agreed, generate_series(0, 11) category WHERE category <> 10;

-- Posts: their agency is drawn evenly, so that few posts share themselves out like many.
CREATE TABLE scale.post AS
SELECT n, scale.id('post', n) AS id, scale.id('user', n) AS user_id, agency,
       CASE WHEN agency = 1 THEN (ARRAY['case_lead', 'screener', 'specialist'])[1 + n % 3]
            WHEN agency = 3 THEN 'officer' WHEN agency = 4 THEN 'clinician'
            WHEN agency = 6 THEN 'provider' ELSE 'practitioner' END AS role
FROM (SELECT n, CASE WHEN r < 0.30 THEN 1 WHEN r < 0.55 THEN 3 WHEN r < 0.65 THEN 4
                     WHEN r < 0.68 THEN 2 WHEN r < 0.70 THEN 5 WHEN r < 0.72 THEN 8
                     ELSE 9 + floor((r - 0.72) / 0.28 * 32)::int END AS agency
      FROM (SELECT n, (n * 0.6180339887498949) % 1 AS r
            FROM generate_series(0, scale.posts() - 1) n) drawn) placed;
INSERT INTO sharing_user (id, email, name, password, is_active, is_job)
SELECT user_id, user_id || '@example.org', 'Somebody ' || n, '', n % 50 <> 49, false
FROM scale.post;
INSERT INTO sharing_post (id, user_id, agency_id, role_id, title, name, about, purposes, starts, until)
SELECT id, user_id, agency, role, role, 'Somebody ' || n, '', '{1,2,4}', locality.today() - 800,
       CASE WHEN n % 40 = 39 THEN locality.today() - 1 END
FROM scale.post;
CREATE UNIQUE INDEX ON scale.post (n);

-- One front door for each purpose: the council's that is there, another of its own, the police's.
CREATE TABLE scale.door AS
SELECT purpose, owner,
       coalesce((SELECT id FROM sharing_circle c
                 WHERE c.kind = 'front door' AND c.purpose_id = purpose), scale.id('door', purpose)) AS id,
       (SELECT p.id FROM sharing_post p WHERE p.agency_id = owner AND p.until IS NULL
        ORDER BY p.role_id <> 'screener', p.id LIMIT 1) AS screener
FROM (VALUES (1, 1), (2, 1), (4, 3)) of_purpose (purpose, owner);
INSERT INTO sharing_circle (id, owner_id, category, marking, label_id, kind, name, purpose_id)
SELECT id, owner, 11, 0, scale.label(owner, 11, 0), 'front door', 'Front door ' || purpose, purpose
FROM scale.door ON CONFLICT DO NOTHING;
INSERT INTO sharing_member (id, circle_id, post_id, part, starts)
SELECT gen_random_uuid(), id, screener, '', locality.today() - 800 FROM scale.door
UNION ALL
SELECT gen_random_uuid(), id, scale.somebody('officer'), '', locality.today() - 800
FROM scale.door WHERE purpose = 4
UNION ALL
SELECT gen_random_uuid(), d.id, p.id, '', locality.today() - 800
FROM scale.door d JOIN scale.post p ON p.agency = d.owner AND p.n % 7 = 0;

-- What each concern says, in the order in which they were raised over two years. The newest in a
-- thousand wait; one in a hundred was taken back; of what was decided one in sixty opened a case.
CREATE UNLOGGED TABLE scale.concern AS
SELECT drawn.n, scale.id('concern', drawn.n) AS id,
       CASE WHEN drawn.n % 400 = 7 THEN scale.somebody('mentor') WHEN drawn.n % 97 = 5 THEN scale.somebody('officer')
            ELSE p.id END AS post,
       CASE WHEN drawn.n % 400 = 7 THEN 6 WHEN drawn.n % 97 = 5 THEN 3 ELSE p.agency END AS agency,
       d.purpose, d.id AS door, d.owner AS door_owner, d.screener,
       m.title, m.category, m.marking, m.marking = 3 AS sealed, one, two,
       array_remove(ARRAY[scale.id('person', one), scale.id('person', two)], NULL) AS about,
       t.told, t.why, t.handling, urgency, c.raised_at, c.screen_by, withdrawn,
       NOT withdrawn AND drawn.n <= scale.concerns() - greatest(scale.concerns() / 1000, 30) AS decided,
       NOT withdrawn AND drawn.n % 60 = 0 AND one IS NOT NULL AS opened
FROM (SELECT n,
             CASE WHEN scale.draw(n, 1) < 0.95 THEN CASE WHEN scale.draw(n, 2) < 0.1
                  THEN floor(scale.draw(n, 3) * greatest(scale.persons() / 20, 1))::bigint
                  ELSE floor(scale.draw(n, 3) * scale.persons())::bigint END END AS one,
             CASE WHEN scale.draw(n, 1) < 0.10
                  THEN floor(scale.draw(n, 4) * scale.persons())::bigint END AS two,
             floor(scale.draw(n, 5) * scale.posts())::bigint AS reporter,
             CASE WHEN scale.draw(n, 6) < 0.6 THEN 1 WHEN scale.draw(n, 6) < 0.9 THEN 2 ELSE 4 END
                 AS purpose,
             scale.draw(n, 7) AS which, scale.draw(n, 8) AS answer,
             (ARRAY['today', 'soon', 'routine'])[1 + floor(scale.draw(n, 9) * 3)::int] AS urgency,
             (1 + (scale.concerns() - n) * 729 / scale.concerns())::int AS days_ago,
             9 + floor(scale.draw(n, 10) * 8)::int AS hour,
             n % 100 = 3 AS withdrawn
      FROM generate_series(1, scale.concerns()) n) drawn
JOIN scale.post p ON p.n = reporter
JOIN scale.door d USING (purpose)
JOIN scale.matter m ON which >= m.low AND which < m.high
JOIN scale.told t ON t.named = (one IS NOT NULL) AND answer >= t.low AND answer < t.high
JOIN scale.clock c USING (days_ago, hour, urgency)
ORDER BY drawn.n;
UPDATE scale.concern SET two = NULL, about = about[1:1] WHERE one = two;

-- Each reporter's agency has its own record of whom it raises a concern about, sealed for a sealed
-- one; the agency that leads a case has one, too; and nobody is without any.
CREATE UNLOGGED TABLE scale.record AS
SELECT row_number() OVER () AS k, agency, person, sealed, scale.record_id(agency, person, sealed) AS id
FROM (SELECT agency, one AS person, sealed FROM scale.concern WHERE one IS NOT NULL
      UNION SELECT agency, two, sealed FROM scale.concern WHERE two IS NOT NULL
      UNION SELECT door_owner, one, sealed FROM scale.concern WHERE opened
      UNION SELECT p.agency, somebody, false
      FROM generate_series(0, scale.persons() - 1) somebody
      JOIN scale.post p ON p.n = floor(scale.draw(somebody, 20) * scale.posts())::bigint) pairs;

INSERT INTO people_person (id)
SELECT scale.id('person', n) FROM generate_series(0, scale.persons() - 1) n;
INSERT INTO people_record (id, person_id, owner_id, category, marking, label_id, given_names,
    family_name, known_as, born, sex, postcode, given_key, family_key, recorded_on, version)
SELECT r.id, scale.id('person', person), agency, 0, CASE WHEN sealed THEN 3 ELSE 1 END,
       scale.label(agency, 0, CASE WHEN sealed THEN 3 ELSE 1 END), g.name, f.name,
       CASE WHEN scale.draw(person, 31) < 0.03 THEN 'Ash' ELSE '' END,
       CASE WHEN scale.draw(person, 23) < 0.95
            THEN locality.today() - 200 - floor(scale.draw(person, 24) * 33000)::int END,
       (ARRAY['female', 'male', 'not known'])[1 + floor(scale.draw(person, 25) * 3)::int],
       'AM' || 1 + floor(scale.draw(person, 26) * 60)::int || ' '
           || floor(scale.draw(person, 27) * 10)::int
           || chr(65 + floor(scale.draw(person, 28) * 26)::int)
           || chr(65 + floor(scale.draw(person, 29) * 26)::int),
       g.key, f.key, locality.today() - (1 + scale.draw(k, 30) * 700)::int, 1
FROM scale.record r
JOIN scale.given g ON g.n = floor(scale.draw(person, 21) * (SELECT count(*) FROM scale.given))
JOIN scale.family f ON f.n = floor(scale.draw(person, 22) * (SELECT count(*) FROM scale.family));
INSERT INTO people_contact (id, record_id, person_id, owner_id, category, marking, label_id, kind,
    value, starts)
SELECT scale.id('contact', k), id, scale.id('person', person), agency, 1, marking,
       scale.label(agency, 1, marking), CASE k % 2 WHEN 0 THEN 'phone' ELSE 'address' END,
       CASE k % 2 WHEN 0 THEN '01632 960' || lpad((k % 1000)::text, 3, '0')
                  ELSE k % 200 || ' Example Street' END, locality.today() - 100
FROM (SELECT *, CASE WHEN k % 20 = 0 THEN 2 ELSE 1 END AS marking FROM scale.record WHERE k % 2 = 0) r;
INSERT INTO people_encounter (id, record_id, person_id, owner_id, category, marking, label_id, "on",
    kind, summary)
SELECT scale.id('encounter', k), id, scale.id('person', person), agency, category, 1,
       scale.label(agency, category, 1), locality.today() - (k % 700)::int, 'visit', 'Seen at home.'
FROM (SELECT *, CASE WHEN agency = 3 THEN 9 WHEN agency = 4 THEN 5 ELSE 8 END AS category
      FROM scale.record WHERE k % 3 = 0) r;

INSERT INTO intake_narrative (id, concern_id, owner_id, category, marking, label_id, text, seen_by,
    strengths)
SELECT scale.id('narrative', n), id, agency, category, marking, scale.label(agency, category, marking),
       'Something was noticed, as somebody would write it in a few sentences: number ' || n || '.', '', ''
FROM scale.concern ORDER BY n;
INSERT INTO intake_about (id, concern_id, owner_id, category, marking, label_id, person_id, record_id,
    part)
SELECT scale.id('about', n * 2 + i), id, agency, category, marking,
       scale.label(agency, category, marking), scale.id('person', person),
       scale.record_id(agency, person, sealed), ''
FROM scale.concern, LATERAL (VALUES (0, one), (1, two)) named (i, person)
WHERE person IS NOT NULL ORDER BY n;
INSERT INTO intake_receipt (concern_id, post_id, circle_id, reference, title, raised_at, look_by)
SELECT id, post, door, scale.reference(id), title, raised_at, screen_by FROM scale.concern ORDER BY n;
INSERT INTO intake_withdrawal (id, receipt_id, why, withdrawn_by_id, withdrawn_at)
SELECT scale.id('withdrawal', n), id, 'A mistake.', post, raised_at + interval '1 hour'
FROM scale.concern WHERE withdrawn;
INSERT INTO triage_waiting (concern_id, circle_id)
SELECT id, door FROM scale.concern WHERE NOT withdrawn AND NOT decided;

-- Each was disclosed to its front door with the records it names. One in a hundred disclosures was
-- withdrawn since, one ended, and one is to a single post.
CREATE UNLOGGED TABLE scale.given_to AS
SELECT scale.id('disclosure', n) AS id, n, 'intake.concern' AS kind, agency, category, marking, door AS circle,
       purpose, post, raised_at, handling, id AS item, sealed, one, two,
       CASE WHEN n % 100 = 11 THEN (raised_at + interval '1 day')::date END AS until,
       CASE WHEN n % 100 = 12 THEN raised_at + interval '1 day' END AS withdrawn_at,
       CASE WHEN n % 100 = 13 THEN ARRAY[screener] END AS recipients
FROM scale.concern;

INSERT INTO sharing_circle (id, owner_id, category, marking, label_id, kind, name, made_by_id, purpose_id,
    closed_on)
SELECT scale.id('circle', n), door_owner, category, marking, scale.label(door_owner, category, marking),
       'case', '', screener, purpose, CASE WHEN n % 600 = 0 THEN locality.today() - 1 END
FROM scale.concern WHERE opened AND decided;
INSERT INTO sharing_member (id, circle_id, post_id, part, starts, until, left_at)
SELECT gen_random_uuid(), scale.id('circle', n), post, CASE i WHEN 0 THEN 'lead' ELSE '' END,
       raised_at::date, CASE WHEN i = 2 AND n % 420 = 0 THEN locality.today() - 1 END,
       CASE WHEN i = 3 AND n % 300 = 0 THEN raised_at + interval '1 day' END
FROM (SELECT n, i, raised_at,
             CASE i WHEN 0 THEN screener WHEN 4 THEN scale.somebody('mentor')
                    WHEN 5 THEN scale.somebody('officer')
                    ELSE (SELECT id FROM scale.post p
                          WHERE p.n = floor(scale.draw(c.n * 8 + i, 40) * scale.posts())::bigint) END AS post
      FROM scale.concern c, generate_series(0, 5) i
      WHERE opened AND decided AND (i < 4 OR (i = 4 AND n % scale.every(15) = 0) OR (i = 5 AND n % scale.every(40) = 0))) team;
INSERT INTO sharing_workswith (id, circle_id, person)
SELECT gen_random_uuid(), scale.id('circle', n), person
FROM scale.concern, unnest(about) person WHERE opened AND decided;
INSERT INTO cases_case (id, owner_id, category, marking, label_id, reference, title, circle_id, purpose_id,
    lawful_basis, why, own_words, going_well, lead_id, about, concerns, state, opened_by_id, opened_at,
    review_on, closed_at, closed_by_id, closing, closing_says, version)
SELECT scale.id('case', n), door_owner, category, marking, scale.label(door_owner, category, marking),
       'K-' || n, title, scale.id('circle', n), purpose, 'UK GDPR Article 6(1)(e) public task',
       'They asked for help.', '', '', screener, about, ARRAY[id],
       CASE WHEN closed THEN 'closed' ELSE 'open' END, screener, raised_at + interval '2 hours',
       locality.today() + (n % 60)::int, CASE WHEN closed THEN raised_at + interval '40 days' END,
       CASE WHEN closed THEN screener END, CASE WHEN closed THEN 'goals met' ELSE '' END, '', 1
FROM (SELECT *, n % 180 = 0 AS closed FROM scale.concern WHERE opened AND decided) c;
INSERT INTO cases_subject (id, case_id, owner_id, category, marking, label_id, kind, person_id, part)
SELECT gen_random_uuid(), scale.id('case', n), door_owner, category, marking,
       scale.label(door_owner, category, marking), 'person', person, ''
FROM scale.concern, unnest(about) person WHERE opened AND decided;
INSERT INTO cases_need (id, case_id, owner_id, category, marking, label_id, heading, says, made_by_id, made_at)
SELECT scale.id('need', n), scale.id('case', n), door_owner, category, marking,
       scale.label(door_owner, category, marking), 'home', 'Somewhere to live.', screener, raised_at
FROM scale.concern WHERE opened AND decided;
INSERT INTO cases_action (id, case_id, owner_id, category, marking, label_id, says, who_id, due, state,
    result, made_by_id, made_at)
SELECT scale.id('action', n), scale.id('case', n), door_owner, category, marking,
       scale.label(door_owner, category, marking), 'Ring the landlord.', screener,
       locality.today() + (n % 30)::int, 'to do', '', screener, raised_at
FROM scale.concern WHERE opened AND decided;

INSERT INTO scale.given_to
SELECT scale.id('team', n), n, 'cases.case', door_owner, category, marking, scale.id('circle', n), purpose,
       screener, raised_at, '', scale.id('case', n), sealed, one, NULL,
       CASE WHEN n % 1200 = 0 THEN locality.today() - 1 END, NULL, NULL
FROM scale.concern WHERE opened AND decided;
INSERT INTO sharing_disclosure (id, owner_id, category, marking, label_id, circle_id, purpose_id, gateway,
    necessity, handling, conditions, recipients, given_by_id, given_at, starts, until, withdrawn_at,
    withdrawn_why)
SELECT id, agency, category, marking, scale.label(agency, category, marking), circle, purpose,
       'children act 2004 s10', 'So that they can decide what help is needed, and how soon.', handling,
       '{}', recipients, post, raised_at, raised_at::date, until, withdrawn_at,
       CASE WHEN withdrawn_at IS NULL THEN '' ELSE 'A mistake.' END
FROM scale.given_to;
INSERT INTO sharing_disclosed (id, disclosure_id, item, kind, category, giver_id, circle_id, purpose_id,
    starts, until, withdrawn_at, recipients)
SELECT md5(id || i::text)::uuid, id, what.item, what.kind, what.category, agency, circle, purpose,
       raised_at::date, until, withdrawn_at, recipients
FROM scale.given_to g, LATERAL (VALUES
    (0, g.item, g.kind, g.category),
    (1, CASE WHEN one IS NOT NULL THEN scale.record_id(agency, one, sealed) END, 'people.record', 0),
    (2, CASE WHEN two IS NOT NULL THEN scale.record_id(agency, two, sealed) END, 'people.record', 0)
) what (i, item, kind, category)
WHERE what.item IS NOT NULL;

-- A concern notes how it is disclosed, as the triggers would that are off: intake/policies.sql.
CREATE TABLE scale.noted AS
SELECT c.id, bool_or(plain) AS at_door, bool_or(NOT plain) AS elsewhere
FROM scale.given_to g JOIN scale.concern c ON c.id = g.item
CROSS JOIN LATERAL (SELECT g.circle = c.door AND g.purpose = c.purpose AND g.until IS NULL
                           AND g.recipients IS NULL AND g.raised_at::date <= locality.today()) is_plain (plain)
WHERE g.kind = 'intake.concern' AND g.withdrawn_at IS NULL GROUP BY c.id;
INSERT INTO intake_concern (id, owner_id, category, marking, label_id, reference, purpose_id,
    circle_id, title, about, place_says, noticed_on, noticed_says, urgency, told, told_says,
    without_agreement, raised_by_id, raised_at, screen_by, at_door, elsewhere)
SELECT id, agency, category, marking, scale.label(agency, category, marking), scale.reference(id),
       purpose, door, title, about, CASE WHEN one IS NULL THEN 'By the bridge' ELSE '' END,
       raised_at::date, '', urgency, told, '', why, post, raised_at, screen_by,
       coalesce(at_door, false), coalesce(elsewhere, false)
FROM scale.concern LEFT JOIN scale.noted USING (id) ORDER BY n;

INSERT INTO triage_screening (id, owner_id, category, marking, label_id, concern_id, circle_id, decided,
    reason, told_reporter, route, case_id, decided_by_id, decided_at, in_time)
SELECT scale.id('screening', n), door_owner, category, marking, scale.label(door_owner, category, marking),
       id, door, CASE WHEN opened THEN 'open a case' WHEN n % 20 = 1 THEN 'urgent route' ELSE 'signpost' END,
       'As agreed.', '', CASE WHEN opened THEN '' ELSE 'The library' END, CASE WHEN opened THEN scale.id('case', n) END, screener,
       raised_at + interval '2 hours', raised_at + interval '2 hours' <= screen_by
FROM scale.concern WHERE decided ORDER BY n;
INSERT INTO intake_reply (id, receipt_id, stage, says, told_by_id, told_at, circle_id)
SELECT scale.id('reply', n), id, CASE WHEN opened THEN 'help is being planned'
       WHEN n % 20 = 1 THEN 'passed on urgently' ELSE 'advice given' END, '', screener,
       raised_at + interval '2 hours', CASE WHEN opened THEN scale.id('circle', n) END
FROM scale.concern WHERE decided ORDER BY n;

-- Agency 38 shares only with consent; one in three agreed, one in thirty took it back.
INSERT INTO sharing_consent (id, owner_id, category, marking, label_id, person, kind, answer, purpose_id,
    receivers, categories, answered_by, who, words, taken_by_id, taken_at, starts, until, ended_at, ended_why)
SELECT gen_random_uuid(), 38, 0, 1, scale.label(38, 0, 1), scale.id('person', person), 'confidentiality',
       'agreed', purpose, '{1,3}', ARRAY(SELECT generate_series(0, 11)), 'themselves', '', 'Yes.',
       (SELECT id FROM scale.post ORDER BY agency <> 38, n LIMIT 1), now() - interval '90 days',
       locality.today() - 90, locality.today() + 90,
       CASE WHEN person % 30 = 0 THEN now() - interval '1 day' END, ''
FROM (SELECT DISTINCT person FROM scale.record WHERE agency = 38 AND person % 3 = 0) r,
     unnest(ARRAY[1, 2]) purpose;

-- Every third colleague is kept from somebody, some no longer; some people are kept apart from others.
INSERT INTO sharing_conflict (id, user_id, subject, why, agency_id, declared_by_id, declared_at, lifted_at)
SELECT gen_random_uuid(), user_id, scale.id('person', floor(scale.draw(n, 50) * scale.persons())::bigint),
       'A relative.', agency, id, now() - interval '9 days', CASE WHEN n % 15 = 0 THEN now() END
FROM scale.post WHERE n % 3 = 0
UNION ALL
SELECT gen_random_uuid(), p.user_id, scale.id('person', person), 'A relative.', p.agency_id, p.id,
       now() - interval '9 days', NULL
FROM sharing_post p, unnest(ARRAY[3, 5]) person WHERE p.id = scale.somebody('officer');
INSERT INTO sharing_apart (id, protected, feared, why, agency_id, declared_by_id, declared_at, ended_at)
SELECT gen_random_uuid(), scale.id('person', one), scale.id('person', (one + 1) % scale.persons()),
       'Afraid.', door_owner, screener, now(), CASE WHEN n % 1800 = 0 THEN now() END
FROM scale.concern WHERE opened AND decided AND n % 360 = 0;
