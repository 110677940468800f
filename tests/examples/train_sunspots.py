"""Trains the network of the example *Sunspots* with ncps: next year's sunspot number from those so far.

``python tests/examples/train_sunspots.py`` needs the extra peers, takes some minutes, and writes the weights and what
ncps makes of them into ``tests/data/sunspots``. Seeds are fixed; another build of torch may round otherwise.

Years are split as by Weigend, Huberman and Rumelhart (Int J Neural Syst 1 (1990) 193): the years up to 1920 are learned.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
from ncps.torch import LTC
from ncps.wirings import AutoNCP

DATA = Path(__file__).parents[1] / "data" / "sunspots"
SCALE = 200.0  # sunspots that are 1 to the network
UNITS, SEED, WIRING_SEED = 12, 11, 22222
TRAINED_TO = 1920  # the last year whose forecast is learned; later years test
WARM_UP = 15  # years that only set the states
WINDOW, STRIDE = 40, 5  # years that are learned together, and from one such piece to the next
EPOCHS, RATE, DECAY = 500, 0.02, 0.01


def series() -> tuple[np.ndarray, np.ndarray]:
    """Years and scaled sunspot numbers."""
    table = np.genfromtxt(DATA / "sunspots.csv", delimiter=",", names=True)
    return table["year"].astype(int), table["sunspots"] / SCALE


def main() -> None:
    """Train, and write weights and forecasts."""
    torch.manual_seed(SEED)
    torch.set_num_threads(1)
    years, numbers = series()
    model = LTC(1, AutoNCP(UNITS, 1, seed=WIRING_SEED), batch_first=True)
    learned = int(np.searchsorted(years[1:], TRAINED_TO, side="right"))
    x, y = pieces(numbers[:-1], learned), pieces(numbers[1:], learned)
    optimizer = torch.optim.AdamW(model.parameters(), RATE, weight_decay=DECAY)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, EPOCHS)
    for epoch in range(EPOCHS):
        out, _ = model(x)
        loss = ((out - y)[:, WARM_UP:] ** 2).mean()
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        if epoch % 25 == 0:
            print(epoch, SCALE * float(loss.detach()) ** 0.5, flush=True)  # noqa: T201  (a person waits)
    write(model.double(), numbers, years)


def pieces(numbers: np.ndarray, learned: int) -> torch.Tensor:
    """Overlapping pieces of the years that are learned: one for each row, then years, then the one number."""
    starts = range(0, learned - WINDOW + 1, STRIDE)
    cut = np.stack([numbers[k : k + WINDOW] for k in starts])
    return torch.tensor(cut[:, :, None], dtype=torch.float32)


def write(model: LTC, numbers: np.ndarray, years: np.ndarray) -> None:
    """Weights in single precision as trained, and states and forecasts of those very weights in double precision."""
    torch.save({k: v.float() for k, v in model.state_dict().items()}, DATA / "ncp.pt")
    cell, state = model.rnn_cell, torch.zeros(1, UNITS, dtype=torch.float64)
    rows = []
    with torch.no_grad():
        for number in numbers:
            out, state = cell(torch.tensor([[number]]), state, 1.0)
            rows.append([*state[0].tolist(), float(out[0, 0])])
    head = ",".join(["year", *(f"v_n{k}" for k in range(UNITS)), "output_y0"])
    table = np.column_stack([years, rows])
    np.savetxt(
        DATA / "expected.csv",
        table,
        delimiter=",",
        header=head,
        comments="",
        fmt=["%d"] + ["%.17g"] * (UNITS + 1),
    )
    late = years[1:] > TRAINED_TO
    forecast = np.array([r[-1] for r in rows])[:-1]
    for name, guess in (("network", forecast), ("as this year", numbers[:-1])):
        error = SCALE * np.sqrt(np.mean((guess - numbers[1:])[late] ** 2))
        print(name, error)  # noqa: T201


if __name__ == "__main__":
    main()
