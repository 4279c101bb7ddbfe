"""How long records are kept, and what goes with what when that time is over."""
