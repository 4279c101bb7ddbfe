-- A second, slower try: short forms of the given name, and names that begin alike, which are
-- then compared letter by letter. What is sealed is never found.
-- The second of the two conditions says all. `upper` might leak, so it is not asked of a row before
-- the rule is; the first says nearly the same without it and leaves few rows.
SELECT r.id FROM people_record r
WHERE r.marking < 3 AND %(named)s AND (
    (r.family_key ^@ %(family)s AND r.given_key ^@ ANY (%(nicknames)s::text[]))
    OR (r.family_key ^@ left(%(family)s, 2)
        AND (r.given_key ^@ left(%(given)s, 1) OR r.known_as <> ''))
    OR (r.family_key ^@ left(%(family)s, 1)
        AND (r.given_key ^@ left(%(given)s, 2) OR r.born = %(born)s))
) AND (
    (r.family_key ^@ %(family)s AND r.given_key ^@ ANY (%(nicknames)s::text[]))
    OR (r.family_key ^@ left(%(family)s, 2) AND r.given_key ^@ left(%(given)s, 1))
    OR (r.family_key ^@ left(%(family)s, 1) AND r.given_key ^@ left(%(given)s, 2))
    OR (r.family_key ^@ left(%(family)s, 2) AND upper(r.known_as) = %(given)s)
    OR (r.born = %(born)s AND r.family_key ^@ left(%(family)s, 1)))
ORDER BY (r.born IS NOT DISTINCT FROM %(born)s) DESC, r.family_key, r.given_key, r.id
LIMIT 3000
