"""Words that are followed over time: none leaves the figure without a word."""

from dashboard.ui.words import MOST_COMPARED, added

FULL = ("Ukraine", "Gaza", "taxe", "Iran", "Taïwan", "gaz")


def test_a_word_joins_the_others():
    assert added("pétrole", FULL[:2]) == ("Ukraine", "Gaza", "pétrole")


def test_when_all_curves_are_taken_the_first_leaves():
    assert len(FULL) == MOST_COMPARED
    assert added("pétrole", FULL) == (*FULL[1:], "pétrole")


def test_a_name_of_two_words_is_followed_as_one():
    assert added("Donald Trump", ("Gaza",)) == ("Gaza", '"Donald Trump"')


def test_a_word_that_is_there_stays_where_it_is():
    assert added("Gaza", FULL) == FULL
