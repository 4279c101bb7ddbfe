-- Every row of the trail in the order of the tree: what it says, when, and what seals it. The
-- auditor asks with words of its own: it uses none of the database's functions but PostgreSQL's.
WITH trail AS (
    SELECT transaction, id, at, writer, turn, closes, mac, salt, detail_hash, leaf, why AS detail,
           json_build_array('entry', id, coalesce(writer, ''), coalesce(turn, 0),
               coalesce(array_to_string(closes, ' '), ''),
               person, post, agency, purpose, did, kind, record)::text AS said
    FROM public.sharing_auditentry
    UNION ALL
    SELECT transaction, id, at, writer, turn, closes, mac, salt, detail_hash, leaf, sought,
           json_build_array('look', id, coalesce(writer, ''), coalesce(turn, 0),
               coalesce(array_to_string(closes, ' '), ''),
               person, post, agency, purpose, kind, route, array_to_string(records, ' '))::text
    FROM public.sharing_consultation
    UNION ALL
    SELECT transaction, id, at, writer, turn, closes, mac, salt, detail_hash, leaf,
           coalesce("user"::text, ''),
           json_build_array('sign in', id, coalesce(writer, ''), coalesce(turn, 0),
               coalesce(array_to_string(closes, ' '), ''), what, method)::text
    FROM public.sharing_signin
)
-- Identifiers come as text: a long trail is read several times as fast.
SELECT transaction, id::text, (extract(epoch FROM at) * 1000000)::bigint AS at, coalesce(writer, ''),
       coalesce(turn, 0), array_to_string(coalesce(closes, '{}'), ' '), coalesce(mac, ''), salt, detail_hash, leaf,
       detail, said
FROM trail ORDER BY transaction, trail.id
