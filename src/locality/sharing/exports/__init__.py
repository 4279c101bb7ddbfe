"""Files that leave: who may take which, for what, for whom, and how they are locked."""
