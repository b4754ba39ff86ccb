"""A WordPress site by its REST API: its posts, and the light list that tells what was removed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from dashboard.errors import InputRefused
from dashboard.ingest.answers import Fetched, FetchFailed, TooLarge
from dashboard.ingest.fetching import Fetcher
from dashboard.ingest.html_text import title_of
from dashboard.ingest.pieces import DEFAULT_ZONE, Piece, Pieces, refusal
from dashboard.ingest.wordpress_json import json_value, post_piece, utc

PER_PAGE = 100
# Two hundred thousand articles; more are read in several sources.
MAX_PAGES = 2_000
MAX_ANSWER_BYTES = 30_000_000

_FIELDS = (
    "id,date,date_gmt,modified,modified_gmt,status,type,link,title,content,excerpt,author,categories,tags"
)


@dataclass
class RestApi:
    """The API below one root. Every method raises FetchFailed when the API refuses, breaks off or lies."""

    root: str
    fetcher: Fetcher
    source: str
    zone: str = DEFAULT_ZONE
    embeds_authors: bool = False
    _names: dict[str, dict[int, str]] = field(default_factory=dict)

    def open(self) -> None:
        """Read the names of tags, categories and authors, and see that there are posts to read."""
        self._page("posts", {"_fields": "id"}, 1, 1)
        for kind in ("tags", "categories"):
            self._names[kind] = self._named(kind)
        try:
            self._names["users"] = self._named("users")
        except FetchFailed as failure:
            if failure.temporary:
                raise
            self.embeds_authors = True

    def posts(self, modified_after: datetime | None = None) -> Pieces:
        """The posts by ascending number, or only those modified since; each number once.

        `modified_after` misses retags, renamed tags, late imports and everything removed: `ids_and_modified`
        tells the last two.
        """
        query = self._query(_FIELDS)
        if modified_after:
            since = modified_after.astimezone(UTC) - timedelta(seconds=1)
            query["modified_after"] = since.strftime("%Y-%m-%dT%H:%M:%SZ")
        seen: set[int] = set()
        totals: set[int | None] = set()
        for page in self._pages("posts", query):
            totals.add(page.total)
            yield from self._pieces(page.rows)
            seen |= page.numbers()
        if len(totals) > 1 and not modified_after:
            # They slipped from one page to another while others were removed.
            yield from self.chosen([each for each in self.ids_and_modified() if int(each) not in seen])

    def ids_and_modified(self) -> dict[str, datetime | None]:
        """The number of every post that everyone may read, and when it was last modified.

        Raises FetchFailed when the site lists another number of posts than it counts: what is missing from
        such a list may not have been removed.
        """
        rows, whole = self.listed_rows("id,modified_gmt,content.protected")
        if not whole:
            sentence = f"{self.root}\u00a0: la liste des articles est incomplète."
            raise FetchFailed(sentence, self.root, temporary=True)
        return {
            str(number): utc(row.get("modified_gmt"), self.zone)
            for number, row in rows.items()
            if not is_protected(row)
        }

    def listed_rows(self, fields: str) -> tuple[dict[int, dict[str, Any]], bool]:
        """Some fields of every post by number, protected ones included, and whether the list is whole.

        It is not when the site lists, twice, another number of posts than it counts.
        """
        rows: dict[int, dict[str, Any]] = {}
        for _ in range(2):
            pages = list(self._pages("posts", self._query(fields)))
            rows = {number: row for page in pages for row in page.rows if (number := _number(row))}
            for kind in ("tags", "categories"):
                self._learn(kind, list(rows.values()))
            if not pages or pages[-1].total in {None, len(rows)}:
                return rows, True
        return rows, False

    def chosen(self, numbers: Sequence[str]) -> Pieces:
        """The posts with these numbers, as far as everyone may read them."""
        for start in range(0, len(numbers), PER_PAGE):
            query = {**self._query(_FIELDS), "include": ",".join(numbers[start : start + PER_PAGE])}
            yield from self._pieces(self._page("posts", query, 1, PER_PAGE).rows)

    def names_of(self, kind: str, ids: Any) -> list[str]:
        """The names of tags, categories or users (`kind`) with these numbers, as far as they are known."""
        known = self._names.get(kind, {})
        return [known[each] for each in _listed(ids) if known.get(each)]

    def _query(self, fields: str) -> dict[str, str]:
        """By ascending number; with the authors inside where the API lists no users."""
        query = {"orderby": "id", "order": "asc", "_fields": fields}
        if self.embeds_authors and "author" in fields.split(","):
            return {**query, "_fields": f"{fields},_links,_embedded", "_embed": "author"}
        return query

    def _pieces(self, rows: list[Any]) -> Iterator[Piece]:
        for kind in ("tags", "categories"):
            self._learn(kind, rows)
        for row in rows:
            if isinstance(row, FetchFailed):
                yield refusal(self.source, self.root, str(row))
            else:
                yield post_piece(
                    row, source=self.source, where=self.root, zone=self.zone, names=self.names_of
                )

    def _learn(self, kind: str, rows: list[Any]) -> None:
        """Names that were given since `open`."""
        used = {each for row in rows if isinstance(row, dict) for each in _listed(row.get(kind))}
        unknown = sorted(used - self._names[kind].keys())
        for start in range(0, len(unknown), PER_PAGE):
            asked = unknown[start : start + PER_PAGE]
            # A number that has no name is asked for once.
            self._names[kind] |= dict.fromkeys(asked, "")
            self._names[kind] |= self._named(kind, include=",".join(map(str, asked)))

    def _named(self, kind: str, **query: str) -> dict[int, str]:
        asked = {"_fields": "id,name", "orderby": "id", "order": "asc", **query}
        rows = (row for page in self._pages(kind, asked) for row in page.rows)
        return {number: title_of(str(row.get("name", ""))) for row in rows if (number := _number(row))}

    def _pages(self, kind: str, query: dict[str, str]) -> Iterator["_Page"]:
        """Page after page, to the last that the site counts, or until one brings no unseen number.

        Rows met on an earlier page are left out.
        """
        seen: set[int] = set()
        for number in range(1, MAX_PAGES + 1):
            page = self._page(kind, query, number, PER_PAGE)
            rows = [row for row in page.rows if _number(row) not in seen]
            if not rows:
                return
            fresh = page.numbers() - seen
            seen |= fresh
            yield _Page(rows, page.total)
            if not fresh and not any(isinstance(row, FetchFailed) for row in rows):
                return
            if page.total is not None and number * PER_PAGE >= page.total:
                return

    def _page(self, kind: str, query: dict[str, str], number: int, size: int) -> "_Page":
        """One page; one that is too large is asked for in smaller ones, down to a refused single row."""
        try:
            answer = self.fetcher.get(self._address(kind, query, number, size), max_bytes=MAX_ANSWER_BYTES)
            return _Page(_rows(answer), _count(answer.headers.get("x-wp-total", "")))
        except TooLarge as failure:
            if size == 1:
                return _Page([failure], None)
            smaller = max(size // 10, 1)
            first = (number - 1) * size // smaller + 1
            parts = [self._page(kind, query, first + each, smaller) for each in range(size // smaller)]
            totals = [part.total for part in parts if part.total is not None]
            return _Page([row for part in parts for row in part.rows], max(totals, default=None))
        except FetchFailed as failure:
            if failure.status == 400 and number > 1:
                return _Page([], None)
            raise

    def _address(self, kind: str, query: dict[str, str], number: int, size: int) -> str:
        asked = urlencode({**query, "per_page": size, "page": number}, safe=",:")
        joint = "&" if "?" in self.root else "?"
        return f"{self.root.rstrip('/')}/wp/v2/{kind}{joint}{asked}"


@dataclass(frozen=True, slots=True)
class _Page:
    """The rows of one answer, and how many there are in all (None: the site does not say)."""

    rows: list[Any]
    total: int | None

    def numbers(self) -> set[int]:
        return {number for row in self.rows if (number := _number(row))}


def _rows(answer: Fetched) -> list[Any]:
    """The list that the answer holds; raises FetchFailed when it is an error, a page or cut."""
    try:
        value = json_value(answer.body)
    except (ValueError, InputRefused) as failure:
        kind = "une page HTML" if answer.media_type == "text/html" else "une réponse illisible"
        sentence = f"L’API de {answer.url.partition('?')[0]} donne {kind} au lieu de JSON."
        raise FetchFailed(sentence, answer.url, temporary=False) from failure
    if not isinstance(value, list):
        sentence = f"L’API de {answer.url.partition('?')[0]} ne donne pas de liste."
        raise FetchFailed(sentence, answer.url, temporary=False, detail=str(value)[:500])
    return value


def _number(row: object) -> int | None:
    number = row.get("id") if isinstance(row, dict) else None
    return number if isinstance(number, int) and number > 0 else None


def _listed(ids: object) -> list[int]:
    return [each for each in ids if isinstance(each, int)] if isinstance(ids, list) else []


def _count(written: str) -> int | None:
    return int(written) if written.isascii() and written.isdigit() and len(written) < 12 else None


def is_protected(row: dict[str, Any]) -> bool:
    """Whether only a password opens the post."""
    content = row.get("content")
    return bool(isinstance(content, dict) and content.get("protected"))
