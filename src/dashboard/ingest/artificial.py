"""Articles that say nothing true, in any number: a corpus for trials of speed, marked so in every title."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from dashboard.ingest.article import Article, Published

SOURCE = "Corpus artificiel"
KIND = "artificiel"
FIRST_DAY, DAYS = date(2016, 1, 1), 3_650

SECTIONS = (
    "Union européenne", "Russie", "Amériques", "Asie", "Afrique", "Moyen-Orient", "Le monde de demain",
)  # fmt: skip
CAPITALS = (
    "Moscou", "Washington", "Pékin", "Paris", "Berlin", "Londres", "Téhéran", "Tokyo", "New Delhi", "Kiev",
    "Ankara", "Riyad", "Le Caire", "Alger", "Bamako", "Caracas", "Brasilia", "Varsovie", "Séoul", "Islamabad",
)  # fmt: skip
DEEDS = (
    "accuse {b} d’avoir retardé les négociations sur {x}",
    "signe avec {b} un accord sur {x}",
    "expulse deux diplomates de {b} après un différend sur {x}",
    "annonce une aide à {b} pour {x}",
    "menace {b} de sanctions à propos de {x}",
    "reçoit le ministre des Affaires étrangères de {b} pour parler de {x}",
)
MATTERS = (
    "la pêche", "le blé", "le gaz", "les visas", "les tarifs douaniers", "la frontière", "les satellites",
    "le climat", "les ports", "les minerais", "les étudiants", "la santé", "l’acier", "les câbles",
)  # fmt: skip
FILLERS = (
    "Le texte compte plusieurs articles et doit encore être traduit avant la prochaine réunion.",
    "Les délégations se sont donné trois semaines pour fixer un calendrier et un budget communs.",
    "Aucun chiffre n’a été publié, et les experts attendent le rapport de la commission technique.",
    "La presse locale consacre peu de place au dossier, que les entreprises suivent de près.",
    "Les parlements devront se prononcer au printemps, sans que le vote soit acquis d’avance.",
    "Un précédent accord, conclu dix ans plus tôt, n’avait jamais été appliqué faute de moyens.",
)


def articles(count: int, seed: int = 1) -> Iterator[Article]:
    """`count` artificial articles of about 160 words; the same for the same seed, whatever the count."""
    for number in range(count):
        yield _article(number, Random(seed * 1_000_003 + number))  # noqa: S311  (not a secret)


def _article(number: int, chance: Random) -> Article:
    a, b = chance.sample(CAPITALS, 2)
    matter = chance.choice(MATTERS)
    deed = chance.choice(DEEDS).format(b=b, x=matter)
    sentences = [f"{a} {deed}."]
    for _ in range(9):
        one, other = chance.sample(CAPITALS, 2)
        told = f"{one} {chance.choice(DEEDS).format(b=other, x=chance.choice(MATTERS))}."
        sentences.append(told if chance.random() < 0.2 else chance.choice(FILLERS))
    return Article(
        source=SOURCE,
        source_key=str(number),
        title=f"Essai artificiel {number}\u00a0: {a} {deed}",
        text="\n\n".join(" ".join(sentences[start : start + 3]) for start in range(0, len(sentences), 3)),
        author="Générateur d’essai",
        section=chance.choice(SECTIONS),
        tags=tuple(sorted({a.lower(), b.lower(), matter.split()[-1]})),
        published=Published(FIRST_DAY + timedelta(days=chance.randrange(DAYS)), basis="tirée au sort"),
    )
