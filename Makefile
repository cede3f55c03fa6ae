# One word for each thing a person wants to do. Everything happens inside .venv; nothing else is touched.
PYTHON ?= $(firstword $(foreach name,python3.11 python3.12 python3.13 python3.14 python3,$(shell command -v $(name))))
VENV   ?= .venv
BIN    := $(VENV)/bin
STAMP  := $(VENV)/.installed

.PHONY: demo run test check format bench faults pictures lock clean

demo: $(STAMP)            ## open the sample program (without a terminal: its summary as text)
	@$(BIN)/checkin demo

run: $(STAMP)             ## open the program on your own file
	@$(BIN)/checkin

test: $(STAMP)            ## every test
	@$(BIN)/python -m pytest -n 3

check: $(STAMP)           ## lint, formatting, types, layers
	@$(BIN)/ruff check src tests db docs
	@$(BIN)/ruff format --check src tests db docs
	@$(BIN)/mypy
	@$(BIN)/lint-imports

format: $(STAMP)
	@$(BIN)/ruff check --fix src tests db docs
	@$(BIN)/ruff format src tests db docs

bench: $(STAMP)           ## the speed table (several minutes)
	@$(BIN)/python -m tests.bench

faults: $(STAMP)          ## the table of what was killed, cut off and refused, and what that lost (half an hour)
	@$(BIN)/python -m tests.faults

pictures: $(STAMP)        ## the pictures and tables of README and docs, from the sample and the code
	@$(BIN)/python docs/make_pictures.py
	@$(BIN)/python docs/make_tables.py

lock: $(STAMP)            ## pin the development tools again, with hashes
	@$(BIN)/python -m pip install -q pip-tools
	@$(BIN)/python -m piptools compile -q --strip-extras --generate-hashes --allow-unsafe --no-emit-index-url \
		--no-emit-trusted-host --no-emit-find-links --no-annotate --no-header --all-extras -o requirements-dev.txt pyproject.toml requirements-dev.in

$(STAMP): requirements-dev.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit("checkin-tui needs Python 3.11 or newer") if sys.version_info < (3, 11) else None'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing into $(VENV) (once) ..."
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

clean:
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .import_linter_cache .hypothesis .pytest_cache
