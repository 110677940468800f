#!/usr/bin/env bash
# figures.sh: draws the figures of theory.md anew, from the examples and with the options that stand here.
set -eu
cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.."
python=${PYTHON:-.venv/bin/python}
figure() { # figure NAME EXAMPLE ANALYSIS [OPTION...]
    local name=$1 example=$2 analysis=$3
    shift 3
    "$python" -m circuitsim analyse "resources/examples/$example.circuit.json" "$analysis" "$@" --out "docs/images/theory-$name.svg" >/dev/null
}
figure law sunspots robustness --set calls=40 --set sequences=4
figure edges product bounds
figure lipschitz liquid robustness --set epsilon=0.1
figure bounds liquid bounds
figure standard two-clocks compare
figure random liquid compare --set network=random --set seeds=6
figure causal direction-detector dcm --set at=fixed_point --set input=spot_A --set step=0.05
figure closed closed-form closed-form --set cost=no --set duration=12
figure cells late-caller closed-form --set cost=no
