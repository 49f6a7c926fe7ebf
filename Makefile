# What a developer or a newcomer does with this repository. Needs make and Python 3.11 or newer, nothing else.
.DEFAULT_GOAL := help
SHELL := /bin/sh

# The first interpreter that is new enough; `make PYTHON=/path/to/python3` takes another.
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; break; }; done)
VENV := .venv
BIN := $(VENV)/bin
FEED ?= streams/sample/feed
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
TESTS ?= tests
EVALDATA ?=
ARTICLES ?= 100000
PAGES ?=
STREAM ?= 3000
HOP ?= 20000
BACKLOG ?=
WORKERS ?=

.PHONY: help setup setup-dev run test test-unit test-integration faults lint format bench eval lock clean

help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1|/' | awk -F'|' '{printf "%-24s %s\n", $$1, $$2}'

setup: $(VENV)/.installed ## create .venv and install what the lock names; leaves .venv/bin/dragoman

setup-dev: $(VENV)/.installed-dev

$(BIN)/python:
	@if [ -z "$(PYTHON)" ]; then \
		echo "make: Python 3.11 or newer is needed and none was found; name one: make PYTHON=/path/to/python3" >&2; exit 1; fi
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "make: Python 3.11 or newer is needed; $(PYTHON) is $$($(PYTHON) --version 2>&1)" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
		echo "make: $(PYTHON) can make no virtual environment; install its venv package (Debian, Ubuntu: apt install python3-venv)" >&2; exit 1; }
	@echo "creating $(VENV)"
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: requirements.lock pyproject.toml | $(BIN)/python
	@echo "installing dragoman and its dependencies into $(VENV)"
	@$(PIP) install -r requirements.lock
	@$(PIP) install --no-deps --editable .
	@touch $@

$(VENV)/.installed-dev: requirements-dev.lock $(VENV)/.installed
	@echo "installing the development tools"
	@$(PIP) install -r requirements-dev.lock
	@touch $@

run: setup ## embedded Kafka, worker and sample feed until Ctrl-C; ONCE=1 ends when drained; FEED=path takes your articles
	@$(BIN)/dragoman up --feed "$(FEED)" $(if $(filter-out 0,$(ONCE)),--once)

test: setup-dev ## all tests: unit, contract, quality, and integration on a real broker
	$(BIN)/python -m pytest -m "not benchmark and not faults" $(TESTS)

test-unit: setup-dev ## the tests that need no broker
	$(BIN)/python -m pytest -m "not integration and not benchmark and not faults" $(TESTS)

test-integration: setup-dev ## the tests on a real broker, which they start themselves
	$(BIN)/python -m pytest -m "integration and not faults" tests/integration tests/faults

faults: setup-dev ## break things on purpose, some 20 minutes; writes docs/faults.md
	rm -rf build/faults
	$(BIN)/python -m pytest -m faults tests/faults; status=$$?; $(BIN)/python -m tests.faults.report docs/faults.md; exit $$status

lint: setup-dev ## style, types, and which package may import which
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: setup-dev ## bring the code into its format
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: setup-dev ## measure speed and memory; ARTICLES=n for deduplication, STREAM=n through Kafka, HOP=n for one hop, PAGES=files to clean; BACKLOG=n, WORKERS=n: these alone
ifneq ($(BACKLOG)$(WORKERS),)
	$(BIN)/python -m tests.benchmarks.bench_stream --articles $(STREAM) $(if $(WORKERS),--workers $(WORKERS)) $(if $(BACKLOG),--backlog $(BACKLOG))
else
	$(BIN)/python -m pytest -m benchmark -s tests/benchmarks
	$(BIN)/python -m tests.benchmarks.bench_clean $(PAGES)
	$(BIN)/python -m tests.benchmarks.bench_code
	$(BIN)/python -m tests.benchmarks.bench_dedupe --articles $(ARTICLES)
	$(BIN)/python -m tests.benchmarks.bench_resolve
	$(BIN)/python -m tests.benchmarks.bench_stream --articles $(STREAM)
	$(BIN)/python -m tests.benchmarks.bench_hop --records $(HOP)
endif

eval: setup-dev ## quality of coding on our own annotated sentences; EVALDATA=path adds evaluation sets of yours
	$(BIN)/python -m tests.quality.evaluate $(EVALDATA)

# Needs a network. Both locks hold for Python 3.11 and newer on every system that the dependencies support.
lock: setup-dev ## renew requirements.lock and requirements-dev.lock from pyproject.toml
	$(PIP) install uv
	$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --quiet \
		--output-file requirements.lock pyproject.toml
	$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --quiet \
		--constraints requirements.lock --group dev --output-file requirements-dev.lock pyproject.toml

clean: ## remove caches and build output; .venv and the broker's data stay
	rm -rf build dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find schemas processors streams tests -name __pycache__ -type d -prune -exec rm -rf {} +
