"""What is done with information here, and by which rules: told from what is configured."""
