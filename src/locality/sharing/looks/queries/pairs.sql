-- Who looked at whose page: the first look of each pair.
SELECT DISTINCT ON (c.post, whom) c.id, c.at, c.post, p.name, whom
FROM sharing_consultation c
CROSS JOIN LATERAL unnest(c.records) AS whom
JOIN sharing_post p ON p.id = c.post
WHERE c.at >= %(since)s AND c.agency = %(agency)s AND c.kind = 'page' AND c.route = ANY (%(routes)s)
ORDER BY c.post, whom, c.at, c.id
