"""Trees, notes and the bytes of a row: pure, so that an outsider can write them again."""
