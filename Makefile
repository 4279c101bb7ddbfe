# What can be done here. `make` alone lists it; scripts/start.py does it.
PYTHON ?= python3
ARGS ?=

.DEFAULT_GOAL := help
TASKS := demo test journeys test-database check bench prove lock screenshots
.PHONY: help $(TASKS)

help:
	@echo "make demo           install, make the demo area and open it on 127.0.0.1:8000"
	@echo "make test           install what the tests need and run them all"
	@echo "make journeys       of the tests, only the stories and the crawl in a real browser"
	@echo "make test-database  run the tests that use the database (see LOCALITY_DATABASE_URL)"
	@echo "make check          format, lint, imports, types, templates and documents"
	@echo "make bench          measure, and write docs/benchmarks.md"
	@echo "make prove          show that what we claim holds, and write docs/evidence.md"
	@echo "make lock           choose the newest packages allowed and lock them"
	@echo "make screenshots    make the pictures in docs/screenshots again"
	@echo "Add ARGS=\"...\" to hand something on: make test ARGS=\"-k panels\""

$(TASKS):
	@$(PYTHON) -m scripts.start $@ $(ARGS)
