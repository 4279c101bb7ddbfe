"""What is hidden from somebody answers as what was never there, whoever they are."""
