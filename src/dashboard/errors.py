"""What can go wrong: each failure with a French sentence to act on and an exit code."""


class VigieError(Exception):
    """A failure that is explained to the reader: `str()` is the French sentence, `detail` is for the log."""

    exit_code = 1

    def __init__(self, sentence: str, *, detail: str = "") -> None:
        super().__init__(sentence)
        self.detail = detail


class InputRefused(VigieError):
    """What was given cannot be read: change the input."""


class CorpusMissing(VigieError):
    """There is no published corpus in that folder yet."""


class CorpusDamaged(VigieError):
    """The published file cannot be opened or does not hold what it should."""


class QueryRefused(VigieError):
    """A question that cannot be answered as it was put, such as one that would take too long."""


class WriterBusy(VigieError):
    """Another writer holds the corpus: wait and try again."""

    exit_code = 75
