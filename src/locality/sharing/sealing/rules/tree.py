"""The Merkle tree of RFC 6962: roots, and proofs of what is in it and that it only grew."""

from collections.abc import Iterable, Sequence
from hashlib import sha256

EMPTY = sha256(b"").digest()


def leaf(content: bytes) -> bytes:
    """Hash what one leaf stands for."""
    return sha256(b"\x00" + content).digest()


def node(left: bytes, right: bytes) -> bytes:
    """Hash two halves into one."""
    return sha256(b"\x01" + left + right).digest()


class Range:
    """All that must be remembered to go on growing a tree: the roots of its full parts.

    Their heights are the bits that are set in `size`, the highest first.
    """

    def __init__(self, size: int = 0, roots: Iterable[bytes] = ()) -> None:
        self.size = size
        self.roots = list(roots)
        if len(self.roots) != size.bit_count():
            raise ValueError(f"a tree of {size} has {size.bit_count()} full parts")

    def add(self, one: bytes) -> None:
        """Put one more leaf at its end."""
        full = self.size
        while full & 1:
            one = node(self.roots.pop(), one)
            full >>= 1
        self.roots.append(one)
        self.size += 1

    def root(self) -> bytes:
        """The hash that stands for everything in it, in order."""
        if not self.roots:
            return EMPTY
        *rest, found = self.roots
        for part in reversed(rest):
            found = node(part, found)
        return found


def root(leaves: Iterable[bytes]) -> bytes:
    """The root of a tree of these leaf hashes."""
    grown = Range()
    for one in leaves:
        grown.add(one)
    return grown.root()


def levels(leaves: Sequence[bytes]) -> list[list[bytes]]:
    """Every row of the tree from the leaves up. An odd last node moves up as it is."""
    rows = [list(leaves)]
    while len(rows[-1]) > 1:
        row = rows[-1]
        pairs = [node(row[i], row[i + 1]) for i in range(0, len(row) - 1, 2)]
        rows.append(pairs + row[len(row) - len(row) % 2 :])
    return rows


def inclusion(position: int, rows: Sequence[Sequence[bytes]]) -> list[bytes]:
    """The hashes that lead from the leaf at `position` to the root; `rows` is from `levels`."""
    path = []
    for row in rows[:-1]:
        beside = position ^ 1
        if beside < len(row):
            path.append(row[beside])
        position >>= 1
    return path


def is_included(
    one: bytes, position: int, size: int, path: Sequence[bytes], expected: bytes
) -> bool:
    """Check that a leaf stands at `position` in the tree of `size` (RFC 9162, 2.1.3.2)."""
    if not 0 <= position < size:
        return False
    here, last, found = position, size - 1, one
    for beside in path:
        if last == 0:
            return False
        if here & 1 or here == last:
            found = node(beside, found)
            while here and not here & 1:
                here, last = here >> 1, last >> 1
        else:
            found = node(found, beside)
        here, last = here >> 1, last >> 1
    return last == 0 and found == expected


def consistency(old: int, leaves: Sequence[bytes]) -> list[bytes]:
    """The hashes that show that the tree of `old` leaves is the beginning of this one."""
    return _consistency(old, leaves, whole=True) if 0 < old < len(leaves) else []


def _consistency(old: int, leaves: Sequence[bytes], *, whole: bool) -> list[bytes]:
    if old == len(leaves):
        return [] if whole else [root(leaves)]
    half = 1 << (len(leaves) - 1).bit_length() - 1
    left, right = leaves[:half], leaves[half:]
    if old <= half:
        return [*_consistency(old, left, whole=whole), root(right)]
    return [*_consistency(old - half, right, whole=False), root(left)]


def is_consistent(old: int, new: int, before: bytes, after: bytes, path: Sequence[bytes]) -> bool:
    """Check that a tree only grew from `before` to `after` (RFC 9162, 2.1.4.2)."""
    if not 0 <= old <= new:
        return False
    if old == new:
        return not path and before == after
    if old == 0:
        return not path and before == EMPTY
    given = list(path)
    if old & (old - 1) == 0:
        given.insert(0, before)
    return bool(given) and _leads_to(old, new, given) == (before, after)


def _leads_to(old: int, new: int, path: Sequence[bytes]) -> tuple[bytes, bytes] | None:
    here, last = old - 1, new - 1
    while here & 1:
        here, last = here >> 1, last >> 1
    first = second = path[0]
    for beside in path[1:]:
        if last == 0:
            return None
        if here & 1 or here == last:
            first, second = node(beside, first), node(beside, second)
            while here and not here & 1:
                here, last = here >> 1, last >> 1
        else:
            second = node(second, beside)
        here, last = here >> 1, last >> 1
    return (first, second) if last == 0 else None
