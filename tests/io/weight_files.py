"""Files of weights, written without torch and without the project's own writers."""

from __future__ import annotations

import json
import pickle
import struct
import zipfile
from collections import OrderedDict
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from pathlib import Path

NAMES = {"<f8": "F64", "<f4": "F32", "<f2": "F16", "<i8": "I64", "|b1": "BOOL"}
STORAGES = {"<f8": "DoubleStorage", "<f4": "FloatStorage", "<f2": "HalfStorage", "<i8": "LongStorage"}


def safetensors_bytes(arrays, metadata=None, names=NAMES):
    """A file of safetensors."""
    header, body = {} if metadata is None else {"__metadata__": metadata}, b""
    for name, array in arrays.items():
        data = np.ascontiguousarray(array).tobytes()
        at = [len(body), len(body) + len(data)]
        header[name] = {"dtype": names[array.dtype.str], "shape": list(array.shape), "data_offsets": at}
        body += data
    return framed(header) + body


def framed(header):
    """A header as it stands in a file of safetensors."""
    text = json.dumps(header).encode() if isinstance(header, dict) else header
    return struct.pack("<Q", len(text)) + text


def write_safetensors(path: Path, arrays, metadata=None) -> Path:
    """Write a file of safetensors."""
    path.write_bytes(safetensors_bytes(arrays, metadata))
    return path


class _Rebuild:
    """Stands for a tensor until it is pickled as torch does."""

    def __init__(self, arguments):
        self.arguments = arguments


class _Named:
    """A name of another module, pickled by that name alone."""

    def __init__(self, module, name):
        self.module, self.name = module, name


class TorchPickler(pickle._Pickler):
    """Writes what torch.save writes: names of modules that are not there, and references to storages."""

    def save(self, obj, save_persistent_id=True):
        if isinstance(obj, _Named):
            if self.proto >= 4:
                super().save(obj.module)
                super().save(obj.name)
                self.write(pickle.STACK_GLOBAL)
            else:
                self.write(pickle.GLOBAL + f"{obj.module}\n{obj.name}\n".encode())
        elif isinstance(obj, _Rebuild):
            self.save(_Named("torch._utils", "_rebuild_tensor_v2"))
            self.save(obj.arguments)
            self.write(pickle.REDUCE)
        elif isinstance(obj, tuple) and obj[:1] == ("storage",):
            super().save(tuple(obj), save_persistent_id=False)
            self.write(pickle.BINPERSID)
        else:
            super().save(obj, save_persistent_id)


def state_dict(arrays, views=None):
    """Arrays as a state_dict, and the bytes of their storages; views give other offsets, shapes and strides."""
    result, parts = OrderedDict(), {}
    for k, (name, array) in enumerate(arrays.items()):
        storage = ("storage", _Named("torch", STORAGES[array.dtype.str]), str(k), "cpu", array.size)
        steps = tuple(s // array.itemsize for s in array.strides)
        view = (views or {}).get(name, (0, array.shape, steps))
        result[name] = _Rebuild((storage, *view, False, OrderedDict()))
        parts[f"data/{k}"] = array.tobytes()
    result._metadata = OrderedDict({"": {"version": 1}})
    return result, parts


def archive(path: Path, content: bytes, parts=(), *, order="little", method=zipfile.ZIP_STORED) -> Path:
    """An archive with a pickle."""
    with zipfile.ZipFile(path, "w", method) as target:
        target.writestr("archive/data.pkl", content)
        target.writestr("archive/byteorder", order)
        for name, data in dict(parts).items():
            target.writestr("archive/" + name, data)
        target.writestr("archive/version", "3\n")
    return path


def pickled(value, protocol=2) -> bytes:
    """A pickle as torch writes it."""
    import io

    target = io.BytesIO()
    TorchPickler(target, protocol).dump(value)
    return target.getvalue()


def sequence(
    arrays, views=None, *, order="little", magic=0x1950A86A20F9469CFC6C, short=0, keys=None
) -> bytes:
    """What torch wrote before version 1.6: pickles one after the other, then the numbers of the storages."""
    state, parts = state_dict(arrays, views)
    sizes = {f"data/{k}": array.size for k, array in enumerate(arrays.values())}
    names = [name.removeprefix("data/") for name in parts] if keys is None else keys
    facts = {"protocol_version": 1001, "little_endian": order == "little", "type_sizes": {"int": 4}}
    head = b"".join(pickled(part) for part in (magic, 1001, facts, state, names))
    body = b"".join(struct.pack("<q", sizes[name]) + data for name, data in parts.items())
    return (head + body)[: len(head + body) - short]


def write_torch(path: Path, arrays, views=None, protocol=2, wrap=lambda state: state) -> Path:
    """Write a file of torch.save."""
    state, parts = state_dict(arrays, views)
    return archive(path, pickled(wrap(state), protocol), parts)
