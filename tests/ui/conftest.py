"""What running a page leaves behind in the process is put back."""

import sys

import pytest


@pytest.fixture(autouse=True)
def main_module(monkeypatch: pytest.MonkeyPatch) -> None:
    """A page runs as `__main__`; processes started later would run it again in place of the tests' own."""
    monkeypatch.setitem(sys.modules, "__main__", sys.modules["__main__"])
