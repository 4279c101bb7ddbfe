-- What only the database's owner may touch: sessions, who is acting now, compiled rights.
-- Applied before every other file; each statement may run again without harm.
CREATE SCHEMA IF NOT EXISTS locality;
CREATE SCHEMA IF NOT EXISTS locality_private;
REVOKE ALL ON SCHEMA locality_private FROM PUBLIC;
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public, locality TO locality_app, locality_login;

-- The web tier proves that it may start a session with a code only it can compute (HMAC-SHA-256).
CREATE TABLE IF NOT EXISTS locality_private.secret (
    only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one),
    inner_pad bytea NOT NULL,
    outer_pad bytea NOT NULL
);

-- A session: the hash of a key that only its holder has, and the post it acts in.
CREATE TABLE IF NOT EXISTS locality_private.session (
    key_hash bytea PRIMARY KEY,
    user_id uuid NOT NULL,
    post_id uuid NOT NULL,
    job text,
    started timestamptz NOT NULL DEFAULT clock_timestamp(),
    expires timestamptz NOT NULL,
    ended timestamptz
);
CREATE INDEX IF NOT EXISTS session_of_user ON locality_private.session (user_id);

-- Counts every change of agreements and roles; compiled rights of an older count are refused.
CREATE TABLE IF NOT EXISTS locality_private.governance (
    only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one),
    version bigint NOT NULL
);
INSERT INTO locality_private.governance (version) VALUES (1) ON CONFLICT DO NOTHING;

-- One bit for each label: what a role in an agency may see for a purpose on one day.
CREATE UNLOGGED TABLE IF NOT EXISTS locality_private.label_bits (
    agency smallint, purpose smallint, role text,
    day date NOT NULL, version bigint NOT NULL,
    own bytea NOT NULL, team bytea NOT NULL,
    PRIMARY KEY (agency, purpose, role)
);

-- Who is acting: one row a backend, true for one transaction only. Empty after a crash.
CREATE UNLOGGED TABLE IF NOT EXISTS locality_private.context (
    pid int PRIMARY KEY,
    began timestamptz NOT NULL,
    person uuid, post uuid, agency smallint, purpose smallint, duties text[],
    own bytea, team bytea, circles uuid[], conflicts uuid[]
) WITH (fillfactor = 30);
