"""Users who ask for pages: one of them, or many at once."""

import math
import re
import statistics
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass

from tests.journeys.caller import Caller

WARM_UP = 5  # requests by each user that are not counted
CASE = re.compile(rb'href="(/cases/[0-9a-f-]{36}/)"')
BETWEEN = 2.0  # seconds between two looks at the memory


@dataclass(frozen=True, slots=True)
class Times:
    """How long a page took: the seconds of every request."""

    seconds: tuple[float, ...]

    def median(self) -> float:
        """The middle one."""
        return statistics.median(self.seconds)

    def nearly_all(self) -> float:
        """The 95th percentile: of a hundred requests, five took longer."""
        return sorted(self.seconds)[math.ceil(len(self.seconds) * 0.95) - 1]

    def __str__(self) -> str:
        return f"{self.median() * 1000:.0f} ms, {self.nearly_all() * 1000:.0f} ms"


class Users:
    """Sessions of the story's people, kept from one measurement to the next."""

    def __init__(self, address: str, pages: Sequence[tuple[str, str, str]]) -> None:
        self._address = address
        self._inside: dict[str, list[Caller]] = {}
        self.addresses = {name: (who, path) for name, who, path in pages}
        lead, path = self.addresses["case"]
        found = CASE.search(self._users(lead, 1)[0].get(path).body)
        if found is None:
            raise RuntimeError(f"{lead} has no case")
        self.addresses["case"] = (lead, found[1].decode())

    def ask(self, at_once: int, requests: int) -> dict[str, Times]:
        """Ask for each page `requests` times in all, by `at_once` users at the same time."""
        times = {}
        for name, (who, path) in self.addresses.items():
            users = self._users(who, at_once)
            _all(users, path, WARM_UP)
            times[name] = Times(tuple(_all(users, path, requests // at_once)))
        return times

    def _users(self, who: str, count: int) -> list[Caller]:
        inside = self._inside.setdefault(who, [])
        while len(inside) < count:
            inside.append(Caller(self._address).sign_in(who))
        return inside[:count]


def _all(users: list[Caller], path: str, each: int) -> list[float]:
    with ThreadPoolExecutor(len(users)) as pool:
        answers = pool.map(lambda user: [_one(user, path) for _ in range(each)], users)
        return [seconds for mine in answers for seconds in mine]


def _one(user: Caller, path: str) -> float:
    began = time.perf_counter()
    answer = user.get(path)
    took = time.perf_counter() - began
    if answer.status != 200:
        raise RuntimeError(f"{path} answered {answer.status} to {user.name}")
    return took


@contextmanager
def peak(weigh: Callable[[], tuple[int, int]]) -> Iterator[list[int]]:
    """Weigh again and again until the block ends; the list then holds the most of each."""
    most, over = [0, 0], threading.Event()

    def watch() -> None:
        while True:
            most[:] = map(max, most, weigh())
            if over.wait(BETWEEN):
                return

    watching = threading.Thread(target=watch)
    watching.start()
    try:
        yield most
    finally:
        over.set()
        watching.join()
