"""The articles that labels point into: three published collections of the press, and JSON lines."""

import gzip
import hashlib
import json
import re
from collections.abc import Iterator
from datetime import datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

from lxml import etree

Article = dict[str, Any]
# The feeds by month name no year.
_YEAR_OF_FEEDS = 2022
_PAGE = re.compile(r'<article-nb="(\d{4})/(\d\d)/(\d\d)/\d+-(\d+)">(.*?)(?=<article-nb=|\Z)', re.DOTALL)
_BODY = re.compile(r'<filname="PROF-[^>]*> ¤ (.*?)(?:\n|\Z)')


def lines_of(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of a file of JSON lines, gzipped or not."""
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines if line.strip())


def articles_of(path: Path) -> Iterator[Article]:
    """The articles of one file, each with its id, its day and the fields that labels point into.

    By its ending it holds the feeds of Le Monde of 2022 (.xml: title and lead), feeds of several papers of
    2025 (.json: title and lead), pages of Le Monde (.txt: text), or JSON lines, gzipped or not (whatever they
    hold). data/README.md says where these are published. The day is « published », in lines also « date ».
    """
    match path.suffix:
        case ".xml":
            return _feeds_by_month(path)
        case ".json":
            return _feeds(path)
        case ".txt":
            return _pages(path)
        case _:
            return lines_of(path)


def _feeds_by_month(path: Path) -> Iterator[Article]:
    parser = etree.XMLParser(resolve_entities=False)
    for day in etree.parse(path, parser).iter("date"):
        when = datetime.strptime(f"{_YEAR_OF_FEEDS} {day.get('month')} {day.get('day')}", "%Y %b %d")  # noqa: DTZ007
        for entry in day.iter("article"):
            title, lead = entry.findtext("title") or "", entry.findtext("description") or ""
            yield _entry("lm22", when, title, lead)


def _feeds(path: Path) -> Iterator[Article]:
    for entry in json.loads(path.read_text(encoding="utf-8")):
        when = parsedate_to_datetime(entry["date"])
        yield _entry("rss25", when, entry["title"] or "", entry["description"] or "")


def _entry(feed: str, when: datetime, title: str, lead: str) -> Article:
    """An entry of a feed; its id is made of its words, for one of the files gives none."""
    title, lead = title.strip(), lead.strip()
    digest = hashlib.sha1(f"{title}\n{lead}".encode(), usedforsecurity=False).hexdigest()[:12]
    return {"id": f"{feed}-{digest}", "published": when.date().isoformat(), "title": title, "lead": lead}


def _pages(path: Path) -> Iterator[Article]:
    # Read as bytes: line ends that were changed would move what labels point at.
    for year, month, day, number, page in _PAGE.findall(path.read_bytes().decode("utf-8", "replace")):
        if body := _BODY.search(page):
            yield {
                "id": f"lmp-{year}{month}{day}-{number}",
                "published": f"{year}-{month}-{day}",
                "text": body.group(1),
            }
