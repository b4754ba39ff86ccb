import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.ingest.html_text import lead_of, text_of, title_of
from dashboard.ingest.shortcodes import without_shortcodes


def test_paragraphs_headings_lists_and_tables_are_told_apart():
    markup = (
        "<p>Un.</p><h2>Titre</h2><ul><li>a ;</li><li>b.</li></ul>"
        "<table><tr><th>Volet</th><th>Part</th></tr><tr><td>Acier</td><td>25&nbsp;%</td></tr></table>"
    )
    assert text_of(markup) == "Un.\n\nTitre\n\na ;\n\nb.\n\nVolet | Part\n\nAcier | 25\u00a0%"


def test_inline_elements_do_not_cut_words_or_sentences():
    assert (
        text_of("<p>La <b>Rus</b>sie et\n<a href='x'>la Chine</a><br>hier.</p>")
        == "La Russie et la Chine hier."
    )


@pytest.mark.parametrize(
    "unwanted",
    [
        "<script>X attaque Y</script>",
        "<style>X</style>",
        "<noscript>X</noscript>",
        "<!-- X -->",
        '<iframe title="X">X</iframe>',
        "<svg><text>X</text></svg>",
        '<blockquote class="twitter-tweet"><p>X attaque Y</p></blockquote>',
        '<blockquote class="wp-embedded-content"><a href="/x">X hausse le ton</a></blockquote>',
        '<figure class="wp-block-embed">https://video.example/x<figcaption>X</figcaption></figure>',
        '<figure><img src="x" alt="X"><figcaption>X (illustration)</figcaption></figure>',
        '<ul class="wp-block-latest-posts"><li><a href="/x">X</a></li></ul>',
        '<p><strong>À lire aussi :</strong> <a href="/x">X et Y échangent des frappes</a></p>',
        '<p>Lire aussi <a href="/x">X et Y échangent des frappes</a></p>',
        '<h3>À lire aussi</h3><ul><li><a href="/x">X</a></li><li><a href="/y">Y</a></li></ul>',
        '<a class="more-link" href="/x">Lire la suite <span class="screen-reader-text">X</span></a>',
        '<a class="wp-block-read-more" href="/x">Lire la suite : X</a>',
        "<p>https://site.example/x-hausse-le-ton/</p>",
        "[gallery ids=\"4,5\"]",
        "[caption id=\"a\"]<img> X (illustration)[/caption]",
        "[contact-form-7 id=\"12\" title=\"X\"]",
        "[embed]https://video.example/X[/embed]",
        '<figure class="wp-block-pullquote"><blockquote><p>X encore</p></blockquote></figure>',
        '<div class="page-links">Pages : <a href="/x">X</a></div>',
    ],
)  # fmt: skip
def test_what_is_not_the_article_s_own_text_stays_out(unwanted):
    assert text_of(f"<p>Avant.</p>{unwanted}<p>Après.</p>") == "Avant.\n\nAprès."


@pytest.mark.parametrize(
    "prose",
    [
        "« Il est parti [sic] », dit-il […] et [ndlr : hier] encore.",
        "À voir la réaction de Moscou, rien n’est joué.",
        "À lire les dépêches, la trêve tient.",
        "Russie < Ukraine en nombre de [a] sièges.",
        "Suite à la rencontre, le dialogue reprend.",
    ],
)
def test_prose_that_looks_like_a_command_stays(prose):
    assert text_of(f"<p>{prose.replace('<', '&lt;')}</p>") == prose


def test_unknown_shortcodes_leave_what_they_enclose():
    assert without_shortcodes('[vc_row][vc_column width="1/2"]Texte.[/vc_column][/vc_row]') == "Texte."
    assert without_shortcodes("[vc_column width= »1/2″]Texte.[/vc_column]") == "Texte."


def test_a_link_of_an_article_keeps_its_words():
    assert (
        text_of('<p>Selon <a href="javascript:alert(1)">le Kremlin</a>, oui.</p>') == "Selon le Kremlin, oui."
    )


def test_an_emoji_picture_is_its_character():
    assert text_of('<p>Bravo <img class="wp-smiley" alt="👏"> !</p>') == "Bravo 👏 !"


def test_in_unrendered_content_blank_lines_page_breaks_and_more_end_paragraphs():
    raw = "Un.\nEncore un.\n\nDeux.<!--more-->Trois.<!--nextpage-->Quatre."
    assert text_of(raw, raw=True) == "Un. Encore un.\n\nDeux.\n\nTrois.\n\nQuatre."


def test_titles_are_decoded_once_and_lose_their_elements():
    assert title_of("L&rsquo;Iran &#8211; <em>la</em> suite &amp; fin") == "L’Iran – la suite & fin"
    assert title_of("Titre <script>alert(1)</script>") == "Titre"
    assert title_of("&amp;lt;b&amp;gt;") == "&lt;b&gt;"
    assert title_of('=HYPERLINK("x")') == '=HYPERLINK("x")'


def test_a_lead_is_an_excerpt_that_was_written_for_itself():
    text = "Moscou accuse Kiev.\n\nLa suite du texte."
    assert lead_of("<p>Un chapô à part.</p>", text) == "Un chapô à part."
    assert lead_of("<p>Moscou accuse Kiev. La suite […]</p>", text) == ""
    assert lead_of("<p>Moscou accuse Kiev.</p>", text) == ""
    assert (
        lead_of("<p>Moscou X accuse.</p>", "Moscou accuse.", "<p>Moscou <noscript>X</noscript> accuse.</p>")
        == ""
    )


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="<>/[]&;=\"'-! \nabpr", max_size=200))
def test_no_markup_is_too_broken(markup):
    assert "\n\n\n" not in text_of(markup)
    text_of(markup, raw=True)
    title_of(markup)
