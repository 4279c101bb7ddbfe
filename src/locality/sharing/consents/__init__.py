"""What people answered when an agency asked for their consent."""
