# Two commands to start with: make run, make test. Everything they need comes from the package index.
PYTHON ?= python3
BIN := .venv/bin
# Each worker of the suite starts a PostgreSQL and a Redis of its own; 0 runs it in one process.
WORKERS ?= 2
ROOMS := integrity ledger accounts rules disclosure exchange records
SOURCES := $(ROOMS) manage.py tests $(wildcard benchmarks)

.PHONY: run test check browser bench faults matrix docs format venv-run venv-test
.DEFAULT_GOAL := run

run: venv-run
	@exec $(BIN)/python -m integrity.local.run

test: venv-test
	@$(BIN)/python -m tests.browsers
	$(BIN)/python -m pytest -m "not faults and not matrix" -n $(WORKERS) --dist loadfile --no-loadscope-reorder $(ARGS)

check: venv-test
	$(BIN)/ruff check $(SOURCES)
	$(BIN)/ruff format --check $(SOURCES)
	$(BIN)/lint-imports
	$(BIN)/djlint templates --lint --quiet
	$(BIN)/python -m integrity.local.scratch manage.py makemigrations --check --dry-run
	$(BIN)/python -m integrity.local.scratch --production manage.py check --deploy --fail-level WARNING
	$(BIN)/python -m integrity.local.scratch -m mypy $(ROOMS)

bench: venv-test
	$(BIN)/python -m benchmarks $(ARGS)

faults: venv-test
	$(BIN)/python -m pytest -m faults --timeout 1800 $(ARGS)

matrix: venv-test
	FAR_WALKS=1 $(BIN)/python -m pytest -m "matrix or walk" --timeout 3600 $(ARGS)

# Generated pages; tests/house fails while they are out of date.
docs: venv-test
	$(BIN)/python -m integrity.local.scratch manage.py describe_workflows

format: venv-test
	$(BIN)/ruff check --fix $(SOURCES)
	$(BIN)/ruff format $(SOURCES)

browser:
	@if command -v chromium >/dev/null; then echo "Chromium 已安装。"; \
	elif command -v apt-get >/dev/null; then \
	  if [ "$$(id -u)" = 0 ]; then apt-get update && apt-get install -y --no-install-recommends chromium fonts-noto-cjk; \
	  else sudo apt-get update && sudo apt-get install -y --no-install-recommends chromium fonts-noto-cjk; fi; \
	else echo "请自行安装 Chromium 与一种中文字体；本命令只会用 apt-get。"; exit 1; fi

venv-run:
	@$(PYTHON) integrity/local/venv.py requirements-dev.txt

venv-test:
	@$(PYTHON) integrity/local/venv.py requirements-test.txt
