"""The built-in chronicle is what its data card says: dated, checked, spelled alike, rich enough to read."""

import csv
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import cache
from itertools import combinations
from pathlib import Path

import pytest

from dashboard.coding import tables
from dashboard.coding.countries import COUNTRIES, REGIONS
from dashboard.coding.reading import read
from dashboard.coding.records import Sentence
from dashboard.coding.sentences import spans
from dashboard.ingest import chronicle

FOLDER = Path(__file__).resolve().parents[1] / "data" / "demo"
KEYS = ["id", "date", "title", "lead", "text", "section", "tags", "author"]
REGIONAL = tuple(region for region in REGIONS if region != "Monde")
SECTIONS = {*REGIONAL, "Le monde de demain"}
WEEKDAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
MONTHS = (
    *("janvier", "février", "mars", "avril", "mai", "juin"),
    *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
)
# The pairs that README.md invites its reader to open.
README_PAIRS = ("RUS UKR", "RUS USA", "CHN USA", "IRN ISR", "ISR PSE", "CHN TWN", "KOR PRK", "IND PAK")

Entry = dict[str, str]


@cache
def entries() -> tuple[Entry, ...]:
    lines = [line for path in sorted(FOLDER.glob("*.jsonl")) for line in path.read_text("utf-8").splitlines()]
    return tuple(json.loads(line) for line in lines)


def day_of(entry: Entry) -> date:
    return date.fromisoformat(entry["date"])


def prose(entry: Entry) -> str:
    """All that a reader sees of an entry, a line for each part."""
    return "\n".join((entry["title"], entry["lead"], entry["text"]))


def listed(name: str) -> list[str]:
    return (FOLDER / name).read_text("utf-8").splitlines()


@cache
def coded() -> dict[str, tuple[Sentence, ...]]:
    return {
        entry["id"]: read(entry["title"], on=day_of(entry), headline=True)
        + read(entry["lead"], on=day_of(entry))
        + read(entry["text"], on=day_of(entry))
        for entry in entries()
    }


# What it is made of


def test_the_chronicle_is_read_whole_from_its_years_and_from_nothing_else():
    articles = list(chronicle.read(FOLDER))
    assert [article.source_key for article in articles] == [entry["id"] for entry in entries()]
    assert len(articles) >= 500
    assert {path.stem for path in FOLDER.glob("*.jsonl")} == {str(year) for year in range(2021, 2027)}
    for path in FOLDER.glob("*.jsonl"):
        assert {json.loads(line)["date"][:4] for line in listed(path.name)} == {path.stem}


def test_every_month_from_december_2021_to_january_2026_has_entries():
    months = {f"{year}-{month:02}" for year in range(2022, 2026) for month in range(1, 13)}
    assert {entry["date"][:7] for entry in entries()} == months | {"2021-12", "2026-01"}


def test_entries_have_the_same_keys_in_the_same_order_and_follow_their_dates():
    assert all(list(entry) == KEYS for entry in entries())
    assert list(entries()) == sorted(entries(), key=lambda entry: (entry["date"], entry["id"]))
    assert all(entry["author"] == "Chronique Vigie" for entry in entries())
    assert all(re.fullmatch(re.escape(entry["date"]) + r"(-[a-z0-9]+)+", entry["id"]) for entry in entries())


@pytest.mark.parametrize("key", ["id", "title", "text"])
def test_no_two_entries_share_an_identifier_a_title_or_a_text(key):
    assert [value for value, n in Counter(entry[key] for entry in entries()).items() if n > 1] == []


def words(text: str) -> set[str]:
    """The words of four letters or more, which leaves out most of those that carry no meaning."""
    return set(re.findall(r"\w{4,}", text.lower()))


def twins(within: Iterable[Entry]) -> Iterator[tuple[str, str]]:
    """Pairs of entries at most three days apart whose titles share half of their words."""
    for first, second in combinations(within, 2):
        if abs(day_of(first) - day_of(second)) <= timedelta(days=3):
            here, there = words(first["title"]), words(second["title"])
            if 2 * len(here & there) >= len(here | there):
                yield first["id"], second["id"]


def test_one_event_is_told_once():
    by_month = [
        [e for e in entries() if e["date"][:7] == month] for month in {e["date"][:7] for e in entries()}
    ]
    assert [pair for month in by_month for pair in twins(month)] == []
    ends = [e for e in entries() if day_of(e).day <= 3 or (day_of(e) + timedelta(days=3)).day <= 3]
    assert list(twins(ends)) == []


def test_the_same_event_told_on_two_days_would_be_noticed():
    told = {"id": "a", "date": "2024-03-07", "title": "La Suède devient le 32e membre de l’Otan"}
    again = {"id": "b", "date": "2024-03-08", "title": "La Suède est le 32e membre de l’Otan"}
    assert list(twins([told, again])) == [("a", "b")]
    assert list(twins([told, {**again, "date": "2024-04-08"}])) == []


# Sections and tags


def test_each_of_the_six_regions_has_a_tenth_of_the_entries():
    counts = Counter(entry["section"] for entry in entries())
    assert set(counts) == SECTIONS
    assert {
        section: n for section, n in counts.items() if section in REGIONAL and 10 * n < len(entries())
    } == {}


def test_tags_come_from_the_vocabulary_and_all_of_it_is_used():
    vocabulary = listed("tags.txt")
    assert len(vocabulary) == len(set(vocabulary))
    assert {tag for entry in entries() for tag in entry["tags"]} == set(vocabulary)
    for entry in entries():
        assert 2 <= len(entry["tags"]) == len(set(entry["tags"])) <= 5, entry["id"]


# Days


def wrong_days(text: str, told: date) -> list[str]:
    """« mardi 5 mars » where that 5 March, the nearest to the day of the telling, is no Tuesday."""
    found = []
    for match in re.finditer(
        rf"\b({'|'.join(WEEKDAYS)}) (\d+)(?:er)? ({'|'.join(MONTHS)})(?: (\d{{4}}))?", text
    ):
        month = MONTHS.index(match[3]) + 1
        years = [int(match[4])] if match[4] else [told.year - 1, told.year, told.year + 1]
        nearest = min((date(year, month, int(match[2])) for year in years), key=lambda day: abs(day - told))
        if WEEKDAYS[nearest.weekday()] != match[1]:
            found.append(match[0])
    return found


def test_weekdays_agree_with_dates():
    assert {
        entry["id"]: wrong for entry in entries() if (wrong := wrong_days(prose(entry), day_of(entry)))
    } == {}


def test_a_wrong_weekday_would_be_noticed():
    assert wrong_days("Il a parlé mercredi 5 mars.", date(2024, 3, 6)) == ["mercredi 5 mars"]
    assert wrong_days("Il parlera mercredi 1er janvier.", date(2024, 12, 30)) == []


def test_every_text_names_the_weekday_of_its_fact():
    silent = [e["id"] for e in entries() if WEEKDAYS[day_of(e).weekday()] not in e["text"]]
    assert [
        i for i in silent if "dans la nuit" not in next(e["text"] for e in entries() if e["id"] == i)
    ] == []


# Leaders and names

_OFFICES = "présidente?|premier ministre|première ministre|chancelier|roi|émir|secrétaire d’état"
# What stands between an office and a name: « sud-coréen », « du Conseil européen », « par intérim ».
_STATE = r"(?: (?:élue?|sortante?|déchue?|renversée?|par intérim))?"
_OF = r"(?: (?:d’|de la |de l’|du |des |de )[A-ZÀ-Ÿ][\w-]+)?(?: [a-zà-ÿ-]+)?"


@cache
def holders() -> dict[str, list[tuple[str, date, date]]]:
    """For each full name of the leaders table: country, first and last day of each office."""
    found: dict[str, list[tuple[str, date, date]]] = {}
    for row in tables.shipped("leaders.tsv"):
        if " " in row["form"] and row["form"][0].isupper():
            since = date.fromisoformat(row["since"] or "0001-01-01")
            until = date.fromisoformat(row["until"] or "9999-12-31")
            found.setdefault(row["form"], []).append((row["code"], since, until))
    return found


@cache
def titled() -> re.Pattern[str]:
    """« le président américain Joe Biden », « le chancelier allemand, Olaf Scholz », with the word before."""
    names = "|".join(re.escape(name) for name in sorted(holders(), key=len, reverse=True))
    return re.compile(rf"(\w+[ ’-])?\b((?i:{_OFFICES}){_STATE}{_OF}{_STATE}),? ({names})\b")


def out_of_office(text: str, told: date) -> list[str]:
    """Titles given to someone who does not hold them on that day, or holds them in another country."""
    found = []
    for match in titled().finditer(text):
        past_or_future = re.match(r"(?i)ancien|ex|futur|vice", match[1] or "")
        if past_or_future or re.search(r" (?:élu|déchu|renversé)", match[2]):
            continue
        codes = {code for code, since, until in holders()[match[3]] if since <= told <= until}
        named = {mention.country for s in read(match[2], on=told) for mention in s.mentions}
        if not codes or (named and not codes & named):
            found.append(match[0])
    return found


def test_leaders_are_in_office_on_the_day():
    assert {e["id"]: wrong for e in entries() if (wrong := out_of_office(prose(e), day_of(e)))} == {}


def test_there_are_many_titles_to_check():
    assert sum(len(titled().findall(prose(entry))) for entry in entries()) >= 150


@pytest.mark.parametrize(
    ("text", "told", "wrong"),
    [
        ("Le président américain Donald Trump menace l’Iran.", date(2023, 5, 1), True),
        ("Le président américain, Donald Trump, menace l’Iran.", date(2025, 5, 1), False),
        ("L’ancien président américain Donald Trump menace l’Iran.", date(2023, 5, 1), False),
        ("Le président élu des États-Unis, Donald Trump, menace l’Iran.", date(2024, 12, 1), False),
        ("Le président américain Joe Biden menace l’Iran.", date(2025, 5, 1), True),
        ("Le chancelier allemand, Olaf Scholz, a parlé.", date(2025, 6, 1), True),
        ("Le président russe Volodymyr Zelensky a parlé.", date(2023, 5, 1), True),
    ],
)
def test_a_title_out_of_its_time_or_country_would_be_noticed(text, told, wrong):
    assert bool(out_of_office(text, told)) is wrong


# Letters that transliterations choose differently for one sound.
_SOUNDS = [
    ("ou", "u"),
    ("oo", "u"),
    ("w", "v"),
    ("tch", "c"),
    ("ch", "c"),
    ("sh", "c"),
    ("kh", "k"),
    ("ck", "k"),
]
_LETTERS = [("q", "k"), ("y", "i"), ("j", "i"), ("h", ""), ("c", "k"), ("z", "s"), ("ı", "i"), ("ø", "o")]
# Other words that sound like a part of a listed name.
OTHER_WORDS = {
    *("Abdoulaye", "Fatah", "Ilam", "Israël", "Massa", "Michael", "Michelle"),
    *("Pier", "Sahara", "Sanaa", "Sara", "Saree", "Seconde"),
}


def sound(word: str) -> str:
    """What the spellings of one name have in common: « Zelensky » and « Zelenski » sound alike."""
    low = unicodedata.normalize("NFD", word.lower().replace("-", ""))
    heard = "".join(letter for letter in low if not unicodedata.combining(letter))
    for spelled, said in _SOUNDS + _LETTERS:
        heard = heard.replace(spelled, said)
    return re.sub(r"(.)\1+", r"\1", heard).rstrip("e")


def variants(text: str) -> set[str]:
    """Words with a capital that sound like a part of a listed name and are spelled otherwise."""
    spelled: dict[str, set[str]] = {}
    for part in " ".join(listed("noms.txt")).replace("al-", "").split():
        if len(part) >= 4:
            spelled.setdefault(sound(part), set()).add(part)
    capitalised = set(re.findall(r"\b[A-ZÀ-Ÿ][\w-]{3,}", text)) - OTHER_WORDS
    return {word for word in capitalised if word not in spelled.get(sound(word), {word})}


def test_names_are_spelled_in_one_way():
    assert variants("\n".join(prose(entry) for entry in entries())) == set()


def test_every_listed_name_is_in_the_chronicle():
    whole = "\n".join(prose(entry) for entry in entries())
    assert [name for name in listed("noms.txt") if name not in whole] == []


@pytest.mark.parametrize(
    "wrong", ["Zelenski", "Zelenskyy", "Poutin", "Netanyahu", "Erdoğan", "Sissi", "Khameneï"]
)
def test_another_spelling_would_be_noticed(wrong):
    assert variants(f"Le dirigeant {wrong} a parlé.") == ({wrong} if wrong != "Sissi" else set())


# French

TYPOGRAPHY = {
    "straight quote": r"[\"'`]",
    "no no-break space before : or »": r"(?<!\u00a0)[:»]",
    "no narrow no-break space before ; ! ?": r"(?<!\u202f)[;!?]",
    "no no-break space after «": r"«(?!\u00a0)",
    "double space": r"[ \u00a0\u202f]{2}|[ \u00a0\u202f]\n|\n[ \u00a0\u202f]|\n{3}",
    "three dots": r"\.\.",
    "first of the month without er": rf"\b1 (?:{'|'.join(MONTHS)})",
    "capital without its accent": r"\b(?:Etat|Emirat|Egypt|Elysée|Erythr|Equateu|Ethiop|Etienne)|\bA \w+,",
    "breakable number": r"\d \d{3}\b|\d %",
    "ligature": r"(?i)\b(?:s|c|v|n)oeu|\boeu|manoeuvre",
}


def faults(text: str) -> list[str]:
    return [name for name, pattern in TYPOGRAPHY.items() if re.search(pattern, text)]


def test_typography_is_french():
    assert {entry["id"]: found for entry in entries() if (found := faults(prose(entry)))} == {}
    assert all(entry[key] == entry[key].strip() for entry in entries() for key in ("title", "lead", "text"))
    assert all(not entry["title"].endswith(".") and entry["lead"].endswith(".") for entry in entries())


@pytest.mark.parametrize(
    "text",
    [
        "l'Iran",
        "Iran : non",
        "Non !",
        "« non »",
        "Les Etats-Unis",
        "A Kiev, rien",
        "le 1 mai",
        "10 000",
        "5 %",
        "manoeuvres",
    ],
)
def test_a_slip_of_the_keyboard_would_be_noticed(text):
    assert faults(text) != []


def test_titles_leads_and_texts_have_their_length():
    for entry in entries():
        assert 20 <= len(entry["title"]) <= 110, entry["id"]
        assert len(spans(entry["lead"])) == 1, entry["id"]
        assert 30 <= len(entry["lead"]) <= 140, entry["id"]
        assert 3 <= len(spans(entry["text"])) <= 6, entry["id"]
        assert 300 <= len(entry["text"]) <= 700, entry["id"]


# The files beside it


def test_the_control_file_has_one_line_for_each_entry_with_its_weekday():
    rows = [line.split("\t") for line in listed("controle.tsv")]
    assert rows[0] == ["id", "jour", "vérification"]
    assert [row[:2] for row in rows[1:]] == [[e["id"], WEEKDAYS[day_of(e).weekday()]] for e in entries()]
    assert [row[0] for row in rows if len(row) != 3 or not row[2].strip()] == []


def test_each_turning_point_is_an_entry_of_the_chronicle_too():
    with (FOLDER / "evenements.csv").open(encoding="utf-8", newline="") as file:
        events = list(csv.DictReader(file))
    assert list(events[0]) == ["date", "label", "pays", "etiquettes", "lien"]
    assert 60 <= len(events) <= 77
    assert [event["date"] for event in events] == sorted(event["date"] for event in events)
    days = {day_of(entry) for entry in entries()}
    for event in events:
        assert set(event["pays"].split(" | ")) <= set(COUNTRIES), event
        assert set(event["etiquettes"].split(" | ")) <= set(listed("tags.txt")), event
        assert min(abs(date.fromisoformat(event["date"]) - day) for day in days) <= timedelta(days=1), event
        assert faults(event["label"]) == [], event
        assert len(event["label"]) <= 55, event


def test_the_data_card_gives_the_true_figures():
    card = (FOLDER / "README.md").read_text("utf-8")
    header, *rows = [
        [cell.strip() for cell in line.split("|")[1:-1]] for line in card.splitlines() if "|" in line
    ]
    counts = Counter((entry["date"][:4], entry["section"]) for entry in entries())
    years = sorted({year for year, _ in counts})
    given = {row[0]: [int(n) for n in row[1:]] for row in rows if row[0] in years}
    assert given == {
        year: [
            *(counts[year, section] for section in header[1:-1]),
            sum(e["date"][:4] == year for e in entries()),
        ]
        for year in years
    }
    assert f"{len(entries())} entrées" in card


# What the coder finds in it; these two depend on its word lists and weights


def test_seven_entries_in_ten_have_a_coded_event():
    with_event = sum(any(sentence.events for sentence in sentences) for sentences in coded().values())
    share = with_event / len(entries())
    assert share >= 0.70, (
        f"the coder finds an event in {with_event} of {len(entries())} entries ({share:.0%})"
    )


@pytest.mark.parametrize("pair", README_PAIRS)
def test_the_pairs_of_the_readme_have_fifteen_entries(pair):
    wanted = set(pair.split())
    named = [{m.country for s in sentences for m in s.mentions} for sentences in coded().values()]
    assert sum(wanted <= countries for countries in named) >= 15, (
        f"{pair}: too few entries name both countries"
    )
