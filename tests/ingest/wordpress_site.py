"""A small WordPress for the tests: posts, names, pages and totals as its REST API gives them, invented."""

import json
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

from website import Answer, Route, Website

JSON = {"Content-Type": "application/json; charset=UTF-8"}
HTML = {"Content-Type": "text/html; charset=UTF-8"}


def post(number: int, **changes: Any) -> dict[str, Any]:
    """One published post of the API, « Titre 7 » for number 7."""
    return {
        "id": number,
        "date": "2024-03-01T00:30:00",
        "date_gmt": "2024-02-29T23:30:00",
        "modified": "2024-03-02T10:00:00",
        "modified_gmt": "2024-03-02T09:00:00",
        "status": "publish",
        "type": "post",
        "link": f"http://site.example/titre-{number}/",
        "title": {"rendered": f"Titre {number}"},
        "content": {"rendered": f"<p>Texte {number}.</p>", "protected": False},
        "excerpt": {"rendered": "", "protected": False},
        "author": 1,
        "categories": [4],
        "tags": [10],
        **changes,
    }


@dataclass
class WordPress:
    """The site's content; `routes()` serves it. `totals` may be hidden, as some hosts do."""

    posts: list[dict[str, Any]] = field(default_factory=list)
    tags: dict[int, str] = field(default_factory=lambda: {10: "défense &amp; sécurité"})
    categories: dict[int, str] = field(default_factory=lambda: {4: "Am&eacute;riques"})
    users: dict[int, str] | None = field(default_factory=lambda: {1: "Anne d&rsquo;Arcy"})
    totals: bool = True

    def routes(self, base: str = "/wp-json") -> dict[str, Route]:
        link = f'<link rel="https://api.w.org/" href="{base}/">'
        home = f"<html><head>{link}</head><body>accueil</body></html>"
        return {
            "/": Answer(home.encode(), 200, HTML),
            f"{base}/wp/v2/posts": self._rows,
            f"{base}/wp/v2/tags": self._rows,
            f"{base}/wp/v2/categories": self._rows,
            f"{base}/wp/v2/users": self._rows,
        }

    def _rows(self, site: Website, target: str, headers: dict[str, str]) -> Answer:
        parts = urlsplit(target)
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        kind = parts.path.rpartition("/")[2]
        rows = self._all(kind, query)
        if rows is None:
            return error(401, "rest_user_cannot_view")
        size, page = int(query["per_page"]), int(query["page"])
        chosen = rows[(page - 1) * size : page * size]
        if not chosen and page > 1:
            return error(400, "rest_post_invalid_page_number")
        total = {"X-WP-Total": str(len(rows)), "X-WP-TotalPages": str(-(-len(rows) // size))}
        return Answer(json.dumps(chosen).encode(), 200, {**JSON, **(total if self.totals else {})})

    def _all(self, kind: str, query: dict[str, str]) -> list[dict[str, Any]] | None:
        if kind == "posts":
            rows = sorted(self.posts, key=lambda row: row["id"])
            since = query.get("modified_after", "").rstrip("Z")
            included = [int(each) for each in query.get("include", "").split(",") if each]
            return [
                row
                for row in rows
                if row.get("modified_gmt", "") > since and (not included or row["id"] in included)
            ]
        names = {"tags": self.tags, "categories": self.categories, "users": self.users}[kind]
        if names is None:
            return None
        chosen = query.get("include", "").split(",")
        return [{"id": n, "name": name} for n, name in names.items() if chosen == [""] or str(n) in chosen]


def error(status: int, code: str) -> Answer:
    return Answer(
        json.dumps({"code": code, "message": "non", "data": {"status": status}}).encode(), status, JSON
    )
