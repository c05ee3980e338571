# Two commands do it all: `make run` and `make test`. Both install once, into .venv, from requirements.lock.
PYTHON ?= python3
PY := .venv/bin/python
SETS ?=
TEXTS ?= data/raw
SIZES ?=
CORPORA ?= training/corpora
KILLS ?= 100
export DO_NOT_TRACK := 1

.PHONY: run test check lint docs bench bench-speed lock clean train evaluate-pipeline torture audit

run: .venv/.installed  ## the Prefect flow on data/raw into data/curated
	$(PY) flows/run.py

test: .venv/.installed  ## every test
	$(PY) -m pytest

check: .venv/.installed lint test  ## what CI runs

lint: .venv/.installed
	.venv/bin/ruff format --check .
	.venv/bin/ruff check .
	.venv/bin/mypy

docs: .venv/.installed  ## write the generated pages again
	$(PY) docs/generate.py

bench: .venv/.installed  ## quality figures beside their floors: make bench SETS=DIR
	$(PY) benchmarks/bench.py --sets "$(SETS)"

torture: .venv/.installed  ## kill runs at random moments and check what is published: make torture KILLS=100
	$(PY) -m tests.torture --kills $(KILLS)

# pip-audit lives apart from what it audits. It needs the network, so it is no part of `check`.
audit:  ## known vulnerabilities of the locked dependencies
	$(PYTHON) -m venv .audit
	.audit/bin/python -m pip install --disable-pip-version-check -q "pip-audit>=2.10,<3"
	.audit/bin/python .ci/audit.py

bench-speed: .venv/.installed  ## words a second beside nlp.pipe: make bench-speed TEXTS=PATH, growth with SIZES="100 1000"
	$(PY) benchmarks/speed.py "$(TEXTS)"
	$(if $(SIZES),$(PY) benchmarks/growth.py "$(TEXTS)" --sizes $(SIZES))

train: .venv/.installed  ## corpora to a packaged pipeline: make train CORPORA=DIR (hours)
	$(PY) training/train.py "$(CORPORA)"

evaluate-pipeline: .venv/.installed  ## make evaluate-pipeline SETS=DIR, beside another pipeline with BESIDE=PATH
	$(PY) training/evaluate.py --sets "$(SETS)" $(if $(BESIDE),--beside "$(BESIDE)")

# The lock pins the closure of all extras with hashes and names no index; it needs uv, nothing else does.
lock:
	uv pip compile --universal --generate-hashes --no-emit-index-url --all-extras --python-version 3.11 -q \
	  -o requirements.lock pyproject.toml

.venv/.installed: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; v = sys.version_info[:2]; \
	  sys.exit(0 if (3, 11) <= v <= (3, 13) else f"Python {v[0]}.{v[1]} found; verify needs 3.11, 3.12 or 3.13: make PYTHON=python3.12 run")'
	$(PYTHON) -m venv .venv
	$(PY) -m pip install --disable-pip-version-check -q --no-deps --require-hashes -r requirements.lock
	$(PY) -m pip install --disable-pip-version-check -q --no-deps --no-build-isolation -e .
	@touch $@

clean:
	rm -rf .venv .audit .prefect build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
