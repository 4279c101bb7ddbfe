-- The first look of each night by somebody who does not usually work at night.
WITH looks AS (
    SELECT id, at, post, at AT TIME ZONE 'Europe/London' AS here
    FROM sharing_consultation
    WHERE at >= %(usual_from)s AND agency = %(agency)s AND kind <> 'job'
), timed AS (
    SELECT *, here::time >= %(begins)s OR here::time < %(ends)s AS is_night,
           (here - %(ends)s)::date AS evening
    FROM looks
), habits AS (
    SELECT post FROM timed GROUP BY post
    HAVING avg(is_night::int) < %(share)s
)
SELECT DISTINCT ON (post, evening) id, at, post,
       count(*) OVER (PARTITION BY post, evening) AS looks
FROM timed JOIN habits USING (post)
WHERE is_night AND at >= %(since)s
ORDER BY post, evening, at, id
