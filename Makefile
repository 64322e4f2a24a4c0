# A thin layer over tools/bootstrap.py, which does the same where there is no make.
PYTHON ?= python3
RUN = $(PYTHON) tools/bootstrap.py

.DEFAULT_GOAL := help
.PHONY: help demo test check bench soak fix docs

help:  ## show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-6s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo:  ## set up, plan a journey in the invented world, open the invented office (ONCE=1: sign in by itself and end)
	@$(RUN) demo $(if $(filter-out 0,$(ONCE)),--once) $(ARGS)

test:  ## everything that can be checked: some 35 minutes on two cores
	@$(RUN) test $(ARGS)

check:  ## style, types, rules of direction, locks, coverage rows: fast, before every commit
	@$(RUN) check

bench:  ## the benchmarks, side by side with their peers
	@$(RUN) bench $(ARGS)

soak:  ## the heavy repetitions
	@$(RUN) soak $(ARGS)

fix:  ## let the linter mend what it can
	@$(RUN) fix

docs:  ## write the generated pages of the manual anew (ARGS=--pictures: its pictures)
	@$(RUN) docs $(ARGS)
