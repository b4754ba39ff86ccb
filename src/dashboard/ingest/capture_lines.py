"""The lines of a pasted page, each told apart: heading of an archive, « Lire la suite », date, rubric, menu, text."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from enum import Enum, auto
from functools import lru_cache

from dashboard.ingest.prose_dates import IN_FIGURES, IN_WORDS, Window, plausible_window, stated_day

SECTIONS = {
    "union europeenne", "russie", "ameriques", "asie", "afrique", "moyen orient", "le monde de demain", "monde",
    "en continu", "grand angle", "idees", "tribune", "tribunes", "entretiens", "analyses", "decryptages",
}  # fmt: skip
SIDEBARS = {
    "sur le meme sujet", "sur le meme theme", "tribune a la une", "a la une", "derniers articles", "les plus lus",
    "a lire aussi", "lire aussi", "articles similaires", "articles lies", "dans la meme rubrique", "a decouvrir",
    "vous aimerez aussi", "nos derniers articles", "a lire egalement", "du meme auteur",
}  # fmt: skip
LISTS_WITHOUT_TEXT = {
    "articles recents", "commentaires recents", "archives", "categories", "navigation de l article", "etiquettes",
    "laisser un commentaire", "laisser un commentaire annuler la reponse", "commentaires", "nuage d etiquettes",
}  # fmt: skip
INSTITUTIONAL = {
    "a propos", "l equipe", "contact", "mentions legales", "politique de confidentialite", "skip to content",
    "aller au contenu", "nous contacter", "qui sommes nous", "plan du site", "aller au contenu principal",
}  # fmt: skip
NAVIGATION = INSTITUTIONAL | {
    "facebook", "twitter", "x", "rss", "instagram", "linkedin", "youtube", "telegram", "whatsapp", "bluesky", "e mail",
    "email", "newsletter", "accueil", "menu", "menu fermer", "fermer", "rechercher", "recherche", "scroll to top",
    "retour en haut", "haut de page", "partager", "imprimer", "tweet", "tweeter", "s abonner", "abonnez vous",
    "connexion", "se connecter", "mon compte", "cookies", "gestion des cookies", "accepter", "refuser", "suivant",
    "tout accepter", "tout refuser", "older posts", "newer posts", "navigation des articles", "page suivante",
    "page precedente", "precedent", "publicite", "annonce", "aucun commentaire", "publication mise en avant",
    "lire plus tard", "ecouter", "sauvegarder", "copier le lien", "non classe", "en savoir plus sur les cookies",
}  # fmt: skip
MENU_SENTENCES = re.compile(
    r"^(?:©|\(c\) ?\d|copyright\b|pour (?:vous abonner|recevoir)|abonnez-vous|inscrivez-vous|suivez-nous|partager (?:sur|cet|:)"
    r"|cliquez pour|ce site utilise|nous utilisons des cookies|en poursuivant votre navigation|voir tous les (?:articles|posts)"
    r"|votre adresse e-?mail|les champs obligatoires|fièrement propulsé|\d+ commentaires?$|temps de lecture|\d+ ?min(?:utes?)? de lecture"
    r"|page \d+\b.{0,40}$|navigation\b.{0,20}$|image : |[←→«»‹› ]*(?:articles|publications|billets) plus (?:ancien|récent)(?:ne)?s"
    r"|.*\btous droits réservés\.?$|mis à jour le |dernière mise à jour|accueil [>›»/])",
    re.IGNORECASE,
)
PAGE_NUMBERS = re.compile(r"^(?=.*\d)[\d\s….,|‹›«»←→<>\[\]-]{1,60}$")
IMAGE_NAME = re.compile(r"^(?:[a-z0-9]+(?:[-_][a-z0-9]+)+|[\w-]+\.(?:jpe?g|png|gif|webp|svg))$")
MAIL_HEADER = re.compile(
    r"^(?:(?:De|From|À|A|To|Cc|Cci|Envoyé|Sent|Date|Objet|Subject|Répondre à|Reply-To) ?: .{1,200}"
    r"|-{3,}.*(?:message|forward).*|(?:début du|begin) .{0,12}(?:message|forwarded).*|envoyé (?:de|depuis) mon .*"
    r"|(?:bonjour|bonsoir|merci)[ ,.!]*|_{4,}|={4,})$",
    re.IGNORECASE,
)
AGENCIES = "AFP|Reuters|AP|EPA|DR|Getty(?: Images)?|Unsplash|Wikimedia(?: Commons)?|Flickr|Pixabay|Pexels|Shutterstock"
CREDIT = re.compile(
    rf"\(?\b(?:Crédits?(?:[- ]photos?)?|Photos?|©)\s*:\s*(?:(?:{AGENCIES})\b|(?:{AGENCIES})(?=[A-ZÀ-Ý])|.{{1,60}}$)\.?\)?"
)
CAPTION = re.compile(r"\(?(?:illustration|archives?|photo d[’']illustration)\)?\.?\s*$", re.IGNORECASE)
MAIL_CLOSING = re.compile(
    r"^(?:cordialement|bien (?:cordialement|à (?:vous|toi))|bonne (?:lecture|journée)|--)[ ,.!]*$", re.I
)
ALSO_READ = re.compile(r"^(?:à )?lire (?:aussi|également|notamment)\s*:\s*\S", re.IGNORECASE)
BULLET = re.compile(r"^[•·▪◦*–-]\s+")
DATED = re.compile(
    r"^(?:(?:publié|mis en ligne|posté|écrit|par)\b)?\s*(?:le\s+|on\s+)?(?P<date>@)"
    r"(?:\s*(?:à|,|-|–|\|)?\s*\d{1,2}\s?[h:]\s?\d{0,2})?(?:\s*[-–|·,•]?\s*par\s*:?\s*(?P<author>[^\d@]{2,60}))?\s*$",
    re.IGNORECASE,
)
SIGNED = re.compile(
    r"^par\s+(?P<author>[^\d@,|]{2,60}?)\s*[,|·–•-]?\s*(?:publié\s+)?(?:le\s+)?@$", re.IGNORECASE
)
FILED = re.compile(
    r"^(?:Catégorisé comme|Publié dans|Classé (?:dans|sous))\s*:?\s*(?P<sections>.*?)(?:\s*(?:Étiqueté|Tags?|Mots-clés)\s*:?\s*(?P<tags>.*))?$"
    r"|^(?:Étiqueté|Étiquettes|Mots-clés|Tags)\s*:?\s*(?P<only_tags>.+)$"
)


class Kind(Enum):
    """What a line is."""

    ARCHIVE = auto()
    MORE = auto()
    DATE = auto()
    SECTION = auto()
    FILED = auto()
    SIDEBAR = auto()
    LIST = auto()
    MENU = auto()
    CREDIT = auto()
    TEXT = auto()


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its words, and for a date line the day and the author it names."""

    kind: Kind
    text: str
    number: int
    day: date | None = None
    author: str | None = None
    sections: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()


@lru_cache(maxsize=100_000)
def fold(text: str) -> str:
    """Letters and digits without case or accents, words parted by one space: what makes two titles the same."""
    plain = unicodedata.normalize(
        "NFKD", text.replace("œ", "oe").replace("Œ", "OE").replace("æ", "ae")
    ).casefold()
    return " ".join(
        re.sub(r"[^\w]+|_", " ", "".join(c for c in plain if not unicodedata.combining(c))).split()
    )


def labelled(text: str, number: int, window: Window | None = None) -> Line:
    """The line with its kind, judged by itself alone; headings of archives and « Lire la suite » are found before."""
    bare = BULLET.sub("", text)
    folded = fold(bare)
    if dated := _dated(text, number, window or plausible_window()):
        return dated
    if filed := FILED.match(text):
        return _filed(filed, text, number)
    return Line(_kind(text, bare, folded), text, number)


def _kind(text: str, bare: str, folded: str) -> Kind:
    if folded in SIDEBARS:
        return Kind.SIDEBAR
    if folded in LISTS_WITHOUT_TEXT or MAIL_CLOSING.match(text):
        return Kind.LIST
    if _is_menu(text, bare, folded):
        return Kind.MENU
    if folded in SECTIONS:
        return Kind.MENU if bare != text else Kind.SECTION
    return Kind.CREDIT if CREDIT.fullmatch(text) or CAPTION.search(text) and len(text) < 100 else Kind.TEXT


def _is_menu(text: str, bare: str, folded: str) -> bool:
    return (
        not folded
        or folded in NAVIGATION
        or any(pattern.match(bare) for pattern in (MENU_SENTENCES, PAGE_NUMBERS, IMAGE_NAME))
        or bool(MAIL_HEADER.match(text) or ALSO_READ.match(text))
    )


def _dated(text: str, number: int, window: Window) -> Line | None:
    if len(text) > 140:
        return None
    for pattern in (IN_FIGURES, IN_WORDS):
        if (match := pattern.search(text)) and (day := stated_day(match, window)):
            rest = f"{text[: match.start()]}@{text[match.end() :]}"
            if line := DATED.match(rest.replace("@", "@", 1)) or SIGNED.match(rest):
                author = (line.groupdict().get("author") or "").strip(" .,|·-") or None
                return Line(Kind.DATE, match.group().strip(), number, day, author)
    return None


def _filed(match: re.Match[str], text: str, number: int) -> Line:
    def names(group: str) -> tuple[str, ...]:
        return tuple(name.strip() for name in (match.group(group) or "").split(",") if name.strip())

    return Line(
        Kind.FILED, text, number, sections=names("sections"), tags=names("tags") or names("only_tags")
    )
