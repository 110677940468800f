"""The drawing: painters, scene, view and gestures."""
