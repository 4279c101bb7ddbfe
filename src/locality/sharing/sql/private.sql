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

-- What a role in an agency may see for a purpose on one day: a bit for each label, and, for the rule,
-- two bits that say it all (see locality_private.compile).
CREATE UNLOGGED TABLE IF NOT EXISTS locality_private.label_bits (
    agency smallint, purpose smallint, role text,
    day date NOT NULL, version bigint NOT NULL,
    own bytea NOT NULL, team bytea NOT NULL, asked bytea NOT NULL, rights bytea NOT NULL,
    PRIMARY KEY (agency, purpose, role)
);
DO $$ BEGIN  -- compiled rights of before consents, or before rights: they are compiled again
    IF NOT EXISTS (SELECT FROM pg_attribute WHERE attname = 'rights'
                   AND attrelid = 'locality_private.label_bits'::regclass) THEN
        DELETE FROM locality_private.label_bits;
        ALTER TABLE locality_private.label_bits ADD COLUMN IF NOT EXISTS asked bytea NOT NULL,
            ADD COLUMN rights bytea NOT NULL;
    END IF;
END $$;

-- Who is acting: one row a backend, true for one transaction only. Empty after a crash.
CREATE UNLOGGED TABLE IF NOT EXISTS locality_private.context (
    pid int PRIMARY KEY,
    began timestamptz NOT NULL,
    person uuid, post uuid, agency smallint, purpose smallint, duties text[],
    own bytea, team bytea, asked bytea, circles uuid[], conflicts uuid[],
    emergencies uuid[], cleared smallint[], rights bytea
) WITH (fillfactor = 30);
ALTER TABLE locality_private.context ADD COLUMN IF NOT EXISTS emergencies uuid[],
    ADD COLUMN IF NOT EXISTS cleared smallint[], ADD COLUMN IF NOT EXISTS asked bytea,
    ADD COLUMN IF NOT EXISTS rights bytea;

-- What was sent and answered: a mark of the words as they were sent, by which post, and where the
-- answer led. Sent again, it is answered again and not done again.
CREATE TABLE IF NOT EXISTS locality_private.answered (
    mark bytea PRIMARY KEY,
    post uuid NOT NULL,
    leads_to text NOT NULL DEFAULT '',
    at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX IF NOT EXISTS answered_at ON locality_private.answered (at);

-- Passkeys: the public half of a key that only somebody's own device holds. `seal` is made by the
-- web tier over the key and whose it is, so that a row that anybody else wrote lets nobody in.
CREATE TABLE IF NOT EXISTS locality_private.passkey (
    id bytea PRIMARY KEY,
    handle uuid NOT NULL UNIQUE DEFAULT gen_random_uuid(),
    user_id uuid NOT NULL,
    public_key bytea NOT NULL,
    sign_count bigint NOT NULL,
    name text NOT NULL,
    seal bytea NOT NULL,
    added timestamptz NOT NULL DEFAULT clock_timestamp(),
    last_used timestamptz
);
CREATE INDEX IF NOT EXISTS passkey_of_user ON locality_private.passkey (user_id);

-- A question put to a device: the hash of it, for which browser and to do what. It is taken once.
CREATE TABLE IF NOT EXISTS locality_private.challenge (
    hash bytea PRIMARY KEY,
    browser bytea NOT NULL,
    wanted text NOT NULL,
    user_id uuid,
    expires timestamptz NOT NULL
);
CREATE INDEX IF NOT EXISTS challenge_expires ON locality_private.challenge (expires);
