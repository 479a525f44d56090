# Two commands: `make run` and `make test`. Both may be repeated at any time.
PYTHON ?= python3
BIN := .venv/bin

export LMS_DEMO ?= true

.PHONY: run test bench lint texts clean
run: .venv/ready
	@$(BIN)/lms demo
	@exec $(BIN)/lms serve

test: .venv/test-ready
	@LMS_DEMO=false $(BIN)/python tests/run.py

bench: .venv/test-ready
	@LMS_DEMO=false $(BIN)/python -m tests.bench

lint: .venv/test-ready
	@$(BIN)/ruff check . && $(BIN)/ruff format --check .

.venv/ready: requirements.txt setup.cfg
	@$(PYTHON) -c 'import sys; sys.exit("Perlu Python 3.11 atau lebih baru." if sys.version_info < (3, 11) else 0)'
	@echo "Menyiapkan lingkungan (sekali saja, sekitar setengah menit) ..."
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements.txt
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e . 
	@touch $@

.venv/test-ready: requirements-test.txt .venv/ready
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements-test.txt
	@touch $@

clean:
	rm -rf .venv build *.egg-info .pytest_cache .ruff_cache

# Collect the texts of templates and code into the English catalogue.
EN := lms/translations/en/LC_MESSAGES/messages.po
EN_HEAD := 'msgid ""' 'msgstr ""' '"Language: en\n"' \
	'"Content-Type: text/plain; charset=utf-8\n"' \
	'"Plural-Forms: nplurals=2; plural=(n != 1);\n"' ''

texts: .venv/test-ready
	@$(BIN)/pybabel --quiet extract -F .babel.cfg -k N_ --no-location --omit-header --sort-output -o /tmp/kelas.pot lms
	@$(BIN)/pybabel --quiet update -i /tmp/kelas.pot -l en -d lms/translations --no-fuzzy-matching --ignore-obsolete --omit-header --ignore-pot-creation-date
	@printf '%s\n' $(EN_HEAD) > /tmp/kelas.po
	@sed -e '$${/^$$/d;}' $(EN) >> /tmp/kelas.po
	@cp /tmp/kelas.po $(EN)
