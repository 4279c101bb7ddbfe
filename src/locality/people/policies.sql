-- A person is nothing but an identifier; they show when some record of them does.
CREATE POLICY see ON people_person FOR SELECT TO locality_app USING (
    EXISTS (SELECT FROM people_record r WHERE r.person_id = people_person.id));
CREATE POLICY add ON people_person FOR INSERT TO locality_app
    WITH CHECK ((SELECT locality.agency()) IS NOT NULL);
GRANT SELECT, INSERT ON people_person TO locality_app;

CALL locality.protect('people_record', about => 'person_id', changes => 'owner');
GRANT SELECT, INSERT, UPDATE (person_id, given_names, family_name, known_as, born, sex, postcode,
    given_key, family_key, recorded_on) ON people_record TO locality_app;

-- Where somebody lives and how to reach them is not shown by showing their name.
CALL locality.protect('people_contact', about => 'person_id',
    via => 'record_id', parent => 'people_record', changes => 'owner', inherits => false);
GRANT SELECT, INSERT, UPDATE (value, safe, starts, until) ON people_contact TO locality_app;

CALL locality.protect('people_encounter', about => 'person_id',
    via => 'record_id', parent => 'people_record', inherits => false);
GRANT SELECT, INSERT ON people_encounter TO locality_app;

CALL locality.protect('people_household', changes => 'owner');
GRANT SELECT, INSERT, UPDATE (name) ON people_household TO locality_app;
CALL locality.protect('people_living', about => 'person_id',
    via => 'household_id', parent => 'people_household', changes => 'owner');
GRANT SELECT, INSERT, UPDATE (starts, until) ON people_living TO locality_app;

CALL locality.follow('people_sameperson', 'record_id', 'people_record');
GRANT SELECT, INSERT ON people_sameperson TO locality_app;
