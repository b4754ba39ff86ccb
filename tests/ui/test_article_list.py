"""Articles as a list that opens, more than once on a page."""

from streamlit.testing.v1 import AppTest

from dashboard.ui import article_list


def the_articles_of_a_point_above_a_list() -> None:
    from datetime import date

    import pandas as pd

    from dashboard.ui import article_list

    found = pd.DataFrame(
        {
            "article_id": [7],
            "title": ["Moscou proteste"],
            "published": [date(2024, 3, 12)],
            "section": [None],
            "source": ["essai"],
        }
    )
    article_list.of_point("russie", date(2024, 3, 1), date(2024, 3, 31), found, count=1)
    article_list.rows(found)


def test_an_article_may_stand_under_a_point_and_in_a_list_of_the_same_page():
    at = AppTest.from_function(the_articles_of_a_point_above_a_list).run()
    assert not at.exception
    assert [button.label for button in at.button] == ["Moscou proteste"] * 2
    at.button[1].click().run()
    assert at.session_state["_leave_for_article"] == 7


def test_a_beginning_that_was_cut_ends_after_a_word_and_a_whole_one_stays():
    cut = ("Le texte compte plusieurs articles. " * 8)[: article_list.CUT]
    told = article_list.whole_words(cut)
    assert told.endswith("\u00a0…")
    assert cut.startswith(told.removesuffix("\u00a0…") + " ")
    assert article_list.whole_words("Un accord est signé") == "Un accord est signé"
    assert article_list.whole_words("") == ""
