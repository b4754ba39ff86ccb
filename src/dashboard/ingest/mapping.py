"""Columns of a table and what they mean for an article: guessed from common names, shown, correctable."""

import re
import unicodedata
from collections.abc import Mapping, Sequence

from dashboard.errors import InputRefused

# Common names, French and English, folded; the first of a list that a table has is taken.
NAMES: Mapping[str, tuple[str, ...]] = {
    "id": ("id", "identifiant", "guid", "uid", "uuid", "articleid", "idarticle", "postid", "cle", "key",
           "docid"),
    "url": ("url", "lien", "link", "permalink", "permalien", "adresse", "href", "canonical", "uri",
            "sourceurl"),
    "title": ("title", "titre", "headline", "posttitle", "intitule"),
    "text": (
        "text", "texte", "body", "corps", "content", "contenu", "fulltext", "texteintegral", "articlebody",
        "postcontent", "article", "maintext",
    ),
    "lead": (
        "lead", "chapo", "chapeau", "description", "summary", "resume", "excerpt", "extrait", "standfirst",
        "accroche", "abstract", "postexcerpt",
    ),
    "published": (
        "published", "publishedat", "publicationdate", "datepublication", "datedepublication",
        "datepublished", "pubdate", "publication", "publie", "publiele", "parution", "dateparution", "date",
        "postdate",         "publishdate", "datetime", "created", "createdat", "timestamp", "jour",
    ),
    "modified": ("modified", "updated", "datemodified", "modifiedat", "updatedat",
                 "modification", "misajour"),
    "author": ("author", "auteur", "auteurs", "authors", "byline", "creator", "signature", "journaliste"),
    "section": ("section", "rubrique", "category", "categorie", "rubriques", "categories", "desk", "channel"),
    "tags": ("tags", "tag", "motscles", "etiquettes", "etiquette", "keywords", "motcle", "keyword", "sujets"),
}  # fmt: skip

_FRENCH = {
    "id": "identifiant", "url": "adresse", "title": "titre", "text": "texte", "lead": "chapô",
    "published": "date de publication", "modified": "date de correction", "author": "auteur",
    "section": "rubrique", "tags": "étiquettes",
}  # fmt: skip


def guess_mapping(columns: Sequence[str]) -> dict[str, str]:
    """For each field of an article, the column that most probably holds it; fields without one are absent."""
    folded: dict[str, str] = {}
    for column in columns:
        folded.setdefault(_folded(column), column)
    found = {
        field: next((folded[name] for name in names if name in folded), None)
        for field, names in NAMES.items()
    }
    return {field: column for field, column in found.items() if column is not None}


def chosen_mapping(
    columns: Sequence[str], corrections: Mapping[str, str] | None = None, *, name: str = "Le tableau"
) -> dict[str, str]:
    """The guess with the reader's corrections, field → column; an empty column name leaves the field out.

    Raises InputRefused for an unknown field or column, and when neither a title nor a text is found.
    """
    mapping = guess_mapping(columns) | dict(corrections or {})
    for field, column in mapping.items():
        if field not in NAMES:
            known = ", ".join(NAMES)
            raise InputRefused(
                f"{name}\u00a0: champ inconnu «\u00a0{field}\u00a0». Champs possibles\u00a0: {known}."
            )
        if column and column not in columns:
            raise InputRefused(f"{name} n’a pas de colonne «\u00a0{column}\u00a0». {_columns_line(columns)}")
    kept = {field: column for field, column in mapping.items() if column}
    if not {"title", "text"} & set(kept):
        sentence = f"{name}\u00a0: aucune colonne de titre ni de texte n’est reconnue."
        raise InputRefused(f"{sentence} {_columns_line(columns)}")
    return kept


def mapping_lines(mapping: Mapping[str, str], columns: Sequence[str]) -> list[str]:
    """The mapping as French lines, « titre ← colonne « headline » », then the columns that are not read."""
    lines = [f"{_FRENCH[field]} ← colonne «\u00a0{column}\u00a0»" for field, column in mapping.items()]
    unread = [column for column in columns if column not in mapping.values()]
    if unread:
        lines.append(f"colonnes non lues\u00a0: {', '.join(unread[:20])}")
    return lines


def _columns_line(columns: Sequence[str]) -> str:
    return f"Colonnes du fichier\u00a0: {', '.join(str(column)[:40] for column in columns[:30])}."


def _folded(name: str) -> str:
    decomposed = unicodedata.normalize("NFKD", name.lower())
    return re.sub(r"[\W_]+", "", "".join(char for char in decomposed if not unicodedata.combining(char)))
