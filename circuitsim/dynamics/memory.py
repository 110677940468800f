"""What a solver that chooses its own steps keeps between calls, in the first numbers of its work.

Its parameter, the tolerance, comes first. The session sets EDGE, and WAVE and FRESH when anything but time has changed.
"""

from __future__ import annotations

TOLERANCE = 0  # error of a step, per unit and per part of the state
EDGE = 1  # the next instant that no step may straddle
FRESH = 2  # 1: begin a new step at the present time and states
BEGIN = 3  # beginning of the last step
END = 4  # its end
SIZE = 5  # length of the next one
FORMER = 6  # error of the last one in parts of what is tolerated
STALLED = 7  # 1: no step is small enough, or there would be too many
CULPRIT = 8  # the state with the largest error in the last one
TAKEN = 9  # steps so far
ERROR = 10  # the largest error so far, estimated
WAVE = 11  # the shortest wave of an input
MEMORY = 12  # how many numbers there are
