.DEFAULT_GOAL := help
.PHONY: help setup build release test quick format lint golden reference catalogs bench demo clean

help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "  %-10s %s\n", $$1, $$2}'

setup: ## install what is missing
	scripts/setup

build: setup ## build for debugging
	swift build

release: setup ## build the single file dist/stackgen
	scripts/release

test: ## every check, as CI runs it
	scripts/test

quick: ## format, build and the Swift tests
	scripts/test --quick

format: ## format all Swift code
	swift format --in-place --recursive --parallel Package.swift Sources Tests templates examples Benchmarks

lint: ## check the format
	swift format lint --strict --recursive --parallel Package.swift Sources Tests templates examples Benchmarks

golden: build ## write the golden files of the tests anew (the tests then fail once: read the difference)
	STACKGEN_RECORD=1 swift test || true

reference: build ## write runs/, docs/reference and the JSON Schema anew from the sources
	scripts/update-reference

catalogs: ## write Sources/StackSchemas/Catalogs anew from facts
	scripts/update-catalogs

bench: ## measure against the peers
	Benchmarks/run

demo: ## the talk's cluster on a local AWS
	scripts/demo

clean: ## remove what was built
	rm -rf .build dist
