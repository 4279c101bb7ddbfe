"""Show long lists a page at a time, in the order asked for, always through the address."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import EmptyPage, Page, PageNotAnInteger, Paginator
from django.http import HttpRequest

PER_PAGE = 25


@dataclass(frozen=True)
class PageLink:
    """One number in the row of page numbers; no number is a gap."""

    number: int | None
    current: bool = False


class Listing(Page):
    """One page of a list, with the numbers to show beneath it."""

    @property
    def count(self) -> int:
        """How many there are on all pages."""
        return self.paginator.count

    @property
    def links(self) -> list[PageLink]:
        """The first, the last and the neighbours; a gap where numbers are left out."""
        return page_links(self.number, self.paginator.num_pages)


class _Paginator(Paginator):
    def _get_page(self, *args: Any, **kwargs: Any) -> Listing:
        return Listing(*args, **kwargs)


def paginate(request: HttpRequest, items: Any, per_page: int = PER_PAGE) -> Listing:
    """Return the page that `?page=` asks for; nonsense is the first, too far is the last."""
    paginator = _Paginator(items, per_page)
    try:
        return paginator.page(request.GET.get("page", "1"))
    except PageNotAnInteger:
        return paginator.page(1)
    except EmptyPage:
        asked = str(request.GET.get("page", "")).strip()
        return paginator.page(1 if asked.startswith("-") or asked == "0" else paginator.num_pages)


def page_links(number: int, last: int) -> list[PageLink]:
    """Choose which page numbers to show: first, last, this one and one each side."""
    wanted = sorted({n for n in (1, number - 1, number, number + 1, last) if 1 <= n <= last})
    links: list[PageLink] = []
    before = 0
    for n in wanted:
        if n == before + 2:
            links.append(PageLink(n - 1))
        elif n > before + 2:
            links.append(PageLink(None))
        links.append(PageLink(n, current=n == number))
        before = n
    return links


@dataclass(frozen=True)
class Sorting:
    """What a table is sorted by: a key the page knows, and which way."""

    key: str
    descending: bool
    order_by: tuple[str, ...]

    def aria(self, key: str) -> str:
        """Say it to a screen reader."""
        if key != self.key:
            return "none"
        return "descending" if self.descending else "ascending"

    def next(self, key: str) -> str:
        """What the heading's link asks for: the other way when it is already this key."""
        return f"-{key}" if key == self.key and not self.descending else key


def sorting(request: HttpRequest, keys: Mapping[str, str | Sequence[str]], default: str) -> Sorting:
    """Read `?sort=` (`-` first for descending); a key that is not in `keys` is the default.

    `keys` maps the word in the address to the model's fields, so an address never names a column.
    """
    asked = request.GET.get("sort", default)
    if asked.removeprefix("-") not in keys:
        asked = default
    key, descending = asked.removeprefix("-"), asked.startswith("-")
    fields = keys[key]
    fields = (fields,) if isinstance(fields, str) else tuple(fields)
    turned = tuple(_turned(field) for field in fields) if descending else fields
    return Sorting(key, descending, turned)


def _turned(field: str) -> str:
    return field.removeprefix("-") if field.startswith("-") else f"-{field}"
