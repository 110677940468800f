"""Sizes in device-independent pixels and times in milliseconds that panels and canvas share."""

from __future__ import annotations

SPACE = (2, 4, 6, 8, 12, 16, 24, 32)

# heights and widths of the parts of the window
MENU = 28
TRANSPORT = 40
RAIL = 56
RAIL_NARROW = 44
INSPECTOR = 256
INSPECTOR_NARROW = 240
INSPECTOR_LEAST = 232
SCOPE = 176
SCOPE_NARROW = 160
SCOPE_LEAST = 132
STATUS = 24
CONTROL = 24
ROW = 27
TAB = 28
PADDING = 12

# windows below these sizes have smaller panels and fold their bars
NARROW = 1200
LOW = 760

# corner radii
RADIUS_CHIP = 4
RADIUS_CONTROL = 5
RADIUS_CARD = 8

# line widths
STROKE_BORDER = 1.0
STROKE_TRACE = 1.5
STROKE_TRACE_FOCUSED = 2.25
STROKE_SELECTION = 2.0

# durations, ms
MOTION_HOVER = 80
MOTION_PRESS = 60
MOTION_SELECT = 120
MOTION_PANEL = 160
MOTION_CAMERA = 180
