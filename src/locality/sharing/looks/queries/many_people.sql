-- Records that many different colleagues looked at, each with the look that made it many.
WITH firsts AS (
    SELECT DISTINCT ON (record, post) record, post, id, at
    FROM sharing_consultation, unnest(records) AS record
    WHERE at >= %(since)s AND agency = %(agency)s AND kind = 'page' AND route = ANY (%(routes)s)
    ORDER BY record, post, at, id
), counted AS (
    SELECT *, row_number() OVER (PARTITION BY record ORDER BY at, id) AS so_far,
           count(*) OVER (PARTITION BY record) AS people
    FROM firsts
)
SELECT id, at, post, people FROM counted WHERE so_far = %(many)s
