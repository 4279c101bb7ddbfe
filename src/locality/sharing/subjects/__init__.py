"""Subject access: what people ask about what an agency holds on them, and the clock it runs by."""
