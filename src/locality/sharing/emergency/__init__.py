"""Emergency access: who had it, why, until when, and what a governance lead found about it."""
