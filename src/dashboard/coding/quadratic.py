"""What features weigh alone and in company, fitted to wanted answers: a quadratic form of few directions."""

from typing import Any, NamedTuple

import numpy as np
from scipy.linalg import cho_factor, cho_solve
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

Matrix = np.ndarray[Any, np.dtype[np.float64]]

# All chosen by cross-validation.
ALONE = 0.1  # what features weigh alone beside what they weigh in company
NOISE = 0.45
ASPECTS = 128
STEPS = 150
SAMPLE = 8_000  # rows that the directions to start from are found in; more make the end no better
FREQUENT = 0.15  # how much better frequent features are kept in the directions to start from
SPARE, _TURNS = 16, 12  # directions and multiplications on the way to these


class Quadratic(NamedTuple):
    """For each answer n: x·weights[n] + u·company[n]·u + constants[n], with u = x·aspects.

    Of features × answers, answers, features × ASPECTS, answers × ASPECTS × ASPECTS.
    """

    weights: Matrix
    constants: Matrix
    aspects: Matrix
    company: Matrix

    def answers(self, x: csr_matrix) -> Matrix:
        """One line a row of x, one column an answer."""
        seen = x @ self.aspects
        return np.asarray(x @ self.weights + self.constants + ((seen @ self.company) * seen).sum(axis=2).T)


def fitted(x: csr_matrix, wanted: Matrix, counts: Matrix) -> Quadratic:
    """The form that comes nearest to `wanted` (rows × answers) with small weights; rows count `counts`.

    It starts from ridge regression with the kernel (x·y + ALONE)², which weighs every two features together,
    over SAMPLE rows, brought down to its ASPECTS leading directions; these are then bettered together with
    all other weights, over all rows and under the same penalty, by STEPS of L-BFGS.
    """
    sample = np.sort(np.random.default_rng(0).permutation(len(wanted))[:SAMPLE])
    duals = _duals(x[sample], wanted[sample], counts[sample])
    return _bettered(x, wanted, counts, _reduced(x[sample], duals))


def _duals(x: csr_matrix, wanted: Matrix, counts: Matrix) -> Matrix:
    """For each row and each answer, how much the row bears on other rows like it."""
    single = x.astype(np.float32)
    kernel = (single @ single.T).toarray()
    kernel += np.float32(ALONE)
    kernel *= kernel
    kernel[np.diag_indices(x.shape[0])] += (NOISE / counts).astype(np.float32)
    factor = cho_factor(kernel, overwrite_a=True, check_finite=False)
    return np.asarray(cho_solve(factor, wanted.astype(np.float32)), np.float64)


def _reduced(x: csr_matrix, duals: Matrix) -> Quadratic:
    """The directions that keep most of what features weigh in company, for all answers together.

    They are scaled so that none is much larger than another, for the steps that follow.
    """
    frequent = np.asarray(x.multiply(x).sum(axis=0)).ravel()
    scale = (np.maximum(frequent, frequent[frequent > 0].min()) / frequent.max()) ** FREQUENT
    seen = x.multiply(scale).tocsr()
    found = _leading(seen, duals)
    shown = seen @ found
    aspects, bent = np.linalg.qr(found / scale[:, None])
    company = np.array([bent @ (shown.T @ (dual[:, None] * shown)) @ bent.T for dual in duals.T])
    strengths, turned = np.linalg.eigh((company @ company).sum(axis=0))
    sizes = np.maximum(strengths, strengths.max() * 1e-9) ** 0.125
    return Quadratic(
        2 * ALONE * np.asarray(x.T @ duals),
        ALONE**2 * duals.sum(axis=0),
        aspects @ (turned * sizes),
        np.array([(turned / sizes).T @ part @ (turned / sizes) for part in company]),
    )


def _leading(x: csr_matrix, duals: Matrix) -> Matrix:
    """What the matrices of what features weigh in company stretch most, by repeated multiplication."""

    def stretched(directions: Matrix) -> Matrix:
        return np.asarray(sum(_times(x, dual, _times(x, dual, directions)) for dual in duals.T))

    features = x.shape[1]
    block = np.random.default_rng(0).normal(size=(features, min(features, ASPECTS + SPARE)))
    for _ in range(_TURNS):
        block, _ = np.linalg.qr(stretched(block))
    _, turned = np.linalg.eigh(block.T @ stretched(block))
    return np.asarray(block @ turned[:, ::-1][:, :ASPECTS])


def _times(x: csr_matrix, dual: Matrix, directions: Matrix) -> Matrix:
    return np.asarray(x.T @ (dual[:, None] * (x @ directions)))


def _bettered(x: csr_matrix, wanted: Matrix, counts: Matrix, start: Quadratic) -> Quadratic:
    shapes = [part.shape for part in start]
    columns = x.T.tocsr()

    def loss(flat: Matrix) -> tuple[float, Matrix]:
        value, slope = _loss(x, columns, wanted, counts, _formed(flat, shapes))
        return value, _flat(slope)

    steps = {"maxiter": STEPS, "maxcor": 8}
    return _formed(minimize(loss, _flat(start), jac=True, method="L-BFGS-B", options=steps).x, shapes)


def _flat(form: Quadratic) -> Matrix:
    return np.concatenate([part.ravel() for part in form])


def _formed(flat: Matrix, shapes: list[tuple[int, ...]]) -> Quadratic:
    ends = np.cumsum([np.prod(shape) for shape in shapes])
    parts = np.split(flat, ends[:-1])
    return Quadratic(*(part.reshape(shape) for part, shape in zip(parts, shapes, strict=True)))


def _loss(
    x: csr_matrix, columns: csr_matrix, wanted: Matrix, counts: Matrix, form: Quadratic
) -> tuple[float, Quadratic]:
    """Squared errors, each as it counts, and the penalty of kernel ridge regression, with their slope.

    The penalty is NOISE times the squared length of each answer's weights of every two features,
    aspects·company·aspectsᵀ, of its weights alone over 2·ALONE, and of its constant over ALONE².
    """
    weights, constants, aspects, company = form
    seen = x @ aspects
    bent = seen @ company
    missed = x @ weights + constants + (bent * seen).sum(axis=2).T - wanted
    errors = counts[:, None] * missed
    inner = aspects.T @ aspects
    turned = inner @ company
    lengths = np.trace(turned @ turned, axis1=1, axis2=2).sum()
    lengths += (weights**2).sum() / (2 * ALONE) + (constants**2).sum() / ALONE**2
    pulls = np.einsum("ij,jik->ik", errors, bent)
    slope = Quadratic(
        2 * (columns @ errors) + NOISE * weights / ALONE,
        2 * errors.sum(axis=0) + 2 * NOISE * constants / ALONE**2,
        4 * (columns @ pulls) + 4 * NOISE * aspects @ (company @ turned).sum(axis=0),
        2 * np.array([seen.T @ (error[:, None] * seen) for error in errors.T]) + 2 * NOISE * turned @ inner,
    )
    return float((errors * missed).sum() + NOISE * lengths), slope
