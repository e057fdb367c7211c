# Two commands matter: `make demo` and `make test`. Both set up from nothing.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export PIP_DISABLE_PIP_VERSION_CHECK = 1
unexport PYTHONDONTWRITEBYTECODE  # each of the programs that the suite starts would compile everything anew
PYTEST := $(BIN)/pytest -n 2 --dist loadfile --no-loadscope-reorder  # tests/conftest.py says what comes first

.PHONY: demo test check coverage lock clean

demo: $(VENV)/.run  ## the chat page on http://127.0.0.1:8000, with its own database file
	$(BIN)/sistercity demo

test: $(VENV)/.dev  ## lint, types and the whole test suite
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(PYTEST)

check: $(VENV)/.dev  ## the fast half: lint, types, tests without browser and PostgreSQL
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(PYTEST) -q -m "not browser and not postgresql"

coverage: $(VENV)/.dev  ## the whole suite once more, with branches counted: several times slower
	$(PYTEST) --cov --cov-report=term --cov-fail-under=90

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or newer is needed; name one with: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run: requirements.lock pyproject.toml | $(VENV)/bin/python
	$(BIN)/pip install --quiet --no-deps --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --no-deps --no-build-isolation -e .
	touch $@

$(VENV)/.dev: requirements-dev.lock pyproject.toml | $(VENV)/bin/python
	$(BIN)/pip install --quiet --no-deps --require-hashes -r requirements-dev.lock
	$(BIN)/pip install --quiet --no-deps --no-build-isolation -e .
	touch $@ $(VENV)/.run

lock:  ## rewrite both lock files (needs uv)
	uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate --extra build pyproject.toml -o requirements.lock
	uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate --all-extras pyproject.toml -o requirements-dev.lock

clean:
	rm -rf $(VENV) .coverage* .pytest_cache .mypy_cache .ruff_cache .hypothesis
