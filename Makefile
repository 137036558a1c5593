# Two commands: `make demo` and `make test`. Everything else is for those who work on Cartable.
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready

.PHONY: demo test check bench soak lock locales clean

demo: $(READY)
	$(BIN)/cartable demo

# What a newcomer and CI run; `check` is its everyday name.
test: check

check: $(READY)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest -q -n 2 --dist worksteal -m "not soak"

bench: $(READY)
	$(BIN)/python -m benchmarks

soak: $(READY)
	CARTABLE_SOAK=1 $(BIN)/pytest -q -n 2

$(READY): requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit("Cartable needs Python 3.11 or newer") if sys.version_info < (3, 11) else None'
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --editable .
	touch $(READY)

# After a change of the ranges in pyproject.toml.
lock: $(READY)
	$(BIN)/uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 \
		--no-emit-index-url --no-emit-find-links --no-header --generate-hashes \
		--output-file requirements.lock

# After a change of a text: collects it in bot/locales, fills French from itself.
locales: $(READY)
	$(BIN)/python -m bot.locales

clean:
	rm -rf .venv var build
