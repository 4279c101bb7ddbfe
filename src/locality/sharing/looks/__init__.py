"""Who looked at what, and why: for the governance lead, with what is unusual pointed out."""
