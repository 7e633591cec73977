# Everything a person types. Each target sets up what it needs first; set-up again takes no time.
PYTHON ?= python3
PORT ?= 8000
# Quiet by default: what is being done is said by the programs themselves.
MAKEFLAGS += --no-print-directory

.DEFAULT_GOAL := help
.PHONY: help demo test check lock bench docs screenshot format clean set-up

help:
	@echo "Ropewalk: see how the children of any place in England are doing, from published statistics"
	@echo
	@grep -E '^[a-z-]+:.*## ' $(firstword $(MAKEFILE_LIST)) | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 18
	@echo
	@echo "  make demo DATA=folder   with published files of your own"
	@echo "  make demo PORT=8080     on another port"

demo: ## Set everything up, prepare a place, serve it on 127.0.0.1:8000
	@$(PYTHON) scripts/set_up.py run
	@exec .venv/bin/ropewalk demo --port $(PORT) $(if $(DATA),--data "$(DATA)")

test: ## Set everything up, browser included, run every check and report all that failed
	@$(PYTHON) scripts/set_up.py check
	@.venv/bin/python scripts/check.py

check: test ## The same as make test

set-up: ## Only set up, for running and testing
	@$(PYTHON) scripts/set_up.py check

lock: ## Resolve requirements/*.txt again (UPGRADE=1: newest versions); needs uv
	@$(PYTHON) scripts/lock.py $(if $(UPGRADE),--upgrade)

bench: ## Measure speed beside what a user would do instead (DATA=folder)
	@$(PYTHON) scripts/set_up.py bench
	@.venv/bin/ropewalk bench all $(if $(DATA),--data "$(DATA)")

docs: ## Write the pages of docs/ that follow from declarations
	@$(PYTHON) scripts/set_up.py check
	@.venv/bin/python scripts/write_docs.py

screenshot: ## Take the README's picture again, with the test that makes it
	@$(PYTHON) scripts/set_up.py check
	@ROPEWALK_KEEP_SCREENSHOT=1 .venv/bin/python -m pytest -q tests/browser/test_journey.py -k screenshots

format: ## Put the Python files into the house's format
	@$(PYTHON) scripts/set_up.py check
	@.venv/bin/ruff check --fix --quiet . || true
	@.venv/bin/ruff format .

clean: ## Remove what set-up and running made (not your stores)
	rm -rf .venv .set-up node_modules tests/oidc_provider/node_modules build dist src/*.egg-info src/ropewalk/site/foundation/static/foundation
	rm -rf .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis test-output
	find src tests scripts -name __pycache__ -type d -prune -exec rm -rf {} +
