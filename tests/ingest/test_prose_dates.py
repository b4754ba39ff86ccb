"""Which day French prose speaks of, and which days it does not mean."""

import re
from datetime import date

import pytest

from dashboard.ingest.article import Precision, Published
from dashboard.ingest.page_order import Clue, order_bounds
from dashboard.ingest.prose_dates import Reading, Window, news_date, not_before, plausible_window

RECENT = Window(date(2021, 1, 1), date(2026, 2, 1))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Le Kremlin a confirmé lundi 19 janvier que le président a été invité.", date(2026, 1, 19)),
        ("Ce Jeudi 3 juillet 2025, un échange d’une heure a eu lieu.", date(2025, 7, 3)),
        ("Les États-Unis ont annoncé, mercredi 22 octobre, un renforcement.", date(2025, 10, 22)),
        ("Une enquête a été ouverte ce vendredi 27 juin par les autorités.", date(2025, 6, 27)),
        ("… jour principal » à Genève, déclarait mardi 28 décembre le vice-ministre.", date(2021, 12, 28)),
        ("Dans un communiqué publié dimanche 15 mai, le Mali a annoncé son intention.", date(2022, 5, 15)),
        ("Moscou a rouvert son consulat le 1er mars 2022.", date(2022, 3, 1)),
        ("Genève, 18.05.2022. Les délégations se sont quittées.", date(2022, 5, 18)),
        ("Le texte a été signé le 29/12/2021 à Oslo.", date(2021, 12, 29)),
        ("Le sommet prévu à Genève a été annulé lundi 19 janvier.", date(2026, 1, 19)),
        ("Après les heurts de vendredi 16 janvier, le calme est revenu lundi 19 janvier.", date(2026, 1, 19)),
        (
            "Il se rendra lundi 26 janvier à Pékin, a annoncé le Kremlin vendredi 23 janvier.",
            date(2026, 1, 23),
        ),
    ],
)
def test_the_day_of_the_news_is_read_from_the_opening(text: str, day: date) -> None:
    reading = news_date(text, RECENT)
    assert reading is not None
    assert reading.days == (day,)


@pytest.mark.parametrize(
    "text",
    [
        "Le président a dit mercredi qu’il honorerait les accords.",
        "La guerre débutée en février 2022 se poursuit.",
        "Les pourparlers sont prévus le 10 janvier.",
        "La réunion se tiendra lundi 26 janvier à Genève.",
        "Le traité signé le 8 avril 2010 arrive à échéance.",
        "L’invasion du 24 février 2022 reste dans les mémoires.",
        "Rien n’a changé depuis lundi 19 janvier.",
        "Le score était de 12.05 contre 10.99, version 1.2.2022.3.",
        "Ce mardi 19 janvier 2026 n’existe pas, pas plus que le 31 février 2024.",
        "Le premier paragraphe est sans date.\n\n2\n\n3\n\nLe quatrième dit lundi 19 janvier.",
    ],
)
def test_other_days_are_not_taken_for_the_news(text: str) -> None:
    assert news_date(text, RECENT) is None


def test_words_without_a_year_stand_for_every_year_with_that_weekday() -> None:
    reading = news_date("Paris a signé lundi 19 janvier.", Window(date(2000, 1, 1), date(2026, 2, 1)))
    assert reading is not None
    assert [day.year for day in reading.days] == [2004, 2009, 2015, 2026]


def test_the_plausible_years_run_from_2000_to_the_day_after_tomorrow() -> None:
    assert plausible_window(date(2026, 1, 20)) == Window(date(2000, 1, 1), date(2026, 1, 22))
    assert (
        news_date("Paris a annoncé lundi 26 janvier un accord.", Window(date(2021, 1, 1), date(2026, 1, 22)))
        is None
    )


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("gelée depuis février 2022", 2021),
        ("rompu depuis 2022", 2021),
        ("d’ici 2030, l’Union européenne", 2000),
        ("90 milliards pour 2026 et 2027", 2000),
        ("La France accueillera le sommet en 2026.", 2000),
    ],
)
def test_a_text_is_not_much_older_than_the_past_years_it_mentions(text: str, year: int) -> None:
    assert not_before(text, Window(date(2000, 1, 1), date(2026, 2, 1))).year == year


def prose(*days: date) -> Clue:
    return Clue(reading=Reading(days, "lundi"))


def test_an_undated_article_lies_between_its_dated_neighbours() -> None:
    top, middle, bottom, last = order_bounds(
        [prose(date(2025, 7, 3)), Clue(), prose(date(2025, 6, 27)), Clue()]
    )
    assert (top.day, bottom.day) == (date(2025, 7, 3), date(2025, 6, 27))
    assert (middle.earliest, middle.latest) == (date(2025, 6, 27), date(2025, 7, 3))
    assert (last.earliest, last.latest, last.precision) == (None, date(2025, 6, 27), Precision.BETWEEN)


def test_an_older_fact_out_of_order_is_not_the_day_of_the_article() -> None:
    days = [date(2025, 7, 9), date(2025, 7, 3), date(2023, 3, 1), date(2025, 6, 27), date(2025, 6, 20)]
    found = order_bounds([prose(day) for day in days])
    assert [item.day for item in found] == [days[0], days[1], None, days[3], days[4]]
    assert (found[2].earliest, found[2].latest) == (date(2025, 6, 27), date(2025, 7, 3))
    assert "contredit l’ordre" in found[2].basis


def test_a_bare_date_gives_way_to_a_weekday_that_it_contradicts() -> None:
    weekday = Clue(reading=Reading((date(2011, 5, 24), date(2016, 5, 24)), "mardi 24 mai", says_weekday=True))
    above, bare = order_bounds([weekday, prose(date(2016, 7, 7))])
    assert bare.day is None
    assert above.earliest == date(2011, 5, 24)


def test_neighbours_choose_the_year_and_the_basis_says_so() -> None:
    years = (date(2003, 6, 27), date(2008, 6, 27), date(2014, 6, 27), date(2025, 6, 27))
    found = order_bounds([prose(date(2025, 7, 3)), prose(*years)])
    assert found[1].day == date(2025, 6, 27)
    assert "année d’après les articles voisins" in found[1].basis


def test_without_neighbours_the_year_stays_open() -> None:
    (alone,) = order_bounds([prose(date(2015, 1, 19), date(2026, 1, 19))])
    assert (alone.day, alone.earliest, alone.latest) == (None, date(2015, 1, 19), date(2026, 1, 23))
    assert "2015, 2026" in alone.basis


def test_a_day_stated_by_the_page_is_never_denied() -> None:
    found = order_bounds([Clue(date(2022, 1, 1), "01.01.2022"), Clue(date(2024, 1, 1), "01.01.2024")])
    assert [item.day for item in found] == [date(2022, 1, 1), date(2024, 1, 1)]
    assert found[0].basis == "01.01.2022 (page)"


def test_nothing_dated_leaves_everything_unknown() -> None:
    assert order_bounds([Clue(), Clue()]) == [Published(), Published()]


def test_what_is_kept_of_a_date_has_the_spaces_of_printed_french():
    page = Clue(stated=date(2026, 2, 1), words="1er février 2026")
    two_years = Clue(reading=Reading((date(2015, 1, 19), date(2026, 1, 19)), "lundi 19 janvier"))
    outside = Clue(reading=Reading((date(2031, 1, 19),), "19 janvier 2031"))
    old = Clue(stated=date(2014, 2, 1), words="1er février 2014")
    for clues in ([page, two_years], [two_years], [page, outside, Clue(), old], [Clue(), page, outside]):
        for found in order_bounds(clues):
            assert not re.search(r"[^\u00a0][:»]|«[^\u00a0]|[^\u202f][;!?]", found.basis), found.basis
