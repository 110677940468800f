"""Pure painters: functions of a painter, a place in pixels, a look and a theme."""
