"""What somebody may try who has found a way to put SQL of their own into a request.

Made from the catalogue, so that a new table or function is tried without anybody thinking of it.
"""

from collections.abc import Iterator
from itertools import product

import psycopg

from locality.sharing.checking import tables

ROLES = ("postgres", "locality_owner", "locality_login", "locality_app", "none", "pg_read_all_data",
         "pg_write_all_data", "pg_execute_server_program", "pg_read_server_files")  # fmt: skip
PRIVATE = (
    "context",
    "session",
    "secret",
    "label_bits",
    "governance",
    "checkpoint",
    "log",
    "passkey",
    "challenge",
)
SETTINGS = {
    "role": ROLES, "session_authorization": ROLES, "row_security": ("off", "on"),
    "search_path": ("locality_private, public", "pg_temp, public"),
    "locality.agency": ("1", "3"), "locality.post": ("00000000-0000-0000-0000-000000000000",),
    "session_replication_role": ("replica",), "check_function_bodies": ("off",),
    "default_transaction_read_only": ("off",), "log_statement": ("none",),
}  # fmt: skip
ON_A_TABLE = (
    "ALTER TABLE {t} DISABLE ROW LEVEL SECURITY", "ALTER TABLE {t} NO FORCE ROW LEVEL SECURITY",
    "DROP POLICY see ON {t}", "ALTER POLICY see ON {t} USING (true)",
    "CREATE POLICY hole ON {t} FOR SELECT TO locality_app USING (true)",
    "GRANT ALL ON {t} TO locality_app, PUBLIC", "ALTER TABLE {t} OWNER TO locality_app",
    "TRUNCATE {t} CASCADE", "COPY {t} TO PROGRAM 'cat'", "COPY {t} FROM PROGRAM 'echo'",
    "CREATE TRIGGER hole BEFORE INSERT ON {t} EXECUTE FUNCTION locality.close_context()",
    "CREATE RULE hole AS ON SELECT TO {t} DO INSTEAD SELECT 1", "DROP TABLE {t} CASCADE",
    "CREATE VIEW public.hole AS SELECT * FROM {t}", "SELECT * INTO TEMP hole FROM {t}",
    "CREATE TEMP TABLE hole AS TABLE {t}", "LOCK TABLE {t} IN ACCESS EXCLUSIVE MODE",
    "DELETE FROM {t} WHERE true", "TABLE {t}", "COPY (SELECT * FROM {t}) TO STDOUT",
    "SELECT t::text FROM {t} t", "SELECT query_to_xml('SELECT * FROM {t}', true, true, '')",
    "SELECT table_to_xml('{t}', true, true, '')",
    "SELECT count(*) FROM {t} TABLESAMPLE SYSTEM (100)",
    "SELECT json_agg(t) FROM {t} t",
)  # fmt: skip
ON_PRIVATE = (
    "TABLE locality_private.{t}", "DELETE FROM locality_private.{t}",
    "TRUNCATE locality_private.{t}", "INSERT INTO locality_private.{t} DEFAULT VALUES",
    "ALTER TABLE locality_private.{t} OWNER TO locality_app",
    "GRANT ALL ON locality_private.{t} TO locality_app", "DROP TABLE locality_private.{t}",
    "SELECT pg_relation_filepath('locality_private.{t}'), pg_read_binary_file("
    "pg_relation_filepath('locality_private.{t}'))",
)  # fmt: skip
ANYWHERE = (
    "SET LOCAL SESSION AUTHORIZATION postgres", "RESET ROLE; TABLE people_record",
    "RESET SESSION AUTHORIZATION", "DISCARD ALL", "CREATE ROLE hole SUPERUSER",
    "ALTER ROLE locality_app SUPERUSER", "ALTER ROLE locality_login BYPASSRLS",
    "ALTER ROLE locality_login PASSWORD 'x'", "GRANT locality_owner TO locality_app",
    "GRANT locality_owner TO locality_login", "CREATE EXTENSION dblink",
    "CREATE EXTENSION plpython3u", "CREATE LANGUAGE plpython3u", "CREATE DATABASE hole",
    "CREATE SCHEMA hole", "ALTER SCHEMA locality OWNER TO locality_app",
    "ALTER SYSTEM SET log_statement = 'all'", "SELECT pg_reload_conf()",
    "SELECT pg_read_file('/etc/passwd')", "SELECT pg_ls_dir('.')",
    "SELECT lo_import('/etc/passwd')",
    "SELECT lo_export(1, '/tmp/hole')", "COPY (SELECT 1) TO '/tmp/hole'",
    "SELECT * FROM pg_authid", "SELECT * FROM pg_shadow", "SELECT * FROM pg_hba_file_rules",
    "SELECT * FROM pg_file_settings", "SELECT * FROM pg_statistic", "SELECT * FROM pg_stats",
    "SELECT most_common_vals::text FROM pg_stats WHERE tablename = 'people_record'",
    "SELECT query FROM pg_stat_activity WHERE usename <> current_user",
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename <> current_user",
    "CREATE FUNCTION public.hole() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1'",
    "CREATE FUNCTION pg_temp.leak(text) RETURNS bool COST 0.0001 LANGUAGE plpgsql AS"
    " 'BEGIN RAISE NOTICE ''%'', $1; RETURN true; END'",
    "DO $$ BEGIN EXECUTE 'SET ROLE locality_owner'; END $$",
    "DO $$ BEGIN PERFORM set_config('role', 'locality_owner', false); END $$",
    "SELECT dblink('host=localhost', 'TABLE people_record')",
    "CREATE EVENT TRIGGER hole ON ddl_command_start EXECUTE FUNCTION locality.close_context()",
    "ALTER DEFAULT PRIVILEGES GRANT ALL ON TABLES TO PUBLIC",
    "REASSIGN OWNED BY locality_owner TO locality_app",
    "DROP OWNED BY locality_owner", "SECURITY LABEL ON TABLE people_record IS 'x'",
    "SELECT database_to_xml(true, true, '')", "SELECT schema_to_xml('public', true, true, '')",
    "PREPARE TRANSACTION 'hole'", "NOTIFY hole", "SELECT pg_export_snapshot()",
    "SELECT pg_logical_emit_message(false, 'hole', 'x')", "SELECT pg_create_restore_point('hole')",
    "SELECT pg_switch_wal()", "SELECT pg_promote()", "VACUUM FULL people_record",
    "CLUSTER people_record",
    "REINDEX TABLE people_record", "CHECKPOINT",
)  # fmt: skip
GUESSES = (
    "NULL",
    "'x'",
    "'{}'",
    "1",
    "true",
    "gen_random_uuid()",
    "now()",
    "'2026-01-01'",
    "'\\x00'",
)


def statements(catalogue: psycopg.Connection, ids: list[object]) -> Iterator[str]:
    """Everything that is tried. `ids` are keys of rows that must not show."""
    for name, values in SETTINGS.items():
        for value, local in product(values, ("true", "false")):
            yield f"SELECT set_config('{name}', '{value}', {local})"
    for role in ROLES:
        yield f"SET ROLE {role}"
    yield from ANYWHERE
    for table, words in product(PRIVATE, ON_PRIVATE):
        yield words.format(t=table)
    for table, words in product(tables()[0], ON_A_TABLE):
        yield words.format(t=table)
    yield from _calls(catalogue, ids)


def _calls(catalogue: psycopg.Connection, ids: list[object]) -> Iterator[str]:
    """Each function of ours, with guesses and with the keys of hidden rows."""
    found = catalogue.execute(
        "SELECT n.nspname || '.' || p.proname, pg_get_function_identity_arguments(p.oid),"
        " p.pronargs, ARRAY(SELECT format_type(t, NULL) FROM unnest(p.proargtypes) t)"
        " FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace"
        " WHERE n.nspname IN ('locality', 'locality_private') ORDER BY 1, 2"
    ).fetchall()
    for name, _, _, types in found:
        for known in ids[:3]:
            given = ", ".join(_guess(one, known) for one in types)
            yield f"SELECT * FROM {name}({given})"
        for guess in GUESSES[: 1 if not types else 3]:
            yield f"SELECT {name}({', '.join(f'{guess}::{one}' for one in types)})"


def _guess(type_: str, known: object) -> str:
    if type_.endswith("[]"):
        return f"ARRAY['{known}']::{type_}" if "uuid" in type_ else f"'{{}}'::{type_}"
    values = {
        "uuid": f"'{known}'", "text": "'early help'", "integer": "1", "smallint": "1::smallint",
        "bigint": "1", "bytea": "'\\x00'", "boolean": "true", "date": "'1990-02-03'",
    }  # fmt: skip
    return f"{values.get(type_, 'NULL')}::{type_}"
