"""What is measured. `make bench` runs every module."""
