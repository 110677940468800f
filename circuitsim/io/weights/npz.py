"""Archives of numpy, as a way to bring weights of TensorFlow and Keras."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import TYPE_CHECKING, Any

import numpy as np

from circuitsim.spec.files import LARGEST, read_bytes
from circuitsim.spec.issue import InputError, Issue

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray


def read(path: Path) -> dict[str, NDArray[Any]]:
    """The arrays of a file by name.

    Raises:
        InputError: If it is no such file, is damaged or holds objects of Python.
    """
    data = read_bytes(path)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(part.file_size for part in archive.infolist()) > LARGEST:
                remedy = "save the weights alone"
                raise InputError(Issue(str(path), f"unpacked it is larger than {LARGEST >> 20} MB", remedy))
        with np.load(io.BytesIO(data), allow_pickle=False) as stored:
            return {name: stored[name] for name in stored.files}
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, zlib.error, EOFError, OSError) as error:
        raise InputError(Issue(str(path), "this is no intact archive of numpy", "save it again")) from error
    except (ValueError, MemoryError) as error:
        problem = "an array in it is damaged or holds objects instead of numbers"
        raise InputError(Issue(str(path), problem, "save it again with numpy.savez")) from error
