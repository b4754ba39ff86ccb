"""Where two countries of a sentence stand toward its words of conflict and cooperation."""

from dashboard.coding.folding import fold
from dashboard.coding.frames import Frame, frame
from dashboard.coding.gazetteer import gazetteer
from dashboard.coding.lexicon import lexicon
from dashboard.coding.reach import reach, standing, triggers_by_reach


def laid(text: str) -> Frame:
    return frame(fold(text), 0, gazetteer().mentions(text), lexicon())


def test_active_and_passive_stand_apart():
    active = standing(laid("Paris accuse Berlin."), "FRA", "DEU")
    passive = standing(laid("Paris est accusé par Berlin."), "FRA", "DEU")
    assert "o-r=L0R0" in active & passive
    assert not any(feature.startswith("o-pas=") for feature in active)
    assert any(feature.startswith("o-pas=p") for feature in passive)


def test_a_class_without_a_word_of_its_own_is_told_as_none():
    assert "o+none" in standing(laid("Paris accuse Berlin."), "FRA", "DEU")
    assert "o-none" in standing(laid("Paris félicite Berlin."), "FRA", "DEU")


def test_a_country_named_by_its_adjective_stands_nearest_to_its_act():
    sentence = laid("Des frappes russes touchent la Pologne, annonce le Canada.")
    strike = triggers_by_reach(sentence, "RUS", "POL", conflict=True)[0]
    assert reach(sentence, "RUS", strike.at).side == "A"
    assert reach(sentence, "RUS", strike.at).cost < reach(sentence, "CAN", strike.at).cost


def test_another_country_in_between_is_a_rival():
    sentence = laid("Tokyo dénonce devant Séoul les essais de Pyongyang.")
    denounced = triggers_by_reach(sentence, "JPN", "KOR", conflict=True)[0]
    assert reach(sentence, "KOR", denounced.at).rivals == 0
    assert reach(sentence, "PRK", denounced.at).rivals == 1
