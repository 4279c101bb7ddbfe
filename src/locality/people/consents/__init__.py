"""Pages of what somebody agreed to and refused."""
