-- What must be true of the database's own catalogue. After each `-- rule:` stands the rule's name and
-- what to do; the query gives everything that breaks it. Run after every migrate, before the site
-- starts and by `locality check`; any role may run it. Parameters: ours (the domains' tables),
-- frameworks (tables that hold nothing about anybody), worn (the roles that requests come in).

-- rule: shut | Row-level security is not forced, so its owner reads it all: run locality migrate.
SELECT c.relname FROM pg_class c
WHERE c.oid = ANY (%(ours)s::regclass[]) AND NOT (c.relrowsecurity AND c.relforcerowsecurity)

-- rule: no policy | No policy opens it, so nobody can use it: say in policies.sql who may.
SELECT c.relname FROM pg_class c
WHERE c.oid = ANY (%(ours)s::regclass[])
  AND NOT EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid AND p.polname <> 'owner_all')

-- rule: policy asleep | It has policies, but row-level security is off: switch it on.
SELECT DISTINCT p.polrelid::regclass::text FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid
WHERE NOT c.relrowsecurity

-- rule: for everybody | A policy is for every role: name the role it is for.
SELECT p.polrelid::regclass || '.' || p.polname FROM pg_policy p WHERE p.polroles = '{0}'

-- rule: always true | A policy lets everything through: say who may see or write what.
SELECT p.polrelid::regclass || '.' || p.polname FROM pg_policy p
WHERE p.polpermissive
  AND 'true' IN (pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid))
  AND p.polroles && ARRAY(SELECT oid FROM pg_roles WHERE rolname = ANY (%(worn)s))

-- rule: by setting | A policy believes a setting, which any query can change: ask a locality function.
SELECT p.polrelid::regclass || '.' || p.polname FROM pg_policy p
WHERE concat(pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid))
      ~ 'current_setting|session_user|current_user|CURRENT_USER|SESSION_USER'

-- rule: row by row | A policy asks who is acting once for each row: write (SELECT locality.…()).
SELECT p.polrelid::regclass || '.' || p.polname FROM pg_policy p
WHERE regexp_replace(
        concat(pg_get_expr(p.polqual, p.polrelid), ' ', pg_get_expr(p.polwithcheck, p.polrelid)),
        '\( ?SELECT locality\.[a-z_]+\(\) AS [a-z_]+\)', '', 'g') ~ 'locality\.[a-z_]+\(\)'

-- rule: stranger | Requests may read it, and no domain knows it: drop it, or make it a model with policies.
SELECT c.oid::regclass::text FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname !~ '^(pg_|information_schema)' AND c.relkind IN ('r', 'p', 'f')
  AND c.oid <> ALL (%(ours)s::regclass[]) AND c.relname <> ALL (%(frameworks)s)
  AND EXISTS (SELECT FROM unnest(%(worn)s::text[]) w
              WHERE has_any_column_privilege(w, c.oid, 'SELECT, INSERT, UPDATE')
                 OR has_table_privilege(w, c.oid, 'DELETE'))

-- rule: view | A view reads as its owner, past every policy: make it WITH (security_invoker).
SELECT c.oid::regclass::text FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname !~ '^(pg_|information_schema)' AND c.relkind = 'v'
  AND NOT coalesce(c.reloptions && ARRAY['security_invoker=true', 'security_invoker=on'], false)
  AND EXISTS (SELECT FROM unnest(%(worn)s::text[]) w WHERE has_table_privilege(w, c.oid, 'SELECT'))

-- rule: stored view | A materialised view has no policies: let no request read it.
SELECT c.oid::regclass::text FROM pg_class c
WHERE c.relkind = 'm'
  AND EXISTS (SELECT FROM unnest(%(worn)s::text[]) w WHERE has_table_privilege(w, c.oid, 'SELECT'))

-- rule: partition | A partition read by itself has no policies of the whole: let no request read it.
SELECT i.inhrelid::regclass::text FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
WHERE c.relkind IN ('r', 'p', 'f')
  AND EXISTS (SELECT FROM unnest(%(worn)s::text[]) w WHERE has_table_privilege(w, c.oid, 'SELECT'))

-- rule: past the policies | Requests may empty it or hang triggers on it, which no policy sees: revoke that.
SELECT c.oid::regclass::text FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname !~ '^(pg_|information_schema)' AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
  AND EXISTS (SELECT FROM unnest(%(worn)s::text[]) w
              WHERE has_table_privilege(w, c.oid, 'TRUNCATE, REFERENCES, TRIGGER'))

-- rule: open path | It runs as its owner and finds names by the caller's search path: SET search_path.
SELECT p.oid::regprocedure::text FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
WHERE p.prosecdef AND n.nspname !~ '^(pg_|information_schema)'
  AND NOT EXISTS (SELECT FROM unnest(p.proconfig) s WHERE s LIKE 'search_path=%%')

-- rule: too strong an owner | It runs as a role with more power than locality_owner: give it to that role.
SELECT p.oid::regprocedure::text FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
WHERE p.prosecdef AND n.nspname !~ '^(pg_|information_schema)'
  AND pg_get_userbyid(p.proowner) <> 'locality_owner'

-- rule: anybody's function | Every role may call it: REVOKE it FROM PUBLIC and grant it by name.
SELECT p.oid::regprocedure::text FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
WHERE n.nspname IN ('locality', 'locality_private')
  AND (p.proacl IS NULL OR EXISTS (SELECT FROM aclexplode(p.proacl) a WHERE a.grantee = 0))

-- rule: in parallel | It tells who is acting and may run in another process, where nobody is: RESTRICTED.
SELECT p.oid::regprocedure::text FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
WHERE n.nspname = 'locality' AND p.prosecdef AND p.proparallel = 's'

-- rule: another's table | Another role than locality_owner owns it: ALTER TABLE … OWNER TO locality_owner.
SELECT c.relname FROM pg_class c
WHERE c.oid = ANY (%(ours)s::regclass[]) AND pg_get_userbyid(c.relowner) <> 'locality_owner'

-- rule: strong role | A role that requests come in has a power it must not have: see database prepare.
SELECT r.rolname FROM pg_roles r
WHERE r.rolname = ANY (%(worn)s)
  AND (r.rolsuper OR r.rolbypassrls OR r.rolcreaterole OR r.rolcreatedb OR r.rolreplication
       OR EXISTS (SELECT FROM pg_class c WHERE c.relowner = r.oid)
       OR EXISTS (SELECT FROM pg_roles o WHERE pg_has_role(r.oid, o.oid, 'MEMBER')
                  AND (o.rolsuper OR o.rolbypassrls OR o.rolname = 'locality_owner'
                       OR o.rolname LIKE 'pg\_%%')))

-- rule: to the public | Every role has a right on it: revoke what PUBLIC has.
SELECT c.oid::regclass::text FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
CROSS JOIN LATERAL aclexplode(c.relacl) a
WHERE n.nspname !~ '^(pg_|information_schema)' AND a.grantee = 0
UNION
SELECT n.nspname FROM pg_namespace n CROSS JOIN LATERAL aclexplode(n.nspacl) a
WHERE n.nspname IN ('public', 'locality', 'locality_private') AND a.grantee = 0

-- rule: may create | Requests may make things in it: REVOKE CREATE.
SELECT n.nspname FROM pg_namespace n
WHERE EXISTS (SELECT FROM unnest(%(worn)s::text[]) w WHERE has_schema_privilege(w, n.oid, 'CREATE'))
UNION
SELECT d.datname || ' (temporary tables)' FROM pg_database d
WHERE d.datname = current_database()
  AND EXISTS (SELECT FROM unnest(%(worn)s::text[]) w
              WHERE has_database_privilege(w, d.oid, 'CREATE, TEMPORARY'))

-- rule: private | Requests may look into what only the owner may touch: REVOKE it.
SELECT n.nspname FROM pg_namespace n
WHERE n.nspname = 'locality_private'
  AND EXISTS (SELECT FROM unnest(%(worn)s::text[]) w WHERE has_schema_privilege(w, n.oid, 'USAGE'))

-- rule: unchecked key | A foreign key was never checked against what is there: VALIDATE CONSTRAINT.
SELECT conrelid::regclass || '.' || conname FROM pg_constraint WHERE contype = 'f' AND NOT convalidated

-- rule: tells by refusing | A unique rule on words tells that a hidden row exists: use keys that cannot be guessed.
SELECT i.indexrelid::regclass::text FROM pg_index i
WHERE i.indrelid = ANY (%(ours)s::regclass[]) AND i.indisunique
  AND EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey)
              AND a.atttypid IN ('text'::regtype, 'varchar'::regtype, 'bpchar'::regtype))
  AND NOT EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = i.indrelid
                  AND a.attnum = ANY (i.indkey) AND a.atttypid = 'uuid'::regtype)
  AND EXISTS (SELECT FROM unnest(%(worn)s::text[]) w
              WHERE has_any_column_privilege(w, i.indrelid, 'INSERT'))

-- rule: can be guessed | Its rows carry a label and its key can be counted up: make the key a uuid.
SELECT c.relname FROM pg_class c
JOIN pg_attribute l ON l.attrelid = c.oid AND l.attname = 'label_id'
JOIN pg_index i ON i.indrelid = c.oid AND i.indisprimary
JOIN pg_attribute k ON k.attrelid = c.oid AND k.attnum = ANY (i.indkey)
WHERE c.oid = ANY (%(ours)s::regclass[]) AND k.atttypid <> 'uuid'::regtype

-- rule: any label | Nothing holds its label to its owner, category and marking: add the constraint.
SELECT c.relname FROM pg_class c JOIN pg_attribute l ON l.attrelid = c.oid AND l.attname = 'label_id'
WHERE c.oid = ANY (%(ours)s::regclass[])
  AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conrelid = c.oid AND k.contype = 'c'
                  AND k.convalidated AND pg_get_constraintdef(k.oid) LIKE '%%label_id =%%')

-- rule: another language | It is written in a language that may do anything on the server: drop it.
SELECT p.oid::regprocedure::text FROM pg_proc p
JOIN pg_namespace n ON n.oid = p.pronamespace JOIN pg_language l ON l.oid = p.prolang
WHERE n.nspname !~ '^(pg_|information_schema)' AND l.lanname NOT IN ('sql', 'plpgsql')

-- rule: by default | What somebody makes from now on is open to PUBLIC or to requests: ALTER DEFAULT PRIVILEGES.
SELECT pg_get_userbyid(d.defaclrole) || ' in ' || coalesce(n.nspname, 'every schema')
FROM pg_default_acl d LEFT JOIN pg_namespace n ON n.oid = d.defaclnamespace
CROSS JOIN LATERAL aclexplode(d.defaclacl) a
WHERE a.grantee = 0 OR a.grantee IN (SELECT oid FROM pg_roles WHERE rolname = ANY (%(worn)s))
