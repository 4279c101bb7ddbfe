-- The first look of each day on which somebody looked far more often than on their usual day.
WITH looks AS (
    SELECT id, at, post, (at AT TIME ZONE 'Europe/London')::date AS day
    FROM sharing_consultation
    WHERE at >= %(usual_from)s AND agency = %(agency)s AND kind <> 'job'
), days AS (
    SELECT post, day, count(*) AS looks FROM looks GROUP BY post, day
), usual AS (
    SELECT one.post, one.day, one.looks,
           (SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY other.looks)
            FROM days other WHERE other.post = one.post AND other.day <> one.day) AS usually
    FROM days one
    WHERE one.looks >= %(least)s
)
SELECT DISTINCT ON (post, day) l.id, l.at, post, u.looks, u.usually
FROM usual u JOIN looks l USING (post, day)
WHERE u.looks > %(times)s * u.usually AND l.at >= %(since)s
ORDER BY post, day, l.at, l.id
