"""What the coder says of its own decisions."""

from dashboard.coding.events import candidates
from dashboard.coding.explain import explain
from dashboard.coding.gazetteer import gazetteer
from dashboard.coding.model import model, scale
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


def test_every_feature_of_the_weights_has_french_words():
    for feature in model().weights:
        assert describe(feature).strip()


def test_all_reasons_and_the_intercept_add_up_to_the_decision():
    text = "Ankara accuse Athènes d’avoir repoussé des migrants."
    weights = model()
    (candidate,) = candidates(text, 0, gazetteer().mentions(text))
    features = candidate.shared | candidate.own
    total = sum(weights.weights[f][0] for f in features if f in weights.weights) * scale(len(features))
    assert abs(total + weights.intercepts[0] - candidate.log_odds[0]) < 1e-9
