"""Chance that can be repeated: streams named by seed, neighbourhood and subject; ids from them."""

from collections.abc import Iterable, Sequence
from uuid import NAMESPACE_DNS, UUID, uuid5
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

HERE = uuid5(NAMESPACE_DNS, "aldermoor.example.org")


def stream(seed: int, batch: int, subject: str) -> np.random.Generator:
    """Open the stream of one subject in one neighbourhood; nothing else moves it."""
    return np.random.default_rng([seed, batch, crc32(subject.encode())])


def named_id(seed: int, *names: str) -> UUID:
    """Give the id of something that has a name of its own, such as a story's person."""
    return uuid5(HERE, "/".join((str(seed), *names)))


def ids(rng: np.random.Generator, n: int) -> NDArray[np.object_]:
    """Make `n` version 4 UUIDs out of the generator's bytes."""
    raw = np.frombuffer(rng.bytes(16 * n), dtype=np.uint8).reshape(n, 16).copy()
    raw[:, 6] = raw[:, 6] & 0x0F | 0x40
    raw[:, 8] = raw[:, 8] & 0x3F | 0x80
    flat = raw.tobytes()
    found = np.empty(n, dtype=object)
    found[:] = [UUID(bytes=flat[i : i + 16]) for i in range(0, 16 * n, 16)]
    return found


def happens(
    rng: np.random.Generator, share: float | NDArray[np.float64], n: int
) -> NDArray[np.bool_]:
    """Say for each of `n` whether a thing of this probability happens to it."""
    return rng.random(n) < share


def pick(
    rng: np.random.Generator, weights: Sequence[float] | NDArray[np.float64], n: int
) -> NDArray[np.int64]:
    """Draw `n` positions in `weights`, each as often as its weight says."""
    steps = np.cumsum(np.asarray(weights, dtype=np.float64))
    return np.searchsorted(steps / steps[-1], rng.random(n), side="right")


def by_rank(count: int) -> NDArray[np.float64]:
    """Weigh a list that stands commonest first: the tenth about a fifth as common as the first."""
    return 1.0 / (np.arange(count, dtype=np.float64) + 3.0)


def texts(found: Iterable[object]) -> NDArray[np.object_]:
    """Make an array of Python strings (or other objects), never of fixed width."""
    listed = list(found)
    array = np.empty(len(listed), dtype=object)
    array[:] = listed
    return array
