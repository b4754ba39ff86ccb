import json
from datetime import UTC, date, datetime

import pytest

from dashboard.errors import InputRefused
from dashboard.ingest.article import Article, Refused
from dashboard.ingest.html_pages import read_page
from dashboard.ingest.pieces import MAX_PAGE_BYTES, NotPublic

URL = "https://site.example/monde/titre/"
BODY = "<p>Moscou accuse Kiev de violer la trêve.</p><p>Le texte sera encore examiné par les élus.</p>"
AROUND = """<aside class="widget"><h3>Derniers articles</h3><p>Pékin menace Tokyo.</p></aside>
<section class="related"><h3>Sur le même sujet</h3><div class="teaser">
<time datetime="2020-01-01">1.1.2020</time>
<p>Alger accuse Rabat.</p></div></section><div id="comments"><p>Un lecteur : Londres attaque Oslo.</p></div>
<div class="author-box"><p>Anne suit Berlin et Rome depuis vingt ans.</p></div>"""


def html(inside="", head="", body_class="single"):
    return f'<!doctype html><html><head>{head}</head><body class="{body_class}">{inside}</body></html>'


def article(more="", content=BODY):
    inside = f'<h1>Titre</h1>{more}<div class="entry-content">{content}</div>'
    return f"<main><article>{inside}</article>{AROUND}</main>"


def page(text, url=URL, **options):
    return read_page(text.encode(), source="essai", where="page", url=url, **options)


def only(text, **options):
    [piece] = page(text, **options).pieces
    return piece


def test_the_text_is_the_article_s_own_and_nothing_of_what_surrounds_it():
    piece = only(html(article()))
    assert (
        piece.text == "Moscou accuse Kiev de violer la trêve.\n\nLe texte sera encore examiné par les élus."
    )
    assert (piece.title, piece.source_key, piece.url) == ("Titre", "site.example/monde/titre", URL)


def test_without_a_named_content_element_an_extractor_finds_the_text():
    paragraphs = "".join(
        f"<p>Le président russe a vu son homologue américain, point {n} de la réunion tenue à Genève.</p>"
        for n in range(6)
    )
    paragraphs += "<p>À lire aussi <a href='/x'>Séoul hausse le ton face à Pyongyang</a></p>"
    piece = only(html(f"<div><h1>Le sommet</h1><div class='xyz'>{paragraphs}</div></div>{AROUND}"))
    assert piece.title == "Le sommet"
    assert piece.text.count("\n\n") == 5
    assert piece.text.endswith("point 5 de la réunion tenue à Genève.")
    assert "Le sommet" not in piece.text
    for elsewhere in ("Alger", "Tokyo", "Londres", "Berlin"):
        assert elsewhere not in piece.text


LD = {"@type": "NewsArticle", "datePublished": "2024-02-29T23:30:00Z", "author": {"name": "Anne"}}


@pytest.mark.parametrize(
    ("head", "more", "day", "basis"),
    [
        (f'<script type="application/ld+json">{json.dumps(LD)}</script>', "", date(2024, 3, 1), "JSON-LD"),
        (
            f'<script type="application/ld+json">{json.dumps({"@graph": [{"@type": "Page"}, LD]})}</script>',
            "<time datetime='2021-01-01'></time>",
            date(2024, 3, 1),
            "JSON-LD",
        ),
        (
            '<meta property="article:published_time" content="2024-03-01T10:00:00+01:00">',
            "",
            date(2024, 3, 1),
            "méta",
        ),
        (
            "",
            '<time class="entry-date" datetime="2024-03-01T00:10:00+01:00">x</time>',
            date(2024, 3, 1),
            "<time>",
        ),
        (
            "",
            '<time class="updated" datetime="2025-01-01">x</time>01.03.2024 par Anne',
            date(2024, 3, 1),
            "texte",
        ),
        ("", "<p class='meta'>Publié le 1er mars 2024 à 10h</p>", date(2024, 3, 1), "texte"),
        (
            '<meta name="date" content="0001-01-01">',
            "<time datetime='2024-03-01'>x</time>",
            date(2024, 3, 1),
            "<time>",
        ),
    ],
)
def test_the_date_is_taken_from_the_surest_place(head, more, day, basis):
    piece = only(html(article(more), head))
    assert piece.published.day == day
    assert basis in piece.published.basis


def test_the_date_of_a_teaser_or_of_the_prose_is_never_the_article_s():
    content = f"{BODY}<p>Le traité fut signé le 8 avril 2010.</p>"
    piece = only(html(article(content=content)))
    assert piece.published.day is None
    assert piece.published.basis == "date absente de la page"


def test_metadata_give_author_section_tags_and_canonical_link():
    ld = {**LD, "author": [{"name": "Anne d&rsquo;Arcy"}, {"name": "Paul"}], "keywords": "Otan, Russie"}
    ld |= {"articleSection": ["Europe"], "dateModified": "2024-03-02T09:00:00Z"}
    head = f"""<script type="application/ld+json">{json.dumps(ld)}</script>
    <link rel="canonical" href="/monde/titre/?utm_source=x">"""
    piece = only(html(article(), head))
    assert (piece.author, piece.section, piece.tags) == ("Anne d’Arcy, Paul", "Europe", ("Otan", "Russie"))
    assert piece.source_key == "site.example/monde/titre"
    assert piece.modified == datetime(2024, 3, 2, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("head", "body_class"),
    [
        ("", "single postid-253"),
        ('<link rel="shortlink" href="https://site.example/?p=253">', "single"),
        ('<link rel="alternate" type="application/json" href="/wp-json/wp/v2/posts/253">', "single"),
    ],
)
def test_the_key_of_a_wordpress_page_is_its_number(head, body_class):
    assert only(html(article(), head, body_class)).source_key == "253"


def test_an_article_followed_by_boxes_of_other_articles_is_still_an_article():
    boxes = "<article><h3><a href='/x'>Pékin menace Tokyo</a></h3><p>Début.</p></article>" * 4
    found = page(html(article().replace("</main>", f"<div>{boxes}</div></main>"), body_class=""))
    assert not found.is_archive
    assert [piece.title for piece in found.pieces] == ["Titre"]
    assert "Pékin" not in found.pieces[0].text


def test_a_page_of_several_pages_is_an_excerpt():
    content = f'{BODY}<div class="page-links">Pages : <a href="2/">2</a></div>'
    piece = only(html(article(content=content)))
    assert piece.partial
    assert "Pages" not in piece.text


def test_a_protected_page_is_counted_and_a_page_without_text_refused():
    form = '<form class="post-password-form"><input></form>'
    assert isinstance(only(html(article(content=form))), NotPublic)
    assert isinstance(only(html("<main></main>")), Refused)


def test_a_saved_page_without_an_address_has_a_key_of_its_own():
    first, again = (only(html(article()), url="") for _ in range(2))
    assert first.url is None
    assert first.source_key == again.source_key


def test_characters_follow_the_declaration_of_the_page():
    text = html(article().replace("Titre", "Été à Kiev"), '<meta charset="iso-8859-1">')
    [piece] = read_page(text.encode("latin-1", "replace"), source="essai", where="page").pieces
    assert piece.title == "Été à Kiev"


def test_traps_are_disarmed():
    head = '<link rel="canonical" href="javascript:alert(1)">'
    piece = only(html(article("<a rel='author' href='x'>moi@presse.example</a>"), head))
    assert piece.url == URL
    assert piece.author is None


@pytest.mark.parametrize("data", [b"", b"texte sans balise", b"\x89PNG\r\n\x1a\n", bytes(MAX_PAGE_BYTES + 1)])
def test_what_is_no_page_is_refused_by_name(data):
    with pytest.raises(InputRefused, match="page"):
        read_page(data, source="essai", where="page")


def test_an_archive_lists_articles_with_its_tag_and_the_next_page():
    def box(number, content):
        return (
            f'<article id="post-{number}" class="post category-moyen-orient">'
            f'<h2><a href="/{number}/#more">N{number}</a></h2>'
            f'<div class="entry-content">{content}</div></article>'
        )

    more = '<a class="more-link" href="/1/#more-1">Lire la suite <span>N1</span></a>'
    boxes = (
        box(1, f"<p>Début.</p>{more}") + box(2, "<p>Un.</p><p>Deux.</p>") + box(3, "<p>Un. Deux. Trois…</p>")
    )
    older = '<nav class="nav-previous"><a href="/tag/iran/page/2/">Articles plus anciens</a></nav>'
    inside = f"<main><h1>Étiquette\u00a0: <span>Iran</span></h1>{boxes}{older}</main>{AROUND}"
    found = page(html(inside, body_class="archive tag tag-iran"))
    assert found.is_archive
    assert found.next_url == "https://site.example/tag/iran/page/2/"
    assert [(p.source_key, p.text, p.partial, p.url) for p in found.pieces] == [
        ("1", "Début.", True, "https://site.example/1/"),
        ("2", "Un.\n\nDeux.", False, "https://site.example/2/"),
        ("3", "Un. Deux. Trois…", True, "https://site.example/3/"),
    ]
    assert {(p.section, p.tags) for p in found.pieces} == {("Moyen-Orient", ("Iran",))}


@pytest.mark.parametrize(
    "title",
    [
        "Archives du mot-clé Iran",
        "Archives pour l’étiquette Iran",
        "Étiquette\u00a0: Iran",
        "Étiquette : «\u00a0Iran\u00a0»",
    ],
)
def test_the_tag_of_an_archive_is_known_in_the_words_of_every_theme(title):
    inside = f'<main><h1>{title}</h1><article><h2><a href="/1/">Un</a></h2><p>Début.</p></article></main>'
    [piece] = page(html(inside, body_class="archive tag")).pieces
    assert piece.tags == ("Iran",)


@pytest.mark.parametrize("theme", ["archive-like-the-seeds", "twentytwentyone"])
def test_a_captured_article_is_the_same_in_two_themes(shared, theme):
    path = shared / "wordpress" / "html" / theme / "article-edge-alsoread.html"
    [piece] = read_page(path.read_bytes(), source="essai", where="page").pieces
    assert (piece.source_key, piece.author, piece.section) == ("253", "Rédaction", "En Continu")
    assert piece.tags == ("corée du sud", "japon")
    assert piece.published.day == date(2024, 11, 11)
    assert piece.text.count("\n\n") == 1
    for elsewhere in ("Moscou", "Kiev", "alerte", "Pologne", "Washington"):
        assert elsewhere not in piece.text


def test_captured_archives_list_ten_articles_and_go_on(shared):
    for path in sorted((shared / "wordpress" / "html").glob("*/tag-russie-p1.html")):
        found = read_page(
            path.read_bytes(), source="essai", where="page", url="http://127.0.0.1:8080/tag/russie/"
        )
        assert found.is_archive
        assert len(found.pieces) == 10
        assert found.next_url == "http://127.0.0.1:8080/tag/russie/page/2/"
        assert all(isinstance(piece, Article) and "russie" in piece.tags for piece in found.pieces)
        assert {piece.source_key for piece in found.pieces} >= {"398", "396", "391", "375"}
