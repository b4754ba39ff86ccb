"""The longer texts of the pages: French typography, code as it is typed."""

import re
from importlib import resources

import pytest

from dashboard.french import prose

NAMES = sorted(
    file.name.removesuffix(".md")
    for file in resources.files("dashboard.french.prose").iterdir()
    if file.name.endswith(".md")
)


@pytest.mark.parametrize("name", NAMES)
def test_no_line_of_a_text_can_break_before_a_double_mark_or_inside_quotation_marks(name):
    outside_code = "".join(prose.text(name).split("`")[::2])
    assert not re.search(r" [:;!?»%‰]|« ", outside_code)


@pytest.mark.parametrize("name", NAMES)
def test_only_spaces_differ_from_what_was_written(name):
    written = resources.files("dashboard.french.prose").joinpath(f"{name}.md").read_text(encoding="utf-8")
    assert prose.text(name).replace("\u00a0", " ") == written.replace("\u00a0", " ")
    assert prose.text(name).split("`")[1::2] == written.split("`")[1::2]
