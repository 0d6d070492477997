# The two commands are `make run` and `make test`; everything they need they install into .venv themselves.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
# More words for the command that is run: make run ARGS="--port 8500", make test ARGS="-k engine"
ARGS ?=

.PHONY: help run test check bench clean

help:
	@echo "make run    install what is needed, start AutoLR and print its address (Ctrl-C ends it)"
	@echo "make test   install what the tests need and run them all"
	@echo "make check  format, lint, types, layers"
	@echo "make bench  run the benchmarks"
	@echo "make clean  remove $(VENV) and all caches; data folders stay"

run: $(VENV)/installed-to-run
	@exec $(BIN)/autolr up $(ARGS)

test: $(VENV)/installed-to-develop
	@./.ci/install-test-packages
	$(BIN)/python -m pytest -n 2 $(ARGS)

check: $(VENV)/installed-to-develop
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(VENV)/installed-to-develop
	@set -e; for benchmark in benchmarks/*.py; do echo "== $$benchmark"; $(BIN)/python -m benchmarks.$$(basename "$$benchmark" .py) $(ARGS); done

clean:
	rm -rf $(VENV) build dist *.egg-info .coverage coverage.xml
	rm -rf .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# The stamps are as old as the last installation: only a changed pyproject.toml brings another one.
$(VENV)/installed-to-run: pyproject.toml | $(BIN)/python
	@echo "Installing what AutoLR needs into $(VENV); the first time takes a few minutes."
	$(PIP) install --editable '.[worker]'
	@touch $@

$(VENV)/installed-to-develop: pyproject.toml | $(BIN)/python
	@echo "Installing what AutoLR and its tests need into $(VENV); the first time takes a few minutes."
	$(PIP) install --editable '.[dev]'
	@touch $@ $(VENV)/installed-to-run

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "AutoLR needs Python 3.11 or newer; name one with: make PYTHON=python3.13 ..."; exit 1; }
	@$(PYTHON) -m venv $(VENV) || \
		{ rm -rf $(VENV); echo "Python's venv module is missing (Debian: apt-get install python3-venv)."; exit 1; }
