# The commands of the house; what they do stands in instance/, CONTRIBUTING.md says when to use them.
PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8080
DEMO ?= yes
POLICY ?= binh-dinh
LANG_ ?= vi
WORKERS ?= 1
T ?=
NAME ?=
export T NAME

.DEFAULT_GOAL := help
.PHONY: help run prepare prepare-test test lint format bundle bench clean distclean

help: ## Show this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):[^#]*## /  make \1	/' | expand -t 24

run: prepare ## Run it: PORT=8080 HOST=127.0.0.1 WORKERS=1; first start also DEMO=yes|no POLICY=binh-dinh|nghe-an|… LANG_=vi|en
	@exec $(PYTHON) instance/run.py --port "$(PORT)" --host "$(HOST)" --workers "$(WORKERS)" \
		--demo "$(DEMO)" --policy "$(POLICY)" --language "$(LANG_)"

prepare: python ## Make virtualenv, eggs and bin/ (quick when nothing changed)
	@$(PYTHON) instance/prepare.py

prepare-test: python ## The same with what tests need
	@$(PYTHON) instance/prepare.py --test

test: prepare-test ## Everything that CI runs; T=path, T=keyword or T=suite.robot runs a part
	@$(PYTHON) instance/test.py

lint: prepare-test ## Style and form of the code
	@.venv/bin/ruff check && .venv/bin/ruff format --check

format: prepare-test ## Put code into form
	@.venv/bin/ruff check --fix --quiet; .venv/bin/ruff format

bundle: prepare-test ## Build the browser code that comes from npm (frontend/) anew
	@$(PYTHON) instance/bundle.py

bench: prepare-test ## Measure: NAME=documents, pages, agenda, people or booking; the last line is JSON
	@$(PYTHON) instance/bench.py

clean: ## Remove what can be made again; the data in var/ stays
	rm -rf bin develop-eggs parts .installed.cfg .pytest_cache .ruff_cache .hypothesis build dist
	find src -name __pycache__ -type d -prune -exec rm -rf {} +

distclean: clean ## Remove the virtualenv and the data as well
	rm -rf .venv var

.PHONY: python
python:
	@command -v $(PYTHON) >/dev/null || { echo "$(PYTHON) is missing: apt-get install python3 python3-venv" >&2; exit 1; }
