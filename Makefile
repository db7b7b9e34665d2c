# Casework in two commands: `make run` and `make test`. Both need Python 3.11 and make, and nothing else.
.DEFAULT_GOAL := help
SHELL := /bin/sh
PY := .venv/bin/python

# Named after what the locks say: another content is another stamp, so a second run has nothing to do.
STAMP := .venv/made-$(shell cat requirements-dev.lock deploy/bootstrap.lock deploy/setup | cksum | tr ' ' '-')
PO := $(shell find casework -name '*.po' 2>/dev/null)
MO := $(PO:.po=.mo)

# H015 and H020 are about line breaks and empty tags, which macros fill; H043: a button submits unless it says otherwise.
DJLINT_IGNORE := H015,H020,H043

# Words of ours that carry a sentence for people; deploy/babel.cfg says whose each is.
MSGIDS := lazy_gettext Invalid say step msgid Label Input:3

export CASEWORK_PYTHON

.PHONY: help setup run test test-quick bench check assets messages

help: ## say what can be made
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/make \1\t\2/p' Makefile | expand -t 18

setup: $(STAMP) $(MO) ## make .venv from the lock, compile translations

$(STAMP): requirements-dev.lock
	@sh deploy/setup
	@rm -f .venv/made-*
	@touch $@

%.mo: %.po $(STAMP)
	@.venv/bin/pybabel --quiet compile --input-file $< --output-file $@ --locale $(notdir $(patsubst %/,%,$(dir $(patsubst %/,%,$(dir $<)))))

run: setup ## run the demo on this machine only; Ctrl-C stops it
	@CASEWORK_DEMO=$${CASEWORK_DEMO-1} exec $(PY) -m casework.supervise

test: setup ## on SQLite and PostgreSQL, with a browser if there is Chromium; with CI=true the slow ones too
	@$(PY) -m pytest -n auto --dist worksteal $(if $(CI),,-m "not slow")

test-quick: setup ## without browser stories and slow tests, on SQLite alone
	@$(PY) -m pytest -n auto --dist worksteal --backends sqlite -m "not browser and not slow"

bench: setup ## measure, write bench/results.json
	@$(PY) -m bench

check: setup ## everything that reads the source without running it, and whether a migration is missing
	@.venv/bin/ruff check
	@.venv/bin/ruff format --check
	@.venv/bin/mypy
	@.venv/bin/lint-imports
	@.venv/bin/djlint templates --lint --quiet --profile jinja --ignore $(DJLINT_IGNORE)
	@sh deploy/check-migrations

assets: ## build styles and scripts anew (needs Node; what it makes is committed)
	@cd deploy/assets && npm ci --ignore-scripts && node build.mjs

messages: setup ## collect what is to be translated
	@PYTHONPATH=. .venv/bin/pybabel extract --mapping-file deploy/babel.cfg --keywords "$(MSGIDS)" --no-location --sort-output --project Casework --version 1 --copyright-holder "Casework contributors" --output-file casework/web/translations/messages.pot .
	@.venv/bin/pybabel update --input-file casework/web/translations/messages.pot --output-dir casework/web/translations --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date
