"""Lesions under the solver ncps are what zeros in the masks are in ncps: by its equations in numpy, and by ncps itself."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ncps_circuits import hidden
from numpy_cfc import memory as remembered
from trained_runs import arrays_of, memory_of, signals, states

import circuitsim as cs
from circuitsim.circuit.edits import Delete, SetMuted
from circuitsim.circuit.elements import Input, Neuron
from circuitsim.circuit.lesions import acting_synapses
from circuitsim.io.weights import safetensors

N, M = 6, 2


def stored(folder, arrays, memory=()) -> cs.Circuit:
    """The circuit of some arrays, by way of a file."""
    path = folder / "net.safetensors"
    named = {f"rnn_cell.{name}": array for name, array in arrays.items()}
    safetensors.write(path, dict(memory) | named, {})
    return cs.load(path, constraints="explicit")


def masked(arrays, circuit, lost) -> dict[str, np.ndarray]:
    """The arrays with zeros in the masks where neurons or synapses of a circuit are lost."""
    result = arrays | {name: arrays[name].copy() for name in ("sparsity_mask", "sensory_sparsity_mask")}
    for element in (circuit.elements[i] for i in lost):
        if isinstance(element, Neuron):
            k = int(element.name[1:])
            result["sparsity_mask"][k] = result["sparsity_mask"][:, k] = 0.0
            result["sensory_sparsity_mask"][:, k] = 0.0
        else:
            pre, post = (circuit.elements[i] for i in (element.pre, element.post))
            name = "sensory_sparsity_mask" if isinstance(pre, Input) else "sparsity_mask"
            result[name][int(pre.name[1:]), int(post.name[1:])] = 0.0
    return result


@given(seed=st.integers(0, 2**32), data=st.data())
@settings(max_examples=15, deadline=None)
def test_a_lesion_is_a_mask_of_zeros_and_to_the_bit_what_deleting_is(tmp_path_factory, seed, data) -> None:
    r = np.random.default_rng(seed)
    arrays = arrays_of(r, N, M)
    spans, times, values, inputs = signals(r, M, 8)
    circuit = stored(tmp_path_factory.mktemp("net"), arrays)
    parts = [e.id for e in (*circuit.neurons, *circuit.synapses)]
    lost = tuple(data.draw(st.sets(st.sampled_from(parts), min_size=1, max_size=5)))
    due = hidden(masked(arrays, circuit, lost), values, spans, np.zeros(N))
    muted, gone = circuit.copy(), circuit.copy()
    muted.apply(SetMuted(lost, muted=True))
    found = states(muted, inputs, times)
    assert np.abs(found - due).max() < 1e-12
    left = {s.id for s in acting_synapses(muted)}
    gone.apply(Delete(frozenset(s.id for s in circuit.synapses if s.id not in left)))
    np.testing.assert_array_equal(states(gone, inputs, times), found)


@given(seed=st.integers(0, 2**32), lost=st.sets(st.integers(0, N - 1), min_size=1, max_size=3))
@settings(max_examples=10, deadline=None)
def test_a_muted_unit_with_a_mixed_memory_holds_0_and_nobody_hears_of_it(
    tmp_path_factory, seed, lost
) -> None:
    r, folder = np.random.default_rng(seed), tmp_path_factory.mktemp("net")
    arrays, memory = arrays_of(r, N, M), memory_of(r, N, M)
    spans, times, values, inputs = signals(r, M, 8)
    circuit = stored(folder, arrays, memory)
    units = tuple(circuit[f"n{k}"].id for k in lost)
    cut = masked(arrays, circuit, units)
    due, h, c, silent = [], np.zeros(N), np.zeros(N), sorted(lost)
    for x, span in zip(values, spans, strict=True):
        h, c = remembered(memory, x, h, c)
        h = hidden(cut, x[None], np.array([span]), h)[0]
        h[silent] = 0.0
        due.append(h)
    circuit.apply(SetMuted(units, muted=True))
    found = states(circuit, inputs, times)
    assert np.abs(found - np.array(due)).max() < 1e-12
    cs.save(circuit, folder / "lesioned.safetensors")
    again = states(cs.load(folder / "lesioned.safetensors"), inputs, times)
    assert np.abs(again - found).max() < 1e-12


@pytest.mark.peers
@pytest.mark.parametrize("mixed", [False, True])
def test_ncps_itself_gives_these_numbers_for_a_lesion(tmp_path, mixed) -> None:
    import torch
    from ncps.torch import LTC
    from ncps.wirings import Random

    torch.manual_seed(5)
    wiring = Random(N, output_dim=2, sparsity_level=0.3, random_seed=5)
    model = LTC(M, wiring, mixed_memory=mixed, return_sequences=True).double()
    arrays = {name: array.numpy() for name, array in model.state_dict().items()}
    safetensors.write(tmp_path / "whole.safetensors", arrays, {})
    circuit = cs.load(tmp_path / "whole.safetensors")
    spans, times, values, inputs = signals(np.random.default_rng(5), M, 8)

    def told(weights) -> np.ndarray:
        """States that ncps computes with some weights."""
        model.load_state_dict({name: torch.tensor(np.float64(a)) for name, a in weights.items()})
        with torch.no_grad():
            zeros = torch.zeros(1, N, dtype=torch.float64)
            state, rows = (zeros, zeros) if mixed else zeros, []
            for x, span in zip(values, spans, strict=True):
                step = torch.tensor(x)[None, None], state, torch.tensor([[span]])
                _, state = model(*step)
                rows.append((state[0] if mixed else state)[0].numpy())
        return np.array(rows)

    whole = states(circuit, inputs, times)
    assert np.abs(whole - told(arrays)).max() < 1e-12
    lost = [circuit["n3"].id, *([] if mixed else [circuit.synapses[0].id, circuit.synapses[-1].id])]
    circuit.apply(SetMuted(tuple(lost), muted=True))
    found = states(circuit, inputs, times)
    assert np.abs(found - whole).max() > 1e-3
    if not mixed:
        names = ("sparsity_mask", "sensory_sparsity_mask")
        cell = {name: arrays[f"rnn_cell.{name}"] for name in names}
        cut = {f"rnn_cell.{name}": a for name, a in masked(cell, circuit, lost).items()}
        assert np.abs(found - told(arrays | cut)).max() < 1e-12
    cs.save(circuit, tmp_path / "lesioned.safetensors")
    exported, _ = safetensors.read(tmp_path / "lesioned.safetensors")
    assert np.abs(found - told(arrays | exported)).max() < 1e-12
