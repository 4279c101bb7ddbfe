"""How figures become a report that may be signed. Pure: no framework, no database, no clock."""
