# `make setup demo serve test bench`: everything needs only Python ≥ 3.11, pip and git.
PYTHON ?= python3
PORT ?= 8000
ARGS ?=
VENV := .venv
PY := $(VENV)/bin/python
STAMP := $(VENV)/.ready
CATALOGUES := $(wildcard staffroom/locale/*/LC_MESSAGES/*.po)

export PYTHONPATH := $(CURDIR)

.PHONY: help setup demo serve test quick pg-test browser-test lint fmt messages reference bench shots clean

help:
	@echo "make setup          a virtual environment with everything in it"
	@echo "make demo           a programme to look at, on this machine (PORT=$(PORT))"
	@echo "make serve          Staffroom with your own data (PORT=$(PORT))"
	@echo "make test           all checks: lint, types, templates, texts, SQLite, PostgreSQL, browser"
	@echo "make quick          the checks and tests on SQLite alone"
	@echo "make bench          measure, beside named peers"
	@echo "make fmt lint pg-test browser-test messages reference shots clean"

setup: $(STAMP)

$(STAMP): requirements/dev.txt pyproject.toml bin/compile_messages.py $(CATALOGUES)
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Staffroom needs Python 3.11 or newer; say PYTHON=/path/to/python3.11")'
	@test -x $(PY) || $(PYTHON) -m venv $(VENV)
	@if ! cmp -s requirements/dev.txt $(VENV)/requirements.txt; then \
	  echo "Installing what Staffroom needs (a few minutes the first time) …"; \
	  $(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt && \
	  cp requirements/dev.txt $(VENV)/requirements.txt; \
	fi
	@$(PY) -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@$(PY) bin/compile_messages.py
	@touch $@

demo: setup
	@$(PY) -m staffroom.cli demo --port $(PORT) $(ARGS)

serve: setup
	@$(PY) -m staffroom.cli serve --port $(PORT) $(ARGS)

test: setup
	@$(PY) bin/check.py all $(ARGS)

quick: setup
	@$(PY) bin/check.py lint sqlite $(ARGS)

lint: setup
	@$(PY) bin/check.py lint

pg-test: setup
	@$(PY) bin/check.py postgresql $(ARGS)

browser-test: setup
	@$(PY) bin/check.py browser $(ARGS)

fmt: setup
	@$(VENV)/bin/ruff check --quiet --fix . ; $(VENV)/bin/ruff format .

messages: setup
	@$(PY) bin/messages.py --update
	@$(PY) bin/compile_messages.py

reference: setup
	@$(PY) bin/make_reference.py
	@$(PY) bin/make_bill.py

bench: setup
	@$(PY) bin/bench.py $(ARGS)

shots: setup
	@$(PY) bin/shots.py $(ARGS)

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache *.egg-info build
