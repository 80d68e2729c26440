.DEFAULT_GOAL := help
.PHONY: help run test lock

help:
	@echo "make run    the whole site on http://127.0.0.1:8000, with a demo newsroom (PORT, HOST, DATA_DIR, DEMO_PASSWORD)"
	@echo "make test   every test there is"
	@echo "make lock   requirements*.txt anew from pyproject.toml"

run:
	@bin/setup
	@exec .venv/bin/python bin/run.py

test:
	@bin/setup dev
	@exec .venv/bin/python -m pytest -n 2

# --universal: one file for every platform; no index in it: everybody uses their own.
COMPILE = .venv/bin/python -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --no-header --all-extras pyproject.toml
lock:
	@bin/setup dev
	$(COMPILE) --output-file requirements.txt
	$(COMPILE) --group dev --constraint requirements.txt --output-file requirements-dev.txt
