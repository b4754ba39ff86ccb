"""What the coder says of its own decisions."""

from dashboard.coding.events import candidates
from dashboard.coding.explain import explain
from dashboard.coding.gazetteer import gazetteer
from dashboard.coding.model import model
from dashboard.coding.reading import read
from dashboard.coding.wording import describe


def test_an_event_is_told_with_who_what_how_sure_and_why():
    told = explain("Moscou expulse deux diplomates britanniques.")
    assert "Moscou → Russie (capitale)" in told
    assert "Russie → Royaume-Uni" in told
    assert "SANCTION" in told
    assert "−6,0" in told
    assert "expulse" in told
    assert "pourquoi" in told


def test_a_pair_that_was_not_kept_is_told_with_its_reasons():
    told = explain("L’Inde, cible de tarifs américains, achète du pétrole russe malgré les pressions.")
    assert "Non retenu" in told
    assert told.count("pourquoi") >= 2


def test_a_text_without_countries_says_so():
    assert explain("Il pleut.") == "Aucun pays n’est nommé dans ce texte."


def test_every_feature_that_may_be_a_reason_has_french_words():
    weights = model()
    for feature in weights.names[: len(weights.presence)]:
        assert describe(feature).strip()


def test_all_parts_and_the_intercept_add_up_to_the_decision():
    text = "Ankara accuse Athènes d’avoir repoussé des migrants."
    weights = model()
    (candidate,) = candidates(text, 0, gazetteer().mentions(text))
    for question in (0, 1):
        total = sum(part for _, part in weights.parts(candidate.weighed, question))
        assert abs(total + weights.intercepts[question] - candidate.weighed.sums[question]) < 1e-4


def test_a_word_may_speak_for_one_thing_here_and_for_less_there():
    parts = []
    for text in (
        "Paris bombarde Damas.",
        "Paris bombarde Damas de messages d’amitié et propose une coopération.",
    ):
        (candidate,) = candidates(text, 0, gazetteer().mentions(text))
        parts.append(dict(model().parts(candidate.weighed, 0))["bF:strike"])
    assert parts[0] > parts[1]


def test_marks_and_elisions_are_told_in_plain_words():
    assert describe("pi=^") == "le premier pays en début de phrase"
    assert describe("hFj=expel") == "mot d’expulsion juste avant le second pays"
    assert describe("ni=,") == "une virgule juste après le premier pays"
    assert describe("b:d") == "«\u00a0d’\u00a0» entre les deux pays"
    assert describe("b:m") == "«\u00a0M.\u00a0» entre les deux pays"
    assert describe("b:contre") == "«\u00a0contre\u00a0» entre les deux pays"
    assert describe("b:presid") == "«\u00a0presid…\u00a0» entre les deux pays"
    assert describe("b:mois") == "«\u00a0mois\u00a0» entre les deux pays"


def test_faint_reasons_are_left_out_and_the_strongest_come_first():
    text = "Moscou expulse deux diplomates britanniques."
    reasons = [r.weight for s in read(text) for event in s.events for r in event.reasons]
    assert [abs(weight) for weight in reasons] == sorted((abs(w) for w in reasons), reverse=True)
    assert min(abs(weight) for weight in reasons) >= 0.15


def test_what_the_other_side_does_does_not_name_the_act():
    events = [e for s in read("La Chine condamne les sanctions américaines.") for e in s.events]
    assert [(e.source, e.target, e.type) for e in events] == [("CHN", "USA", "ACCUSE")]


def test_a_call_to_adopt_aid_is_aid():
    events = [e for s in read("Joe Biden presse le Congrès d’adopter l’aide à Kiev") for e in s.events]
    assert [(e.source, e.target, e.type) for e in events] == [("USA", "UKR", "AID")]
