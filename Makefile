# Two commands for a bare machine with python3 (3.11 or newer) and make:
#   make demo   puts real reports on record and shows them
#   make test   builds the wheel and checks everything against the installed wheel
# `make docs` rewrites the parts of the documentation that are derived from the code.

PYTHON ?= python3
BIN := .venv/bin
WHEEL_SOURCES := pyproject.toml README.md LICENSE NOTICE $(shell find src -type f -not -path '*/__pycache__/*')

# Neither the checkout nor anything of the caller's may stand in for the installed wheel.
unexport PYTHONPATH
unexport PYTHONHOME

.PHONY: demo test check docs browser clean
.DELETE_ON_ERROR:

demo: .make/wheel
	@$(BIN)/onrecord read demo

test: check browser
	$(BIN)/python -m pytest

check: .make/dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy --strict src tests docs/generate.py
	$(BIN)/python docs/generate.py --check

docs: .make/dev
	$(BIN)/python docs/generate.py

browser:
	@sh .ci/browser

.make/venv: .ci/venv
	@mkdir -p .make
	sh .ci/venv "$(PYTHON)"
	@touch $@

# The wheel and what it needs to run.
.make/wheel: .make/venv $(WHEEL_SOURCES)
	rm -rf dist
	$(BIN)/python -m pip wheel -q --no-deps -w dist .
	$(BIN)/python -m pip install -q --no-deps --force-reinstall dist/onrecord-*.whl
	$(BIN)/python -m pip install -q dist/onrecord-*.whl
	@touch $@

# What it takes to check it.
.make/dev: .make/wheel
	$(BIN)/python -m pip install -q "onrecord[dev] @ file://$$(ls $(CURDIR)/dist/onrecord-*.whl)"
	@touch $@

clean:
	rm -rf .venv .make dist build .mypy_cache .ruff_cache .pytest_cache
