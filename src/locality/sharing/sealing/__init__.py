"""Make it show when anybody rewrites the audit trail, the database's superuser included."""
