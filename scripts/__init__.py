"""What `make` runs. Python's standard library only, until the packages are installed."""
