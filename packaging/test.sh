#!/usr/bin/env bash
# test.sh [--peers]: sets circuitsim up with what developers need, then checks everything; fails if any step fails.
# With --peers it also sets up ncps and torch (pinned in pyproject.toml) and compares circuitsim with them. pip takes a
# build of torch for the processor alone where its settings offer one (PIP_FIND_LINKS, PIP_EXTRA_INDEX_URL), and else
# the usual one, which on Linux is several gigabytes large.
set -u
case "$*" in
"") EXTRA=dev ;;
--peers) EXTRA=dev,peers ;;
*)
    echo "circuitsim: test.sh knows no $*; call it with --peers or without anything" >&2
    exit 2
    ;;
esac
# shellcheck source=packaging/setup.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/setup.sh"

SUMMARY=()
FAILED=0

# step NAME COMMAND...: runs the command, and goes on whatever comes of it.
step() {
    local name=$1 status=0 start=$SECONDS
    shift
    printf '\n== %s\n' "$name"
    "$@" </dev/null || status=$?
    if [ "$status" -eq 0 ]; then
        SUMMARY+=("passed  $name ($((SECONDS - start)) s)")
    else
        SUMMARY+=("FAILED  $name (exit status $status)")
        FAILED=1
    fi
}

set_up "$EXTRA"
cd -- "$ROOT" || exit 1
export PATH="$VENV/bin:$PATH"
python=$VENV/bin/python

step "ruff check" "$python" -m ruff check .
step "ruff format" "$python" -m ruff format --check .
step "mypy" "$python" -m mypy
step "import-linter" "$python" -c 'from importlinter.cli import lint_imports_command; lint_imports_command()'
step "tests off-screen" env QT_QPA_PLATFORM=offscreen "$python" -m pytest -q -m "not display" \
    -n "$(nproc)" --dist worksteal
step "tests on a display" env QT_QPA_PLATFORM=xcb xvfb-run -a -s "-screen 0 1600x1000x24 -nolisten tcp" \
    "$python" -m pytest -q -m display

if [ "$EXTRA" = dev ]; then
    SUMMARY+=("left out  comparisons with ncps and torch (marked peers); packaging/test.sh --peers makes them too")
fi
printf '\n== Summary\n'
printf '%s\n' "${SUMMARY[@]}"
exit "$FAILED"
