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
CALL locality.open_to_all('places_edition');

-- Anybody acting may add a place, in their own name; nobody changes or removes one.
CREATE POLICY add ON places_place FOR INSERT TO locality_app
    WITH CHECK (added_by = (SELECT locality.post()));
GRANT INSERT ON places_place TO locality_app;

-- Answers worked out from what is published are kept until it changes. So every transaction that
-- changes any of it makes a new edition, whoever it is and however it does it.
CREATE OR REPLACE FUNCTION locality_private.new_edition() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    INSERT INTO public.places_edition AS known (only_one, transaction, began)
    VALUES (true, pg_current_xact_id()::text::bigint, transaction_timestamp())
    ON CONFLICT (only_one) DO UPDATE
    SET transaction = excluded.transaction, began = excluded.began
    WHERE (known.transaction, known.began) <> (excluded.transaction, excluded.began);
    RETURN NULL;
END $$;
DO $$ DECLARE part text; BEGIN
    FOREACH part IN ARRAY
        ARRAY['area', 'crimecategory', 'load', 'recordedcrime', 'streetcrime', 'coverage']
    LOOP
        EXECUTE format('DROP TRIGGER IF EXISTS new_edition ON public.places_%s', part);
        EXECUTE format('CREATE TRIGGER new_edition AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE'
            ' ON public.places_%s EXECUTE FUNCTION locality_private.new_edition()', part);
    END LOOP;
END $$;
