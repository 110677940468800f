"""The log of frames: a line per frame, and a summary when the window closes."""

from __future__ import annotations

import csv

import pytest

from circuitsim.__main__ import _opens_window
from circuitsim.app.window.frame_log import budget
from circuitsim.spec.issue import InputError


def test_every_frame_is_a_line_and_the_last_one_sums_up(window, qtbot, tmp_path):
    path = tmp_path / "frames.csv"
    window.log_frames(path)
    qtbot.wait(1500)
    log, window.frame_log = window.frame_log, None
    log.close()
    assert log.text in path.read_text()
    *lines, summary = path.read_text().splitlines()
    rows = list(csv.DictReader(lines))
    assert len(rows) >= 3
    assert {"t_s", "interval_ms", "canvas_ms", "scope_ms", "paint_ms", "work_ms", "commands"} <= set(rows[0])
    times = [float(row["t_s"]) for row in rows]
    assert times == sorted(times)
    assert all(float(row["work_ms"]) >= float(row["canvas_ms"]) for row in rows)
    warm = int(summary.split()[1])
    assert warm > 1
    assert (
        sum(time > 1.0 for time in times) <= warm <= sum(time >= 1.0 for time in times)
    )  # times are rounded
    assert summary.startswith(f"# {warm} frames after the first second, work ")
    assert "the budget of 16 and 25 ms" in summary


def test_a_file_that_cannot_be_written_is_refused_with_a_sentence(window, tmp_path):
    with pytest.raises(InputError, match="no such file"):
        window.log_frames(tmp_path / "nowhere" / "frames.csv")
    assert window.frame_log is None


def test_the_budget_follows_the_size_of_the_circuit(window):
    assert budget(window.document) == (16.0, 25.0)


def test_the_window_takes_the_option_with_a_file_or_without(tmp_path):
    file = tmp_path / "x.circuit.json"
    file.write_text("{}")
    assert _opens_window([])
    assert _opens_window(["--frame-log", "log.csv"])
    assert _opens_window([str(file), "--frame-log", "log.csv"])
    assert not _opens_window(["run", str(file)])
