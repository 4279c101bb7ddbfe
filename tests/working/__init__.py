"""Jobs that are cut short, and workers that are killed."""
