-- No WHERE: the policy `clear` says which drafts a named job may delete, and it may read none.
DELETE FROM intake_draft
