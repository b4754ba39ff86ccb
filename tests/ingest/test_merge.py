"""The same article met twice becomes one, with the best of each reading."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from dashboard.ingest.article import Article, Published
from dashboard.ingest.merge import PROSE, merge

DAYS = st.dates(date(2020, 1, 1), date(2020, 1, 4))
PUBLISHED = st.one_of(
    st.just(Published()),
    st.builds(Published, day=DAYS, basis=st.sampled_from([f"{PROSE} : lundi", "01.01.2020 (page)"])),
    st.builds(Published, earliest=st.none() | DAYS, latest=st.none() | DAYS, basis=st.just("ordre")),
)
ARTICLES = st.builds(
    Article,
    source=st.just("captures"),
    source_key=st.sampled_from(["a", "b"]),
    title=st.just("Titre"),
    text=st.sampled_from(["", "Court.", "Un texte plus long."]),
    section=st.sampled_from([None, "Russie"]),
    tags=st.lists(st.sampled_from(["russie", "otan", "kremlin"]), unique=True).map(tuple),
    published=PUBLISHED,
    partial=st.booleans(),
)


def article(**changes: object) -> Article:
    return Article(
        **{"source": "captures", "source_key": "a", "title": "Titre", "text": "Extrait.", **changes}
    )  # type: ignore[arg-type]


def test_tags_unite_and_the_full_text_replaces_the_excerpt() -> None:
    excerpt = article(
        tags=("russie",), partial=True, text="Un extrait plus long que le texte.", section="Russie"
    )
    full = article(tags=("relations internationales", "russie"), text="Tout le texte.")
    (one,) = merge([excerpt, full])
    assert one.tags == ("russie", "relations internationales")
    assert (one.text, one.partial, one.section) == ("Tout le texte.", False, "Russie")


def test_the_narrower_date_comes_with_its_basis() -> None:
    between = Published(None, date(2025, 1, 1), date(2025, 1, 9), "ordre")
    day = Published(day=date(2025, 1, 5), basis=f"{PROSE} : dimanche 5 janvier")
    (one,) = merge([article(published=between), article(published=day)])
    assert one.published == day


def test_of_two_days_the_one_the_page_gives_wins_then_the_earlier() -> None:
    prose = Published(day=date(2025, 1, 3), basis=f"{PROSE} : vendredi 3 janvier")
    page = Published(day=date(2025, 1, 6), basis="06.01.2025 (page)")
    later = Published(day=date(2025, 1, 7), basis="07.01.2025 (page)")
    (one,) = merge([article(published=p) for p in (prose, later, page)])
    assert one.published == page


def test_two_sources_stay_two_articles() -> None:
    assert len(merge([article(), article(source="flux")])) == 2


@given(st.lists(ARTICLES, max_size=6))
def test_merging_again_changes_nothing(articles: list[Article]) -> None:
    once = merge(articles)
    assert merge(once) == once
    assert merge([*once, *articles]) == once


@given(st.lists(ARTICLES, max_size=5))
def test_the_order_of_reading_decides_nothing_but_the_order_of_tags(articles: list[Article]) -> None:
    def told(found: list[Article]) -> set[tuple[object, ...]]:
        return {(a.source_key, a.text, a.partial, a.section, a.published, frozenset(a.tags)) for a in found}

    assert told(merge(articles)) == told(merge(articles[::-1]))
