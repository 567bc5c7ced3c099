# The only thing a fresh machine needs besides make and git is Python 3.11 or newer.
PYTHON ?= $(shell for p in python3.11 python3.12 python3.13 python3; do \
	if $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then echo $$p; exit; fi; \
	done; echo python3)
TOOLS = $(PYTHON) -m tools
export PYTHONDONTWRITEBYTECODE = 1
ARGS ?=
.DEFAULT_GOAL := help
.PHONY: demo test up down bench check messages lighthouse screenshots help

demo: ## Cài đặt mọi thứ, chạy cổng minh hoạ; Ctrl-C để dừng · Set everything up and serve the demonstration; Ctrl-C stops it
	@$(TOOLS) demo

test: ## Chạy mọi kiểm thử; ARGS="…" chuyển cho pytest · Run every test; ARGS="…" goes to pytest
	@$(TOOLS) test $(ARGS)

up: ## Chạy các dịch vụ minh hoạ ở chế độ nền · Start the services of the demonstration in the background
	@$(TOOLS) up

down: ## Dừng các dịch vụ chạy nền · Stop the services that run in the background
	@$(TOOLS) down

bench: ## Đo tốc độ, kết quả ở var/bench.json · Run the benchmarks; table on the screen and in var/bench.json
	@$(TOOLS) bench $(ARGS)

check: ## Kiểm tra định dạng, lint, kiểu, mẫu trang, migrations, bản dịch · Check formatting, lint, types, templates, migrations, messages
	@$(TOOLS) check $(ARGS)

messages: ## Cập nhật tệp bản dịch giao diện · Update the message catalogs
	@$(TOOLS) messages $(ARGS)

lighthouse: ## Đo cổng minh hoạ bằng Lighthouse; ARGS=3 đo ba lượt · Measure the running demonstration with Lighthouse; ARGS=3 for three runs
	@$(TOOLS) lighthouse $(ARGS)

screenshots: ## Chụp mọi loại trang của cổng minh hoạ vào var/screenshots · Photograph every page type of the demonstration into var/screenshots
	@$(TOOLS) screenshots $(ARGS)

help: ## Danh sách này · This list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { split($$2, t, " · "); printf "  make %-11s %s\n%19s%s\n", $$1, t[1], "", t[2] }' $(MAKEFILE_LIST)
