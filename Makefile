# Two commands are enough for a newcomer: `make bulletin` and `make test`. Each sets up what it needs.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SUDO := $(if $(filter 0,$(shell id -u)),,sudo)
READY := $(VENV)/.ready
READY_DEV := $(VENV)/.ready-dev
SYSTEM := chromium libreoffice-writer-nogui poppler-utils

.DEFAULT_GOAL := help
.PHONY: help bulletin test check format lint types imports coverage wheel bench drill system constraints clean

help:  ## what can be made
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## */\t/' | expand -t 14

bulletin: $(READY)  ## set up, run the demo newsroom through a day, print where the bulletin lies
	$(BIN)/diembao demo -o bulletin

test: $(READY_DEV) system  ## set up and run every test
	@rm -f .coverage .coverage.*
	$(BIN)/coverage run -m pytest -n 2 --dist worksteal

check: lint types imports test coverage  ## formatting, lint, types, import contracts, tests, coverage

format: $(READY_DEV)  ## put the code into its form
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

lint: $(READY_DEV)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types: $(READY_DEV)
	$(BIN)/mypy

imports: $(READY_DEV)
	$(BIN)/lint-imports

coverage: $(READY_DEV)  # of the last `make test`, child processes counted
	$(BIN)/coverage combine -q
	$(BIN)/coverage report

wheel: $(READY_DEV)  ## build the wheel into dist/
	rm -rf dist
	$(BIN)/python -m build --wheel --outdir dist .

bench: $(READY_DEV)  ## measure; tables on the screen, figures as JSON in benchmarks/results/
	mkdir -p benchmarks/results
	for name in extraction legacy judging judging_speed choosing condensing places stories story_growth rendering collecting; do \
		$(BIN)/python -m benchmarks.$$name -o benchmarks/results/$$name.json || exit 1; done

drill: $(READY_DEV) system  ## the long drills: runs killed at forty moments, every size of issue in every profile, readers fuzzed for fifteen minutes
	DIEMBAO_DRILL=long $(BIN)/python -m pytest -n 2 -q tests/digest/pipeline tests/digest/render/test_page_numbers.py tests/digest/render/test_nasty_texts.py
	$(BIN)/python -m pip install --quiet -c constraints.txt -e '.[fuzz]'
	DIEMBAO_FUZZ_SECONDS=$${DIEMBAO_FUZZ_SECONDS:-150} $(BIN)/python -m tests.fuzz.drill

# What some tests need of the system. Without root those tests skip and say so.
system:
	@missing=""; for tool in chromium soffice pdftoppm; do command -v $$tool >/dev/null || missing="$$missing $$tool"; done; \
	if [ -n "$$missing" ] && command -v apt-get >/dev/null && { [ "$$(id -u)" = 0 ] || command -v sudo >/dev/null; }; then \
		$(SUDO) apt-get update -qq && $(SUDO) env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $(SYSTEM); \
	elif [ -n "$$missing" ]; then echo "not installed:$$missing; the tests that need them will skip"; fi

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade 'pip>=25'

$(READY): $(VENV)/bin/python pyproject.toml constraints.txt
	$(BIN)/python -m pip install --quiet -c constraints.txt -e .
	touch $@

$(READY_DEV): $(READY)
	$(BIN)/python -m pip install --quiet -c constraints.txt -e '.[dev,postgres]'
	touch $@

clean:  ## remove what was made
	rm -rf $(VENV) dist build bulletin .mypy_cache .ruff_cache .pytest_cache .coverage .coverage.*
