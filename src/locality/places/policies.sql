-- Places hold what is published already, and names of public places: nothing about anybody.
-- Whoever is acting may read it; only the owner's load writes it, but for places.
CALL locality.open_to_all('places_area');
CALL locality.open_to_all('places_crimecategory');
CALL locality.open_to_all('places_load');
CALL locality.open_to_all('places_rejectedrow');
CALL locality.open_to_all('places_recordedcrime');
CALL locality.open_to_all('places_streetcrime');
CALL locality.open_to_all('places_coverage');
CALL locality.open_to_all('places_place');

-- Anybody acting may add a place, in their own name; nobody changes or removes one.
CREATE POLICY add ON places_place FOR INSERT TO locality_app
    WITH CHECK (added_by = (SELECT locality.post()));
GRANT INSERT ON places_place TO locality_app;
