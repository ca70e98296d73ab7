# Every target sets up what it needs: the environment in .venv, the locked packages, this project.
.DEFAULT_GOAL := help
.PHONY: help ocr parse review correct ingest watch check-plan ledger compare align explain load schema rules rules-watch suggest diff test test-fast lint score check bench bench-deadlines proofs docs lock clean

PYTHON ?= python3
OUT    ?= outputs
IN     ?= inbox
BIN    := .venv/bin
RUN    := .venv/.runtime
DEV    := .venv/.dev
OCR    := .venv/.ocr
PIP    := $(BIN)/python -m pip --disable-pip-version-check -qq

# names reach the recipes by the environment, unread by make and by the shell: blanks, quotes and $ are safe
override export FILE := $(value FILE)
override export UPPER := $(value UPPER)
override export LOWER := $(value LOWER)
override export ID   := $(value ID)
override export OUT  := $(value OUT)
override export IN   := $(value IN)
override export URL  := $(value URL)
override export UNIT := $(value UNIT)
override export ASOF := $(value ASOF)
override export OLD   := $(value OLD)
override export NEW   := $(value NEW)
override export PLANS := $(value PLANS)
override export PEERS := $(value PEERS)

# what is missing is said in one line (exit 2) before anything is set up
needs = $(if $(filter $(1),$(MAKECMDGOALS)),$(if $($(2)),,$(error which $(3)? → make $(1) $(2)=$(4))))
$(call needs,parse,FILE,plan,plan.docx)
$(call needs,check-plan,FILE,plan,plan.docx)
$(call needs,align,LOWER,lower plan,plan.docx [UPPER=upper.docx])
$(call needs,correct,FILE,file,corrections.json)
$(call needs,explain,ID,value,<an id from the tables>)
$(call needs,load,URL,server,postgresql://user@host/database)

help: ## this list
	@grep -hE '^[a-z-]+:.*##' Makefile | sed -E 's/:.*## /\t/' | expand -t 17

ocr: $(OCR) ## install what recognizes words in scans and pictures

parse: $(RUN) ## read a plan into tables: make parse FILE=plan.docx [OUT=outputs]
	@$(BIN)/taizhang parse -o "$$OUT" -- "$$FILE"

ingest: $(RUN) ## what is new in the inbox, once: make ingest [IN=inbox] [OUT=outputs]
	@$(BIN)/taizhang ingest -o "$$OUT" -- "$$IN"

watch: $(RUN) ## the same, as files arrive: make watch [IN=inbox] [OUT=outputs]
	@$(BIN)/taizhang watch -o "$$OUT" -- "$$IN"

check-plan: $(RUN) ## the findings of a plan: make check-plan FILE=plan.docx
	@$(BIN)/taizhang check -- "$$FILE"

compare: $(RUN) ## 回头看: make compare OLD=2022.docx NEW=2023.docx; without both, all plans of the record
	@$(BIN)/taizhang compare -o "$$OUT" -- $${OLD:+"$$OLD"} $${NEW:+"$$NEW"}

align: $(RUN) ## what a plan makes of the plan above it: make align LOWER=plan.docx [UPPER=upper.docx]
	@$(BIN)/taizhang align -o "$$OUT" -- $${UPPER:+"$$UPPER"} "$$LOWER"

ledger: $(RUN) ## 台账 workbooks: make ledger [FILE=plan.docx] [UNIT=区发改局|all] [ASOF=2022-10-31]
	@$(BIN)/taizhang ledger -o "$$OUT" $(if $(UNIT),$(if $(filter all,$(UNIT)),--units,--unit "$$UNIT")) $${ASOF:+--as-of "$$ASOF"} -- $${FILE:+"$$FILE"}

explain: $(RUN) ## where a value came from: make explain ID=…
	@$(BIN)/taizhang explain -o "$$OUT" -- "$$ID"

load: $(RUN) ## the tables into PostgreSQL: make load URL=postgresql://… [OUT=outputs]
	@$(BIN)/taizhang load -o "$$OUT" -- "$$URL"

review: $(RUN) ## pages to check plans by: make review [FILE=plan.docx], without FILE all plans of OUT
	@$(BIN)/taizhang review -o "$$OUT" $${FILE:+-- "$$FILE"}

correct: $(RUN) ## corrections saved by a page, put over what the rules read: make correct FILE=corrections.json
	@$(BIN)/taizhang correct -o "$$OUT" -- "$$FILE"

schema: $(RUN) ## the data dictionary
	@$(BIN)/taizhang schema

rules: $(RUN) ## 检查规则文件和例句
	@$(BIN)/taizhang rules check

rules-watch: $(RUN) ## 存盘即检查规则
	@$(BIN)/taizhang rules watch

suggest: $(RUN) ## 为没有规则的常见词起草规则: make suggest [OUT=outputs]
	@$(BIN)/taizhang rules suggest -o "$$OUT"

diff: $(RUN) ## 规则改动的后果: make diff [OLD=HEAD] [PLANS=folder]
	@$(BIN)/taizhang rules diff -- "$${OLD:-HEAD}" rules $${PLANS:+"$$PLANS"}

test: $(DEV) ## all tests
	@$(BIN)/python -m pytest -q

test-fast: $(DEV) ## the tests without the slow ones
	@$(BIN)/python -m pytest -q -m 'not slow'

lint: $(DEV) ## ruff, ruff format --check, mypy --strict
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy --strict -p pipeline

score: $(DEV) ## how near every sample comes to its answers; fails below samples/floors.toml
	@$(BIN)/python tests/score.py

check: lint rules test score ## what CI runs

bench: $(DEV) ## time and memory beside the raw limit and the peers
	@$(BIN)/python bench/run.py $(BENCH)
	@$(BIN)/python bench/pdf.py $(filter --quick,$(BENCH))

bench-deadlines: $(DEV) ## deadline phrases beside the peers: make bench-deadlines [PEERS=python with them]
	@$(BIN)/python bench/deadlines.py $(BENCH)

proofs: $(DEV) $(OCR) ## the long proofs, in full
	@PROOFS=1 $(BIN)/python -m pytest -q
	@$(BIN)/python bench/run.py

docs: $(DEV) ## what the documents quote from the program, put in again
	@$(BIN)/python docs/make.py

lock: .venv/bin/python ## lock the dependencies anew, with hashes for every platform
	@test -x $(BIN)/uv || $(PIP) install uv
	$(BIN)/uv pip compile pyproject.toml --group dev $(LOCK) -o requirements-dev.lock
	$(BIN)/uv pip compile pyproject.toml --group build $(LOCK) -c requirements-dev.lock -o requirements.lock
	$(BIN)/uv pip compile pyproject.toml --extra ocr --group build $(LOCK) -c requirements-dev.lock -o requirements-ocr.lock

LOCK := --upgrade --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate --quiet

clean: ## remove the environment and the caches, not the outputs
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo 'taizhang needs Python 3.11 or newer → install it, or name it: make PYTHON=python3.12 …' >&2; exit 2; }
	@$(PYTHON) -m venv .venv || { rm -rf .venv; \
	  echo 'Python has no venv → apt-get install python3-venv, or name another: make PYTHON=python3.12 …' >&2; exit 2; }

$(RUN): requirements.lock pyproject.toml | .venv/bin/python
	@echo 'setting up .venv (once) …'
	@$(PIP) install --require-hashes -r requirements.lock
	@$(PIP) install --no-deps --no-build-isolation --no-index -e .
	@touch $@

$(DEV): requirements-dev.lock $(RUN)
	@echo 'setting up what tests need (once) …'
	@$(PIP) install --require-hashes -r requirements-dev.lock
	@touch $@

$(OCR): requirements-ocr.lock $(RUN)
	@echo 'setting up what recognizes words in pictures (once) …'
	@$(PIP) install --require-hashes -r requirements-ocr.lock
	@touch $@
