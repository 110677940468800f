"""What a moved middle snaps to."""

from __future__ import annotations

from circuitsim.app.canvas.guides import Guides


def test_the_grid_holds_where_nothing_stands():
    snap = Guides(()).snap((21.0, -30.0), 1.0)
    assert (snap.at, snap.guides) == ((16.0, -32.0), ())


def test_a_neighbour_attracts_within_reach_and_says_so():
    guides = Guides([(101.0, 7.0), (300.0, 203.0)])
    snap = guides.snap((97.0, 200.0), 1.0)
    assert snap.at == (101.0, 203.0)
    assert snap.guides == (((101.0, 7.0), snap.at), ((300.0, 203.0), snap.at))
    assert guides.snap((97.0, 202.0), 4.0).at == (96.0, 203.0)  # at 400 % the hand is finer


def test_the_nearer_of_two_in_line_is_named():
    snap = Guides([(48.0, 1000.0), (48.0, 96.0)]).snap((50.0, 3.0), 1.0)
    assert snap.guides == (((48.0, 96.0), (48.0, 0.0)),)


def test_what_is_far_away_does_not_attract():
    assert Guides([(101.0, 5000.0)]).snap((97.0, 0.0), 1.0).at == (96.0, 0.0)
