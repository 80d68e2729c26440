.DEFAULT_GOAL := help
.PHONY: help run test bench lock messages

help:
	@echo "make run        the whole site on http://127.0.0.1:8000, with a demo newsroom (PORT, HOST, DATA_DIR, DEMO_PASSWORD)"
	@echo "make test       every test there is"
	@echo "make bench      what a page costs, how many a second, how it grows (SIZES=1000,100000 DATABASE=postgresql)"
	@echo "make messages   the catalogues in locale/ anew from the sources (needs Debian's gettext)"
	@echo "make lock       requirements*.txt anew from pyproject.toml"

run:
	@bin/setup
	@exec .venv/bin/python bin/run.py

test:
	@bin/setup dev
	@exec .venv/bin/python -m pytest -n 2

bench:
	@bin/setup
	@SIZES=$(SIZES) DATABASE=$(DATABASE) .venv/bin/python -m benchmarks run

# --universal: one file for every platform; no index in it: everybody uses their own.
COMPILE = .venv/bin/python -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --no-header --all-extras pyproject.toml
lock:
	@bin/setup dev
	$(COMPILE) --output-file requirements.txt
	$(COMPILE) --group dev --constraint requirements.txt --output-file requirements-dev.txt

# No wrapping, no line numbers, no date: a change to a word is a change of one line, and two of them do not collide.
messages:
	@bin/setup
	@DEBUG=true .venv/bin/python manage.py makemessages --locale az --locale ru --no-obsolete --no-wrap \
		--add-location file --ignore "var/*" --ignore "tests/*" --ignore "static/*" \
		--ignore "templates/admin/*" --ignore "articles/admin/*"
	@sed -i '/^"POT-Creation-Date:/d; /^"Report-Msgid-Bugs-To:/d' locale/*/LC_MESSAGES/django.po
