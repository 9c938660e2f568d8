# `make demo` and `make test` need only Python 3.11+ with pip, and make. Another Python: make PYTHON=python3.12
PYTHON  ?= python3
SECONDS ?= 300
SEED    ?=
ARGS    ?=

VENV := .venv
BIN  := $(VENV)/bin
PY   := $(BIN)/python

# Branch coverage of these is 100 %; of the whole package, what pyproject.toml says.
EXACT := returns_cli/domain/*,returns_cli/store/journal*,returns_cli/policy/evaluate*,returns_cli/policy/rules*

PYTEST := $(PY) -m pytest -q -n auto -o cache_dir=.cache/pytest
export COVERAGE_FILE := $(CURDIR)/.cache/coverage
export HYPOTHESIS_STORAGE_DIRECTORY := $(CURDIR)/.cache/hypothesis

.PHONY: help demo test browser-test lint format-check rules types layers docs-check samples check bench soak mutation test-newest lock contact-sheet clean

help: ## list these targets
	@sed -n 's/^\([a-z-]*\):.*## /  \1: /p' Makefile

demo: $(VENV)/.runtime ## run the whole job on example data
	@$(BIN)/returns demo returns-demo
	@echo "demo: the whole job ran, all of it lies in returns-demo/; to try what stands above, first type: . $(VENV)/bin/activate"

test: $(VENV)/.dev | .cache ## run the fast tests with their coverage; ARGS="tests/store -k journal" runs some
ifeq ($(ARGS),)
	@$(PYTEST) --cov --cov-report=term-missing:skip-covered
	@$(PY) -m coverage report --include='$(EXACT)' --fail-under=100
	@echo "test: all fast tests passed and branch coverage holds"
else
	@$(PYTEST) $(ARGS)
	@echo "test: the chosen tests passed"
endif

browser-test: $(VENV)/.dev | .cache ## open reports in Chromium: phone, laptop, paper, night; contrast, overflow, names
	@$(PY) -m pytest -q -n 0 -m browser -o cache_dir=.cache/pytest $(or $(ARGS),tests/browser)
	@echo "browser-test: pages hold in every size, by day and by night"

lint: format-check rules types layers docs-check samples ## check format, lint rules, types, layers, generated docs, sample policies
	@echo "lint: format, rules, types, layers, generated docs and sample policies hold"

format-check: $(VENV)/.dev
	@$(PY) -m ruff format --quiet --check . || { echo "lint: to mend the format: $(BIN)/ruff format ." >&2; exit 1; }

rules: $(VENV)/.dev
	@$(PY) -m ruff check --quiet .

types: $(VENV)/.dev
	@$(PY) -m mypy --no-error-summary

layers: $(VENV)/.dev | .cache
	@$(BIN)/lint-imports --cache-dir .cache/imports >.cache/layers.txt || { cat .cache/layers.txt; exit 1; }

docs-check: $(VENV)/.dev
	@$(PY) -m returns_cli.cli.reference --check docs/commands.md docs/ERRORS.md docs/json returns_cli/cli/parameters.py

samples: $(VENV)/.dev | .cache
	@$(BIN)/returns policy test policies/*.yaml >.cache/samples.txt || { cat .cache/samples.txt; exit 1; }

check: lint test ## lint and test
	@echo "check: ready to commit"

bench: $(VENV)/.dev ## measure speed and memory beside peers, as ratios
	@$(PY) -m benchmarks $(ARGS)
	@echo "bench: measured; the ratios stand above"

soak: $(VENV)/.dev | .cache ## look for faults for SECONDS=300; SEED=n draws the same again
	@RETURNS_SOAK_SECONDS=$(SECONDS) RETURNS_SOAK_SEED=$(or $(SEED),$(shell date +%s)) $(PY) -m pytest -q -rs -m "soak or not soak" \
		-o cache_dir=.cache/pytest $(or $(ARGS),tests/faults tests/property)
	@echo "soak: no fault in the part that fitted into $(SECONDS) s; what that was stands above"

mutation: | .cache ## change the code of money a little, 2,000 times: do the tests notice 90 %?
	@$(new_enough)
	@rm -rf .cache/mutation && $(PYTHON) -m venv --without-pip .cache/mutation
	@$(PIP_ENV) $(PYTHON) -m pip --python .cache/mutation/bin/python install -qq --require-hashes -r requirements-dev.lock
	@$(PIP_ENV) $(PYTHON) -m pip --python .cache/mutation/bin/python install -qq 'mutmut>=3.8,<4'
	@mkdir .cache/mutation/tree && git ls-files -z | xargs -0 cp --parents -t .cache/mutation/tree
	@cd .cache/mutation/tree && ../bin/mutmut run >../run.log 2>&1 && ../bin/mutmut export-cicd-stats >/dev/null
	@cd .cache/mutation/tree && ../bin/mutmut results >../survivors.txt
	@$(PYTHON) -c "$$MUTATION_SCORE" .cache/mutation/tree/mutants/mutmut-cicd-stats.json
	@echo "mutation: at least 90 % were noticed; .cache/mutation/survivors.txt names the others"

define MUTATION_SCORE
import json, sys
found = json.load(open(sys.argv[1]))
score = 100 * (found["killed"] + found["timeout"]) / found["total"]
print(f"mutation: {found['killed'] + found['timeout']:,} of {found['total']:,} noticed, {score:.1f} %")
sys.exit(score < 90)
endef
export MUTATION_SCORE

test-newest: | .cache ## run the tests on the newest versions that pyproject.toml allows
	@$(new_enough)
	@rm -rf .cache/newest && $(PYTHON) -m venv --without-pip .cache/newest
	@$(PIP_ENV) $(PYTHON) -m pip --python .cache/newest/bin/python install -qq pip
	@$(PIP_ENV) .cache/newest/bin/python -m pip install -qq --editable '.[dev]'
	@$(subst $(PY),.cache/newest/bin/python,$(PYTEST)) $(ARGS)
	@echo "test-newest: all fast tests passed on the newest versions allowed"

lock: | .cache ## renew both locks: newest versions allowed, hashes of every artifact, no address
	@$(new_enough)
	@$(PYTHON) -m venv --without-pip .cache/lock
	@$(PIP_ENV) $(PYTHON) -m pip --python .cache/lock/bin/python install -qq --upgrade uv
	@$(UV_LOCK) --extra intl --output-file requirements.lock
	@$(UV_LOCK) --extra dev --constraint requirements.lock --output-file .cache/dev.lock \
		$$(sed -n 's/^\([a-z0-9-]*\)==.*/--no-emit-package \1/p' requirements.lock)
	@{ echo '-r requirements.lock'; sed -n '/^[a-z ]/p' .cache/dev.lock; } >requirements-dev.lock
	@echo "lock: requirements.lock and requirements-dev.lock renewed; now make check"

UV_LOCK = .cache/lock/bin/uv pip compile pyproject.toml --group build --quiet --upgrade --universal \
	--python-version 3.11 --generate-hashes --no-header

contact-sheet: $(VENV)/.dev ## draw every script and every kind of paper as pictures into .cache/contact-sheet
	@$(PY) -m tests.documents.contact_sheet .cache/contact-sheet
	@echo "contact-sheet: the pictures lie in .cache/contact-sheet/"

clean: ## remove what was made, except .venv
	@rm -rf .cache build dist returns-demo *.egg-info .coverage* .hypothesis .pytest_cache .mypy_cache .ruff_cache
	@find returns_cli tests benchmarks -name __pycache__ -type d -prune -exec rm -rf {} +
	@echo "clean: caches and made files removed; .venv stays"

.cache:
	@mkdir -p $@

# ---- Setting up. Each stamp is written last, so an interrupted step is done again. ----
# The system's pip fills an environment made without pip: no python3-venv is needed, and an externally
# managed Python is not touched. The locked pip inside then installs the project; it compiles libraries
# but not a checkout, which under PYTHONDONTWRITEBYTECODE no run would do either. A stamp names the
# checkout and the Python it was made for: after a move or an upgrade the environment is made anew.
PIP_ENV  := PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1 PIP_ROOT_USER_ACTION=ignore PIP_USER=0
identity := $(PY) -c 'import os, sys; print(os.getcwd(), *sys.version_info[:2]); sys.exit(sys.version_info < (3, 11))'

ifneq ($(shell test "`$(identity) 2>&1`" = "`cat $(VENV)/.runtime 2>&1`" && echo same),same)
.PHONY: $(VENV)/.runtime
endif

$(VENV)/.runtime: requirements.lock pyproject.toml
	@if ! made_for=`$(identity) 2>/dev/null` || { test -f $@ && test "$$made_for" != "`cat $@`"; }; then \
		$(new_enough); rm -rf $(VENV); $(PYTHON) -m venv --without-pip $(VENV); fi
	@echo "Setting up $(VENV); the first time takes about a minute."
	@$(call pip_install,requirements.lock)
	@$(PIP_ENV) PIP_REQUIRE_HASHES=0 $(PY) -m pip install -qq --no-deps --no-build-isolation --editable .
	@$(PY) -m compileall -q returns_cli
	@$(identity) >$@

$(VENV)/.dev: requirements-dev.lock $(VENV)/.runtime
	@$(call pip_install,requirements-dev.lock)
	@touch $@

define new_enough
$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	echo "Python 3.11 or newer is needed; $(PYTHON) is `$(PYTHON) --version 2>/dev/null || echo missing`. Name another: make PYTHON=python3.12" >&2; exit 1; }
endef

define pip_install
if $(PY) -m pip --version >/dev/null 2>&1; then set -- $(PY) -m pip; \
	elif $(PYTHON) -m pip --version >/dev/null 2>&1; then set -- $(PYTHON) -m pip --python $(PY); \
	elif $(PY) -m ensurepip >/dev/null 2>&1; then set -- $(PY) -m pip; \
	else echo "$(PYTHON) has no pip. Install it (Debian: apt install python3-pip) and run make again." >&2; exit 1; fi; \
$(PIP_ENV) "$$@" install -qq --require-hashes -r $(1)
endef
