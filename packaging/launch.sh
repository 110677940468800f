#!/usr/bin/env bash
# Sets circuitsim up where that is needed, then starts it: launch.sh [FILE | VERB ...]
set -u
# shellcheck source=packaging/setup.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/setup.sh"

# wants_window ARGUMENTS...: no argument, or a circuit file alone.
wants_window() {
    [ "$#" -eq 0 ] || { [ "$#" -eq 1 ] && [ -f "$1" ]; }
}

# A display that is named but not there would end the program without a word that helps.
has_display() {
    [ "$(uname -s)" = Linux ] || return 0
    [ -z "${QT_QPA_PLATFORM-}${WAYLAND_DISPLAY-}" ] || return 0
    local local_display='^(unix)?:([0-9]+)'
    if [[ ${DISPLAY-} =~ $local_display ]]; then
        [ -S "/tmp/.X11-unix/X${BASH_REMATCH[2]}" ]
    else
        [ -n "${DISPLAY-}" ]
    fi
}

set_up ""
if wants_window "$@" && ! has_display; then
    say "there is no display, so the window is driven off-screen on the tap-withdrawal example"
    set -- demo
fi
exec "$VENV/bin/python" -P -m circuitsim "$@"
