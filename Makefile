# Hone's tasks. `make` alone prints what there is; each target works from nothing on a bare Debian with a Swift toolchain.
.DEFAULT_GOAL := help
SHELL := /bin/bash
CONFIG ?= release
SWIFT := Package.swift Sources Tests services infra/examples infra/bench/bus infra/bench/search infra/chaos

.PHONY: help setup build test test-fast run optimize-sample down scale chaos bench replay format check lint graph clean

help: ## print this help
	@awk -F':.*## ' '/^[a-z-]+:.*## / {printf "  \033[1mmake %-16s\033[0m %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: ## install what is missing (C libraries, Redis, Postgres, Python)
	@infra/scripts/setup.sh

build: setup ## build every service and the command line (CONFIG=release or debug)
	swift build -c $(CONFIG)

test: setup ## run every test against throw-away Redis and Postgres servers
	infra/scripts/test.sh

test-fast: setup ## run the tests that need no server, and say what was left out
	infra/scripts/test.sh --fast

run: setup ## build, start everything, run the sample job, improve a prompt, leave the stack running (OPTIMIZE=no)
	CONFIG=$(CONFIG) OPTIMIZE=$(OPTIMIZE) infra/scripts/run.sh

optimize-sample: setup ## the second half of it alone: improve the weakest sample agent's prompt (ARGS="--agent juno")
	CONFIG=$(CONFIG) infra/scripts/optimize.sh $(ARGS)

down: ## stop what `make run` or `hone up` started; data stays
	@infra/scripts/down.sh

scale: ## run more or fewer of a service: make scale executor=3
	@infra/scripts/hone.sh scale $(foreach service,router executor evaluator peer-reviewer stats-aggregator optimizer gateway,$(if $($(service)),$(service)=$($(service))))

chaos: setup ## break a whole stack, and prove that nothing was lost or done twice (ARGS="--seed 7 --tasks 10000")
	infra/chaos/run.sh $(ARGS)

bench: setup ## measure the bus beside raw hiredis and its peers, and the journey: results as a table and JSON
	infra/bench/run.sh

replay: setup ## record the sample job, replay it without a model, and compare all rows (TASKS=150)
	CONFIG=$(CONFIG) infra/scripts/replay.sh

format: ## format the Swift sources in place
	swift format --in-place --parallel --recursive $(SWIFT)

lint: ## fail on sources that are not formatted
	swift format lint --strict --parallel --recursive $(SWIFT)

graph: ## print the targets by floor; fail on an arrow that points up
	@swift package dump-package | python3 infra/scripts/graph.py

check: lint graph test ## format, graph, warnings as errors (always on), and all tests

clean: ## remove the build; data under .hone stays
	rm -rf .build
