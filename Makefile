# Everything starts here; each target sets up what it needs first. `make` alone lists the targets.
PYTHON ?= python3
ARGS   ?=
OUT    ?= /tmp
BIN    := .venv/bin
# Tests, benchmark and checks need no screen; the end-to-end tests bring their own.
OFFSCREEN := QT_QPA_PLATFORM=offscreen

ENDURED := tests/endure tests/hostile tests/project/test_any_order.py tests/project/test_together.py tests/project/test_undo.py \
	tests/storage tests/e2e/test_whole_article.py

.DEFAULT_GOAL := help
.PHONY: help setup setup-tests run test endure lint types bench shots

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## make .venv, once; as root also the system packages that are missing
	@$(PYTHON) .ci/setup.py

setup-tests:
	@$(PYTHON) .ci/setup.py --tests

run: ## the window on the sample corpus, or on the last project (ARGS=my.annotator)
	@$(PYTHON) .ci/setup.py --display
	@$(PYTHON) .ci/setup.py
	@$(BIN)/annotator $(ARGS)

test: setup-tests ## every test, end to end ones too (ARGS="tests/unit -k undo")
	@$(BIN)/python -m pytest -n 2 $(ARGS)

endure: setup-tests ## every promise of storage, many times, with a table of what held (half an hour)
	@HYPOTHESIS_PROFILE=endure $(BIN)/python -m pytest -q -p tests.endure.table --timeout 0 $(ENDURED) $(ARGS)

lint: setup ## formatting, style, and who may import whom
	@$(BIN)/ruff format --check
	@$(BIN)/ruff check
	@$(BIN)/lint-imports --no-logo

types: setup ## mypy --strict
	@$(BIN)/mypy

bench: setup ## how fast it is, beside yardsticks; writes bench.json (ARGS="text window"; a quarter of an hour)
	@$(OFFSCREEN) $(BIN)/python -m tests.bench $(ARGS)

shots: setup-tests ## screenshots, light and dark, in three sizes, into OUT (/tmp); and resources/screenshot.png
	@$(BIN)/python -m tests.shots --out $(OUT) $(ARGS)
