"""What changed on a WordPress site since the last visit, told by a light list of all that it publishes."""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from dashboard.corpus.visits import Memory
from dashboard.errors import InputRefused
from dashboard.ingest.article import Article
from dashboard.ingest.pieces import NotPublic, Pieces, Unchanged
from dashboard.ingest.wordpress_json import embedded_author
from dashboard.ingest.wordpress_rest import RestApi, is_protected

LISTED = "id,modified_gmt,date_gmt,slug,tags,categories,author,content.protected"
# With more of the site to read than this, page after page of everything asks for less.
MOST_CHOSEN = 1 / 2


@dataclass
class Changes:
    """One visit: `pieces` first, then `present`.

    `stored` are the keys that the corpus holds of this source. A post is read when its signature differs
    from the remembered one or when it is not stored: a corpus put back to an older state mends itself.
    """

    api: RestApi
    memory: Memory
    stored: Collection[str]
    _present: set[str] | None = None

    def pieces(self) -> Pieces:
        """What is new or changed whole, the rest as `Unchanged`.

        Raises FetchFailed when the API breaks off, InputRefused after the last piece when its list is
        incomplete: nothing may be taken for removed then.
        """
        rows, whole = self.api.listed_rows(LISTED)
        listed = {str(n): signature(row, self.api) for n, row in rows.items() if not is_protected(row)}
        wanted = [key for key in listed if self._is_wanted(key, listed[key])]
        present = set(listed)
        everything = len(wanted) > MOST_CHOSEN * len(listed)
        if not everything:
            yield from self._known(rows, listed, set(wanted))
        for piece in self.api.posts() if everything else self.api.chosen(wanted):
            yield piece
            if isinstance(piece, Article):
                present.add(piece.source_key)
                # One that appeared after the list was made is read again next time.
                self.memory.marks[piece.source_key] = listed.get(piece.source_key, "")
        self.memory.marks = {key: mark for key, mark in self.memory.marks.items() if key in present}
        if not whole:
            raise InputRefused(
                f"{self.api.source}\u00a0: la liste des articles est incomplète, rien n’est retiré."
            )
        # What was stored from another road has keys of another kind.
        self._present = present | {key for key in self.stored if not key.isdecimal()}

    def present(self) -> set[str] | None:
        """The keys of all that is public; None when the pieces were not read to their end."""
        return self._present

    def _is_wanted(self, key: str, mark: str) -> bool:
        return self.memory.marks.get(key) != mark or key not in self.stored

    def _known(self, rows: dict[int, Any], listed: dict[str, str], wanted: set[str]) -> Pieces:
        for number in rows:
            if str(number) not in listed:
                yield NotPublic(self.api.source, f"article {number}", "protégé par mot de passe")
            elif str(number) not in wanted:
                yield Unchanged(self.api.source, str(number))


def signature(row: dict[str, Any], api: RestApi) -> str:
    """The same as long as nothing changed that a reader sees: text, dates, address, names of all kinds.

    `modified_gmt` alone misses retags, renamed tags, sections and authors.
    """
    number = row.get("author")
    said: list[object] = [row.get(name) for name in ("modified_gmt", "date_gmt", "slug")]
    said += [api.names_of(kind, row.get(kind)) for kind in ("tags", "categories")]
    said.append(api.names_of("users", [number]) or embedded_author(row) or number)
    return hashlib.blake2b(repr(said).encode("utf-8", "replace"), digest_size=8).hexdigest()
