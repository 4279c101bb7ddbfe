-- Records whose names begin as sought, either way round, or with the date of birth and postcode.
-- ^@ is leakproof, so the index is used beneath row-level security. What is sealed is never found.
SELECT r.id FROM people_record r
WHERE r.marking < 3 AND (
    (%(named)s AND r.family_key ^@ %(family)s AND r.given_key ^@ %(given)s)
    OR (%(named)s AND r.family_key ^@ %(given)s AND r.given_key ^@ %(family)s)
    OR (%(postcode)s <> '' AND r.born = %(born)s AND r.postcode = %(postcode)s))
ORDER BY (r.family_key = %(family)s AND r.given_key = %(given)s) DESC,
    (r.born IS NOT DISTINCT FROM %(born)s) DESC, r.family_key, r.given_key, r.id
LIMIT 200
