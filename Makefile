# make run    open the dashboard in .venv, made on first use
# make test   set up all that tests need, a Chromium included, and run every test
# make check  formatter, linter, type checker, import rules: changes nothing
# make format make the formatter's changes
# make lock   write the lock files again from pyproject.toml
# make pictures  pictures of every page in build/pictures

PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check

.PHONY: run test check format lock pictures chromium

run: .venv/run
	$(BIN)/vigie serve

test: .venv/dev chromium
	$(BIN)/python -m pytest -n 2 --dist loadfile

check: .venv/dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python -m pytest tests/test_architecture.py

format: .venv/dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

pictures: .venv/dev chromium
	$(BIN)/vigie demo --corpus build/pictures/corpus
	$(BIN)/python tests/browser/pictures.py build/pictures --corpus build/pictures/corpus

# A browser for the walks: an installed one, else Debian's package for root, else Playwright's own.
chromium: .venv/dev
	@command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null || \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; \
	then apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium fonts-dejavu-core; \
	else $(BIN)/playwright install chromium; fi

.venv/bin/python:
	$(PYTHON) -m venv .venv

.venv/run: requirements.lock pyproject.toml | .venv/bin/python
	$(PIP) install -q --require-hashes -r requirements.lock
	$(PIP) install -q --no-deps --no-build-isolation -e .
	@touch $@

.venv/dev: requirements-dev.lock pyproject.toml | .venv/bin/python
	$(PIP) install -q --require-hashes -r requirements-dev.lock
	$(PIP) install -q --no-deps --no-build-isolation -e .
	@touch $@ .venv/run

lock: .venv/bin/python
	$(PIP) install -q uv
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links \
		--no-header --no-annotate --group build pyproject.toml -o requirements.lock
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links \
		--no-header --no-annotate --group build --group dev pyproject.toml -o requirements-dev.lock
