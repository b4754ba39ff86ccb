"""The event types."""

from dashboard.coding.plover import EVENT_TYPES, EventClass


def test_accusing_is_conflict_whatever_the_manual_prints():
    assert EVENT_TYPES["ACCUSE"].score == -3.0


def test_the_sign_of_a_score_is_its_class():
    for kind in EVENT_TYPES.values():
        assert (kind.score < 0) == (kind.event_class is EventClass.CONFLICT)
        assert -10 <= kind.score <= 10
