"""What features weigh alone and in company, against a second way of counting the same."""

import numpy as np
import pytest

pytest.importorskip("sklearn")

from scipy.sparse import csr_matrix

from dashboard.coding import quadratic


def rows(number: int, features: int, seed: int) -> csr_matrix:
    """Rows of length 1 with about half of the features on."""
    drawn = np.random.default_rng(seed).random((number, features))
    on = np.where(drawn > 0.5, drawn, 0.0)
    on[:, 0] = 1.0
    return csr_matrix(on / np.linalg.norm(on, axis=1, keepdims=True))


def ones(x: csr_matrix) -> np.ndarray:
    """Every row counts the same."""
    return np.ones(x.shape[0])


def kernel_ridge(learned: csr_matrix, wanted: np.ndarray, asked: csr_matrix) -> np.ndarray:
    alike = (learned @ learned.T).toarray() + quadratic.ALONE
    duals = np.linalg.inv(alike**2 + quadratic.NOISE * np.eye(len(wanted))) @ wanted
    return ((asked @ learned.T).toarray() + quadratic.ALONE) ** 2 @ duals


def test_with_a_direction_for_every_feature_the_form_is_kernel_ridge_regression():
    learned, asked = rows(60, 9, seed=1), rows(20, 9, seed=2)
    wanted = np.random.default_rng(3).choice([-1.0, 1.0], (60, 2))
    form = quadratic.fitted(learned, wanted, ones(learned))
    assert form.aspects.shape == (9, 9)
    assert form.answers(asked) == pytest.approx(kernel_ridge(learned, wanted, asked), abs=1e-3)


def test_two_features_that_speak_only_together_are_learned():
    """Yes where both stand or neither: no weights of single features can tell that."""
    both = np.array([[1, 0, 0], [1, 1, 0], [1, 0, 1], [1, 1, 1]] * 30, float)
    x = csr_matrix(both / np.linalg.norm(both, axis=1, keepdims=True))
    wanted = np.array([[1.0], [-1.0], [-1.0], [1.0]] * 30)
    form = quadratic.fitted(x, wanted, ones(x))
    assert (np.sign(form.answers(x)) == wanted).all()
    alone = form._replace(company=np.zeros_like(form.company))
    assert not (np.sign(alone.answers(x)) == wanted).all()


def test_a_start_from_half_of_the_rows_ends_near_the_start_from_all(monkeypatch: pytest.MonkeyPatch):
    learned, asked = rows(80, 9, seed=7), rows(20, 9, seed=8)
    wanted = np.random.default_rng(9).choice([-1.0, 1.0], (80, 2))
    monkeypatch.setattr(quadratic, "SAMPLE", 40)
    form = quadratic.fitted(learned, wanted, ones(learned))
    assert form.answers(asked) == pytest.approx(kernel_ridge(learned, wanted, asked), abs=0.05)


def test_few_directions_are_bettered_from_where_they_start(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(quadratic, "ASPECTS", 2)
    monkeypatch.setattr(quadratic, "SPARE", 1)
    learned = rows(80, 12, seed=4)
    wanted = np.random.default_rng(5).choice([-1.0, 1.0], (80, 2))
    errors = []
    for steps in (0, 40):
        monkeypatch.setattr(quadratic, "STEPS", steps)
        form = quadratic.fitted(learned, wanted, ones(learned))
        assert form.aspects.shape == (12, 2)
        errors.append(float(((form.answers(learned) - wanted) ** 2).sum()))
    assert errors[1] < errors[0]


def test_a_row_that_counts_three_times_is_as_three_rows():
    learned, asked = rows(30, 6, seed=10), rows(20, 6, seed=11)
    wanted = np.random.default_rng(12).choice([-1.0, 1.0], (30, 2))
    counts = np.where(np.arange(30) < 10, 3.0, 1.0)
    thrice = np.repeat(np.arange(30), counts.astype(int))
    weighed = quadratic.fitted(learned, wanted, counts).answers(asked)
    repeated = quadratic.fitted(learned[thrice], wanted[thrice], np.ones(50)).answers(asked)
    assert weighed == pytest.approx(repeated, abs=1e-3)
    assert weighed != pytest.approx(quadratic.fitted(learned, wanted, ones(learned)).answers(asked), abs=1e-2)


def test_a_feature_that_no_row_has_weighs_nothing():
    learned = rows(30, 5, seed=6)
    wider = csr_matrix((learned.data, learned.indices, learned.indptr), shape=(30, 6))
    form = quadratic.fitted(wider, np.ones((30, 1)), ones(wider))
    assert np.isfinite(form.answers(wider)).all()
    assert form.weights[5] == pytest.approx(0.0)
