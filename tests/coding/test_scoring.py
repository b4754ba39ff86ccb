"""The figures of the coder, counted by hand."""

import math

from dashboard.coding.scoring import figures, judged

GOLD = {
    "countries": ["RUS", "UKR"],
    "countries_arguable": ["POL"],
    "relations": [
        {
            "pair": ["RUS", "UKR"],
            "class": "conflict",
            "direction": "RUS>UKR",
            "score": -9.0,
            "required": True,
        },
        {
            "pair": ["POL", "UKR"],
            "class": "cooperation",
            "direction": "both",
            "score": 5.0,
            "required": False,
        },
    ],
}


def test_a_relation_with_the_wrong_sign_is_wrong_and_an_arguable_one_is_not():
    said = {
        "countries": ["RUS", "POL", "USA"],
        "relations": [
            {"from": "RUS", "to": "UKR", "score": -6.0},
            {"from": "UKR", "to": "POL", "score": 2.0},
            {"from": "POL", "to": "UKR", "score": -2.0},
        ],
    }
    told = figures([judged(GOLD, said)])
    assert told["countries_precision"] == 1 / 2
    assert told["countries_recall"] == 1 / 2
    assert told["relations_precision"] == 2 / 3
    assert told["relations_recall"] == 1.0
    assert told["direction"] == 1.0
    assert told["score_mae"] == 3.0
    assert math.isnan(told["quiet"])


def test_silence_is_right_only_where_there_is_nothing():
    nothing = {"countries": [], "relations": []}
    told = figures([judged({"countries": [], "relations": []}, nothing), judged(GOLD, nothing)])
    assert told["quiet"] == 1.0
    assert told["relations_recall"] == 0.0
