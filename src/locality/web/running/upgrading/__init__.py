"""From an older major version of PostgreSQL to ours: moved aside, compared, then put in place."""
