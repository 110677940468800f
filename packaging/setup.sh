# Sets up the machine and the environment of circuitsim; sourced by launch.sh and test.sh.
# shellcheck shell=bash

ROOT=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd -P)
VENV=$ROOT/.venv
STAMP=$VENV/.circuitsim-setup # written last: without it the environment is not trusted and made again
OLDEST=3.11

# What Qt needs off-screen, on X11 and on Wayland, what numba's threads need, the fonts of the window.
LIBRARIES=(
    libglib2.0-0 libgl1 libegl1 libxkbcommon0 libfreetype6 libfontconfig1 libdbus-1-3
    libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 libxkbcommon-x11-0 libxcb-shape0 libxcb-image0
    libxcb-render-util0 libxcb-randr0 libxcb-sync1 libxcb-xfixes0 libxcb-xkb1 libx11-xcb1
    libwayland-client0 libwayland-cursor0 libwayland-egl1
    libgomp1 fonts-inter fonts-dejavu-core fonts-stix
)
DISPLAY_SERVER=(xvfb xauth xdotool) # and the hand that moves its mouse
MODULES=(PySide6 shiboken6 pyqtgraph numpy scipy numba llvmlite msgspec platformdirs circuitsim)
PEER_MODULES=(ncps torch)
DEV_MODULES=(pytest pytestqt pytest_timeout hypothesis ruff mypy importlinter pandas build hatchling)

trap 'exit 130' INT TERM # pip and apt-get answer an interruption in their own way; the script stops

say() {
    printf 'circuitsim: %s\n' "$*" >&2
}

stop() {
    say "$@"
    exit 1
}

# An extra is "", dev or dev,peers here: each begins with those that it contains.

# set_up EXTRA: everything that is missing, and nothing else.
set_up() {
    local extra=$1
    install_packages "$([ -z "$extra" ] || echo "${DISPLAY_SERVER[*]}")"
    environment_is_current "$extra" || make_environment "$extra"
}

# quietly WHAT COMMAND...: one line and a dot every few seconds instead of the command's output, which is shown
# if it fails.
quietly() {
    local what=$1 log dots status=0
    shift
    log=$(mktemp) || exit 1
    printf 'circuitsim: %s ' "$what" >&2
    while sleep 3 >/dev/null 2>&1; do printf . >&2; done &
    dots=$!
    # shellcheck disable=SC2064 # the number is known now and gone later
    trap "kill $dots 2>/dev/null; rm -f '$log'; echo >&2" EXIT
    "$@" >"$log" 2>&1 </dev/null || status=$?
    kill "$dots" 2>/dev/null
    wait "$dots" 2>/dev/null
    trap - EXIT
    if [ "$status" -eq 0 ]; then
        printf ' done\n' >&2
    else
        printf ' failed\n' >&2
        tail -n 15 "$log" >&2
    fi
    rm -f "$log"
    return "$status"
}

### System packages

debian_like() {
    command -v apt-get >/dev/null && command -v dpkg-query >/dev/null
}

# Newer releases carry some libraries under a name that ends in t64.
missing_packages() {
    local installed name
    installed=$(dpkg-query -W -f '${db:Status-Status} ${Package}\n' "$@" "${@/%/t64}" 2>/dev/null)
    for name in "$@"; do
        case $'\n'$installed$'\n' in
        *$'\n'"installed $name"$'\n'* | *$'\n'"installed ${name}t64"$'\n'*) ;;
        *) printf '%s ' "$name" ;;
        esac
    done
}

# install_packages "EXTRA...": the libraries and the given packages, as far as they are missing.
install_packages() {
    debian_like || return 0
    local missing
    # shellcheck disable=SC2086 # a list of names
    missing=$(missing_packages "${LIBRARIES[@]}" $1)
    if ! "$VENV/bin/python" -c '' 2>/dev/null && ! find_python >/dev/null; then
        [ ! -x /usr/bin/python3 ] || new_enough /usr/bin/python3 || no_python
        missing+=$(missing_packages python3 python3-venv)
    fi
    [ -n "$missing" ] || return 0
    # shellcheck disable=SC2086
    apt_install $missing
}

apt_install() {
    local command=(env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o DPkg::Lock::Timeout=300)
    if [ "$(id -u)" -ne 0 ]; then
        if ! command -v sudo >/dev/null; then
            by_hand "" "$@"
        elif ! sudo -n true 2>/dev/null; then
            # Asked for here, not in the middle of the installation, and only where somebody can answer.
            { : </dev/tty; } 2>/dev/null || by_hand "sudo " "$@"
            say "installing system packages needs your permission: $*"
            sudo -v || by_hand "sudo " "$@"
        fi
        command=(sudo "${command[@]}")
    fi
    # An update can fail because of one source that has nothing to do with us: the installation decides.
    quietly "reading the package lists" "${command[@]}" update || true
    quietly "installing $# system packages" "${command[@]}" install --no-install-recommends "$@" ||
        by_hand "" "$@"
}

# by_hand "sudo "|"" PACKAGE...: says what to type instead, and stops.
by_hand() {
    local sudo=$1 root=" as root"
    [ -z "$sudo" ] || root=""
    shift
    say "system packages are missing; install them with this command${root}, then start again:"
    printf '%sapt-get update && %sapt-get install -y --no-install-recommends %s\n' "$sudo" "$sudo" "$*" >&2
    exit 1
}

### Python and its environment

# new_enough PYTHON [MODULE...]: it runs, is not too old, and has the modules.
new_enough() {
    "$1" -c "
import sys
from importlib.util import find_spec
sys.exit(sys.version_info < (${OLDEST/./, }) or not all(map(find_spec, sys.argv[1:])))
" "${@:2}" 2>/dev/null
}

# Name of a Python that is new enough and can make environments.
find_python() {
    local python
    for python in python3 /usr/bin/python3 python3.13 python3.12 python3.11; do
        if new_enough "$python" venv ensurepip; then
            printf '%s\n' "$python"
            return 0
        fi
    done
    return 1
}

no_python() {
    local version
    version=$(python3 -c 'import platform; print(platform.python_version())' 2>/dev/null)
    stop "Python $OLDEST or newer with the modules venv and ensurepip is needed, and python3 here is" \
        "${version:-missing}; please install it (Debian 12 and Ubuntu 24.04 have it)"
}

# fingerprint EXTRA: what an installation depends on.
fingerprint() {
    printf '%s\n' "$ROOT" "$1"
    sha256sum <"$ROOT/pyproject.toml"
}

# environment_is_current EXTRA: the environment is complete and fits pyproject.toml.
environment_is_current() {
    [ -e "$STAMP" ] && [ "$(fingerprint "$1")" = "$(stamped "$1")" ] && has_modules "$1"
}

# has_modules EXTRA: the environment's Python runs and finds what was installed.
has_modules() {
    local modules=("${MODULES[@]}")
    [ -z "$1" ] || modules+=("${DEV_MODULES[@]}")
    [[ $1 != *peers ]] || modules+=("${PEER_MODULES[@]}")
    "$VENV/bin/python" -I -c "
import sys
from importlib.util import find_spec
sys.exit(not all(map(find_spec, sys.argv[1:])))
" "${modules[@]}" 2>/dev/null
}

# The stamp as it reads for this extra: an environment with a larger one serves too.
stamped() {
    if contains "$(sed -n 2p "$STAMP")" "$1"; then sed "2s/.*/$1/" "$STAMP"; else cat "$STAMP"; fi
}

# contains EXTRA EXTRA: the first brings all that the second brings.
contains() {
    [[ $1 == "$2"* ]]
}

make_environment() {
    local extra=$1 python lock
    # Two calls at once must not write into one environment; the script itself serves as the lock.
    exec {lock}<"${BASH_SOURCE[0]}"
    if command -v flock >/dev/null; then flock "$lock"; fi
    if ! environment_is_current "$extra"; then
        [ -w "$ROOT" ] || stop "$ROOT cannot be written to, so there is no place for its environment"
        if usable_environment; then
            # What an older pyproject.toml brought stays installed, and so do the extras.
            ! contains "$(sed -n 2p "$STAMP")" "$extra" || extra=$(sed -n 2p "$STAMP")
            rm -f "$STAMP"
        else
            python=$(find_python) || no_python
            rm -rf "$VENV"
            quietly "making the environment .venv" "$python" -m venv "$VENV" ||
                stop "the environment could not be made with $(command -v "$python")"
        fi
        quietly "installing the Python libraries, which takes a minute or two" \
            "$VENV/bin/python" -m pip install --disable-pip-version-check --no-input \
            --editable "$ROOT${extra:+[$extra]}" ||
            stop "the Python libraries were not installed; is the network reachable? Call this again to go on"
        check_libraries
        # Only a matter of comfort: what is not compiled now is compiled when it is first used.
        [ -n "$extra" ] || quietly "compiling the equations, so that nothing has to wait for them" \
            "$VENV/bin/python" -P -m circuitsim compile || true
        fingerprint "$extra" >"$STAMP.new" && mv "$STAMP.new" "$STAMP"
    fi
    exec {lock}<&-
}

# The environment was finished once, in this place, and still works: only what to install has changed.
usable_environment() {
    [ -e "$STAMP" ] && [ "$(head -n 1 "$STAMP")" = "$ROOT" ] && has_modules "" &&
        "$VENV/bin/python" -I -m pip --version >/dev/null 2>&1
}

# Where packages cannot be installed by name, say which libraries Qt misses.
check_libraries() {
    debian_like && return 0
    command -v ldd >/dev/null || return 0
    local qt missing
    qt=$("$VENV/bin/python" -I -c 'import PySide6; print(PySide6.__path__[0])')/Qt
    missing=$(ldd "$qt"/lib/libQt6Widgets.so.6 "$qt"/plugins/platforms/lib{qxcb,qoffscreen}.so 2>/dev/null |
        awk '/not found/ { print $1 }' | sort -u | tr '\n' ' ')
    [ -z "$missing" ] || stop "Qt needs these libraries of the system, please install them: $missing" \
        "(and the font Inter, for the intended look)"
}
