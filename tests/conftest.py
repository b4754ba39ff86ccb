"""What all tests share: real material when it is there, and no way to the corpus of whoever runs them."""

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"


@pytest.fixture(autouse=True)
def no_corpus_but_ours(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A test that forgets to name its corpus finds an empty folder, never a real one."""
    monkeypatch.setenv("VIGIE_CORPUS", str(tmp_path / "nowhere"))


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real input beside the repository; tests that need it are skipped elsewhere."""
    if not SHARED.is_dir():
        pytest.skip("needs the real input that is kept beside the repository")
    return SHARED
