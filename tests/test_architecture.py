"""Who may import whom, and the few rules that keep the rooms of the house apart."""

import ast
from collections.abc import Callable, Collection, Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src" / "dashboard"

# Modules that any other may import: they know nothing of the product.
ANYWHERE = {"errors", "periods"}
# What a selection is made of: the words of a query, where they stand in a text, and their SQL.
QUERY = {"terms", "query_tree", "query", "matching", "occurrences"}
SELECTION = QUERY | {"selection"}
UI = {"ui", "analysis", "charts", "french", "export", "milestones", "settings"} | SELECTION
MAY_IMPORT: dict[str, set[str]] = {
    "package": set(),
    "errors": set(),
    "periods": set(),
    "settings": set(),
    "pipes": set(),
    "progress": set(),
    "milestones": set(),
    "terms": set(),
    "query_tree": {"terms"},
    "query": {"query_tree", "terms"},
    "occurrences": {"query_tree", "terms"},
    "matching": {"query", "query_tree", "terms"},
    "selection": QUERY,
    "coding": {"coding"},
    "corpus": {"corpus", "french.stopwords"} | SELECTION,
    "ingest": {"ingest", "coding", "corpus", "terms"},
    "analysis": {"analysis", "corpus", "french.stopwords"} | SELECTION,
    "french": {"french"} | SELECTION,
    "charts": {"charts", "french"},
    "export": {"export", "charts", "french"} | SELECTION,
    # coding for « essayer une phrase »: the visitor's sentence is read by the very coder of the corpus.
    "ui": UI | {"corpus", "coding"},
    "pages": UI,
    "app": UI,
    "cli": {
        "analysis",
        "charts",
        "coding",
        "corpus",
        "export",
        "french",
        "ingest",
        "pipes",
        "progress",
        "settings",
        "ui",
    }
    | SELECTION,
}
FORBIDDEN_NAMES = {"utils", "helpers", "common", "core", "manager"}
STREAMLIT_ROOMS = {"ui", "pages", "app"}
# A text goes in and plain records come out, so that the coder runs wherever Python does.
NOT_FOR_THE_CODER = {"duckdb", "streamlit", "pandas", "plotly"}

MODULES = [
    *sorted(PACKAGE.rglob("*.py")),
    *sorted((ROOT / "pages").glob("*.py")),
    ROOT / "app.py",
]


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def offending(breaks_the_rule: Callable[[Path], object], spared: Collection[str] = ()) -> list[str]:
    return [named(path) for path in MODULES if room_of(path) not in spared and breaks_the_rule(path)]


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_a_module_imports_only_what_its_room_may(path: Path) -> None:
    room = room_of(path)
    allowed = MAY_IMPORT[room] | ANYWHERE
    strangers = {
        name for name in own_imports(path) if name.split(".")[0] not in allowed and name not in allowed
    }
    assert not strangers, f"{room} may not import {sorted(strangers)}"


def test_streamlit_stays_on_the_screens() -> None:
    assert offending(lambda path: "streamlit" in foreign_imports(path), spared=STREAMLIT_ROOMS) == []


def test_figures_are_drawn_nowhere_but_in_charts() -> None:
    assert offending(lambda path: "plotly" in foreign_imports(path), spared={"charts", "export", "ui"}) == []


def test_the_coder_depends_on_no_database_and_no_screen() -> None:
    others = set(MAY_IMPORT) - {"coding"}
    assert offending(lambda path: NOT_FOR_THE_CODER & foreign_imports(path), spared=others) == []


def test_every_module_says_in_its_first_line_what_it_is_about() -> None:
    assert offending(lambda path: len((ast.get_docstring(tree_of(path)) or "").split()) < 3) == []


def test_every_module_has_a_name_of_the_field() -> None:
    assert offending(lambda path: FORBIDDEN_NAMES & {path.stem, *path.relative_to(ROOT).parts}) == []


def test_no_text_is_ever_shown_as_unchecked_html() -> None:
    assert offending(lambda path: "unsafe_allow_html" in path.read_text(encoding="utf-8")) == []


def test_every_room_of_the_package_stands_in_the_table() -> None:
    assert {room_of(path) for path in MODULES} <= set(MAY_IMPORT)


def test_an_import_inside_a_function_is_seen_too(tmp_path: Path) -> None:
    hidden = tmp_path / "hidden.py"
    hidden.write_text('"""x"""\ndef f():\n    from dashboard.ui import frame\n    import streamlit.web\n')
    assert own_imports(hidden) == {"ui.frame"}
    assert "streamlit" in foreign_imports(hidden)


def room_of(path: Path) -> str:
    """The name in the table: the folder of the package, or the module beside the folders."""
    if not path.is_relative_to(PACKAGE):
        return "pages" if path.parent.name == "pages" else path.stem
    inside = path.relative_to(PACKAGE)
    if inside.name == "__init__.py" and len(inside.parts) == 1:
        return "package"
    return inside.parts[0].removesuffix(".py")


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def imported(path: Path) -> Iterator[str]:
    """Every name that is imported anywhere in the file, relative ones counted as our own."""
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are written out in full"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def own_imports(path: Path) -> set[str]:
    """« corpus.read » for a module of ours; names inside a module are cut off."""
    parts = [name.split(".") for name in imported(path)]
    return {".".join(part[1:3]) for part in parts if part[0] == "dashboard" and part[1:] != ["__version__"]}


def foreign_imports(path: Path) -> set[str]:
    return {name.split(".")[0] for name in imported(path)} - {"dashboard"}
