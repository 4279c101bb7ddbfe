"""What files may be handed over, and how large anything in them may be."""

from enum import StrEnum

LARGEST = 10 << 20  # bytes of a file
UNPACKED = 100 << 20  # bytes of all that is in an archive
RATIO = 200  # times that one part of it may be larger than packed, once it is above SMALL
SMALL = 1 << 20
ENTRIES = 500  # parts of an archive
DEPTH = 50  # elements of XML within one another
CELLS = 2_000_000
LONGEST_CELL = 32_767  # characters, as in a spreadsheet
LONGEST_LINE = 1 << 20  # characters of a line of text
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


class Kind(StrEnum):
    """What can be handed over."""

    CSV = "CSV"
    XLSX = "Excel (.xlsx)"
