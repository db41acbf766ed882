# make lab        open the course        make test    run every test but the slowest
# make present    slides, live explorers make stress  run those too slow for make test
# make site       a site without Python  make bench   print the speed table
# make notebooks  re-run the notebooks   make load    measure a class of twenty
# make lock       refresh the locks      make check   lint and types

PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
# Extra words for JupyterLab, such as LAB_ARGS=--no-browser.
LAB_ARGS ?=
# In a container one is often root, which Jupyter refuses unless told.
AS_ROOT := $(if $(filter 0,$(shell id -u)),--allow-root)
FIRST  ?= $(firstword $(sort $(wildcard notebooks/*.ipynb)))
# Which notebook to present (none: a list to pick from), and words such as --no-browser.
NOTEBOOK ?=
PRESENT_ARGS ?=

# Compiled modules are kept, as on a student's computer: fifty kernels are started in the tests.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: lab present site test stress notebooks bench load sizes fresh pythons check lock clean
.DEFAULT_GOAL := lab

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "The course needs Python 3.11 or newer; try: make $(MAKECMDGOALS) PYTHON=python3.12"; exit 1; }
	$(PYTHON) -m venv $(VENV)

# A stamp for each set of packages: made anew when its lock changes.
$(VENV)/course: requirements.txt pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	@touch $@

$(VENV)/test: requirements-test.txt $(VENV)/course
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-test.txt
	@touch $@

$(VENV)/publish: requirements-publish.txt $(VENV)/course
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-publish.txt
	@touch $@

lab: $(VENV)/course
	$(BIN)/jupyter lab --ServerApp.ip=localhost --LabApp.default_url="/lab/tree/$(FIRST)" $(AS_ROOT) $(LAB_ARGS)

present: $(VENV)/publish
	$(BIN)/python -m course_lib.publish.present $(NOTEBOOK) $(PRESENT_ARGS)

test: $(VENV)/test
	$(BIN)/python -m pytest -n 2 --dist loadfile --nbval --nbval-cell-timeout=60 --ignore=tests/stress tests notebooks

# The tests named last are quick and run in make test too; here they are counted for the table.
stress: $(VENV)/test
	$(BIN)/python -m pytest -n 2 --dist loadfile tests/stress \
	  tests/explorers/test_every_input.py tests/learning/test_faults.py tests/learning/test_ill_will.py

notebooks: $(VENV)/test
	$(BIN)/python -m tests.notebooks.store

site: $(VENV)/publish
	$(BIN)/python -m course_lib.publish.site site

bench: $(VENV)/test
	$(BIN)/python -m tests.benchmarks

load: $(VENV)/test
	$(BIN)/python -m tests.benchmarks.classroom

sizes: $(VENV)/course
	$(BIN)/python -m tests.benchmarks.sizes

fresh: $(VENV)/test
	$(BIN)/python -m tests.install.fresh

pythons: $(VENV)/test
	$(BIN)/python -m tests.install.pythons

check: $(VENV)/test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

lock:
	uv pip compile --quiet --universal --python-version 3.11 --no-annotate --no-header pyproject.toml -o requirements.txt
	uv pip compile --quiet --universal --python-version 3.11 --no-annotate --no-header --extra publish -c requirements.txt pyproject.toml -o requirements-publish.txt
	uv pip compile --quiet --universal --python-version 3.11 --no-annotate --no-header --extra publish --extra test -c requirements-publish.txt pyproject.toml -o requirements-test.txt

clean:
	rm -rf $(VENV) build site
