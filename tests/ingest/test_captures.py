"""What people paste from a page of a magazine becomes its articles, each once, and nothing else."""

from datetime import date
from pathlib import Path

import pytest

from dashboard.errors import InputRefused
from dashboard.ingest.article import Article, Refused
from dashboard.ingest.captures import read, source_key

CAPTURES = Path(__file__).parent / "captures"
TODAY = date(2026, 2, 1)


def articles(capture: Path | str) -> list[Article]:
    return [found for found in read(capture, today=TODAY) if isinstance(found, Article)]


def by_title(capture: Path | str) -> dict[str, Article]:
    found = {article.title: article for article in articles(capture)}
    assert len(found) == len(articles(capture))
    return found


def test_an_archive_gives_each_title_once_and_exact() -> None:
    assert [article.title for article in articles(CAPTURES / "archive.txt")] == [
        "Lisbonne accueille une conférence sur les câbles sous-marins de l’Atlantique, "
        "une première depuis dix ans",
        "L’Uruguay et le Paraguay ouvrent un guichet commun pour le transport fluvial",
        "La Norvège et le Canada signent un programme commun de surveillance des glaces",
        "Au Kenya, un train de nuit relie de nouveau Nairobi à Mombasa",
        "Tokyo prête deux tableaux de Hokusai au musée de Varsovie : « un geste rare »",
        "Le Chili met en service un observatoire construit avec l’Afrique du Sud",
    ]


def test_articles_of_an_archive_carry_its_tag() -> None:
    assert {article.tags for article in articles(CAPTURES / "archive.txt")} == {("coopération",)}


def test_sub_headings_and_bullets_stay_in_their_article_and_credits_go() -> None:
    full = by_title(CAPTURES / "archive.txt")[
        "La Norvège et le Canada signent un programme commun de surveillance des glaces"
    ]
    paragraphs = full.text.split("\n\n")
    assert "Un « socle » scientifique partagé" in paragraphs
    assert "En résumé" in paragraphs
    assert "• partager les images des satellites ;" in paragraphs
    assert "Crédit" not in full.text
    assert not full.partial


def test_an_excerpt_is_marked_as_partial() -> None:
    found = articles(CAPTURES / "archive.txt")
    assert [article.partial for article in found] == [True, True, False, True, True, False]


def test_no_body_holds_a_link_a_menu_or_page_numbers() -> None:
    for capture in CAPTURES.glob("*.txt"):
        if capture.name == "menus_only.txt":
            continue
        for article in articles(capture):
            for foreign in (
                "Lire la suite",
                "Newsletter",
                "plus anciens",
                "1 2 3",
                "Contact",
                "Archives du",
                "©",
                "tablette",
            ):
                assert foreign not in article.text, (capture.name, article.title)
            assert article.title not in article.text.split("\n\n")


def test_days_come_from_the_prose_and_the_rest_lies_between() -> None:
    lisbon, river, ice, train, tokyo, chile = (a.published for a in articles(CAPTURES / "archive.txt"))
    assert (lisbon.day, ice.day, tokyo.day) == (date(2025, 9, 24), date(2025, 9, 16), date(2025, 9, 5))
    assert (
        tokyo.basis == "d’après le texte\u00a0: ce vendredi 5 septembre (année d’après les articles voisins)"
    )
    assert (river.day, river.earliest, river.latest) == (None, date(2025, 9, 16), date(2025, 9, 24))
    assert (train.earliest, train.latest) == (date(2025, 9, 5), date(2025, 9, 16))
    assert (chile.earliest, chile.latest) == (None, date(2025, 9, 5))


def test_glued_archives_are_parted_and_an_article_of_both_is_one() -> None:
    found = by_title(CAPTURES / "two_archives_glued.txt")
    assert {title: article.tags for title, article in found.items()} == {
        "À Ljubljana, une délégation suisse découvre le chantier du tunnel sans annonce majeure": (),
        "La Finlande et l’Estonie posent un troisième câble électrique": ("énergie", "coopération"),
        "Le Maroc inaugure une centrale solaire près d’Ouarzazate": ("énergie",),
        "Dakar et Praia relancent leur liaison maritime": ("coopération",),
    }
    assert (
        found["Le Maroc inaugure une centrale solaire près d’Ouarzazate"].text
        == "Une centrale attendue depuis 2021"
    )


def test_an_article_page_gives_its_article_with_author_section_and_day() -> None:
    main = articles(CAPTURES / "article_page.txt")[0]
    assert (main.title, main.author, main.section) == (
        "Négociations de pêche au printemps",
        "Jeanne Morvan",
        "En Continu",
    )
    assert (main.published.day, main.published.basis) == (date(2023, 2, 3), "03.02.2023 (page)")
    assert main.text.startswith("L’Islande et les îles Féroé")
    assert main.text.endswith("Aucun des deux gouvernements ne s’y est engagé.")
    assert "Un calendrier resserré" in main.text.split("\n\n")
    assert main.tags == ()


def test_the_teasers_of_an_article_page_are_partial_articles() -> None:
    teasers = articles(CAPTURES / "article_page.txt")[1:]
    assert [(t.title, t.published.day, t.section, bool(t.text), t.partial) for t in teasers] == [
        ("Ports francs : regardons les chiffres", None, "Idées", False, True),
        ("Rotterdam agrandit son terminal", date(2023, 2, 1), "Grand Angle", False, True),
        ("Le Groenland publie ses quotas de crevettes", date(2023, 1, 30), "En Continu", True, True),
        ("Vers un marché commun du cabillaud ?", date(2023, 1, 12), "En Continu", True, True),
    ]


def test_an_archive_with_dates_below_its_articles_is_read_with_sections_and_tags() -> None:
    sail, cranes = articles(CAPTURES / "dated_archive.txt")
    assert (sail.title, sail.section, sail.tags) == (
        "Singapour ouvre un quai pour les navires à voile", "Asie", ("ports", "énergie"),
    )  # fmt: skip
    assert (cranes.published.day, cranes.author, cranes.partial) == (date(2026, 1, 2), "Rédaction", True)


@pytest.mark.parametrize(
    "link",
    ["Lire la suite {}", "Lire la suite : {}", "Poursuivre la lecture de {}",
     "Continuer la lecture de « {} »", "Lire la suite {} →",
     "Lire la suite →", "(suite…)", "Lire la suite de {}"],
)  # fmt: skip
def test_every_wording_of_the_link_ends_an_excerpt(link: str) -> None:
    titles = ["Oslo rouvre une ligne de ferry", "Lima restaure ses remparts"]
    text = "Étiquette : ports\n\n" + "\n\n".join(f"{t}\n\nUn extrait.\n\n{link.format(t)}" for t in titles)
    assert [(a.title, a.text, a.tags) for a in articles(text)] == [
        (t, "Un extrait.", ("ports",)) for t in titles
    ]


@pytest.mark.parametrize(
    "heading",
    ["Archives du mot-clé Mer Noire", "Archives pour l’étiquette Mer Noire",
     "Étiquette\u00a0: Mer Noire", "Mot-clé : Mer Noire",
     "Archives par mot-clé : Mer Noire", "Archives du mot-clé « Mer Noire » – Page 2"],
)  # fmt: skip
def test_every_wording_of_the_heading_names_the_tag(heading: str) -> None:
    (one,) = articles(
        f"{heading}\n\nOslo rouvre une ligne\n\nUn extrait.\n\nLire la suite Oslo rouvre une ligne"
    )
    assert one.tags == ("Mer Noire",)


def test_a_category_gives_the_section() -> None:
    (one,) = articles(
        "Catégorie : Asie\n\nOslo rouvre une ligne\n\nUn extrait.\n\nLire la suite Oslo rouvre une ligne"
    )
    assert (one.section, one.tags) == ("Asie", ())


def test_a_forwarded_mail_is_read_without_its_envelope() -> None:
    quoted = "\n".join(f"> {line}" for line in (CAPTURES / "archive.txt").read_text("utf-8").split("\n"))
    mail = f"De : Anne <a@exemple.fr>\nObjet : TR : archives\n\nBonjour,\n\n{quoted}\n\nCordialement,\nAnne"
    assert [a.title for a in articles(mail)] == [a.title for a in articles(CAPTURES / "archive.txt")]


def test_a_text_that_lost_its_title_is_refused_with_its_line_not_invented() -> None:
    orphan = "Un paragraphe dont le titre manque, et qui se termine par un point."
    text = f"{orphan}\n\nArchives du mot-clé ports\n\nOslo rouvre une ligne\n\nUn extrait."
    refused = [found for found in read(text, today=TODAY) if isinstance(found, Refused)]
    assert [(r.where, r.reason) for r in refused] == [("texte collé, ligne 1", "texte sans titre")]


def test_a_key_depends_on_the_words_of_the_title_alone() -> None:
    assert source_key("L’Œuvre : « un geste »") == source_key('l\'oeuvre : "un  geste"')
    assert source_key("Россия и Китай") != source_key("Китай и Россия")


@pytest.mark.parametrize("text", ["", " \n\n ", "\ufeff"])
def test_an_empty_file_is_refused_in_one_line(tmp_path: Path, text: str) -> None:
    file = tmp_path / "vide.txt"
    file.write_text(text, "utf-8")
    with pytest.raises(InputRefused, match=r"^vide\.txt\u00a0: aucun article reconnu[^\n]*$"):
        read(file)


def test_lines_that_look_like_no_page_are_refused() -> None:
    with pytest.raises(InputRefused, match="aucun article reconnu"):
        read("pain\nbeurre\nconfiture\nquatre oranges\n")


def test_a_file_of_menus_only_is_refused_in_one_line() -> None:
    with pytest.raises(InputRefused, match=r"^menus_only\.txt\u00a0: aucun article reconnu[^\n]*$"):
        read(CAPTURES / "menus_only.txt")


def test_an_image_and_a_missing_file_are_refused_in_one_line(tmp_path: Path) -> None:
    image = tmp_path / "image.txt"
    image.write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00")
    with pytest.raises(InputRefused, match=r"^image\.txt n’est pas du texte$"):
        read(image)
    with pytest.raises(InputRefused, match=r"^absent\.txt\u00a0: fichier introuvable$"):
        read(tmp_path / "absent.txt")
