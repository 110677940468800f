#!/usr/bin/env bash
# Sets circuitsim up where that is needed, then starts it: launch.sh [FILE | VERB ...]
set -u
# shellcheck source=packaging/setup.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/setup.sh"

# wants_window ARGUMENTS...: no argument, or a circuit file alone.
wants_window() {
    [ "$#" -eq 0 ] || { [ "$#" -eq 1 ] && [ -f "$1" ]; }
}

# A window that is drawn nowhere would stay open for ever, unseen.
has_display() {
    [[ ${QT_QPA_PLATFORM-} != @(offscreen|minimal)* ]] &&
        "$PYTHON" -P -c 'import sys; from circuitsim.app.window.display import has_display; sys.exit(not has_display())'
}

set_up ""
PYTHON=$VENV/bin/python
if wants_window "$@" && ! has_display; then
    # A file that cannot be opened is worth more words than a display that is missing.
    [ "$#" -eq 0 ] || "$PYTHON" -P -m circuitsim check "$1" >/dev/null || exit
    say "there is no display, so the window is driven off-screen on the tap-withdrawal example"
    set -- demo
fi
exec "$PYTHON" -P -m circuitsim "$@"
