"""A table of numbers as a Parquet file: one row group, plain, uncompressed, and nothing in it changes from run to run.

Readers of Parquet are everywhere; a writer of two types is these few lines, while the usual one is a hundred times as
large as the planner (docs/decisions/0068). The same numbers give the same bytes.
"""

import struct
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

MAGIC = b"PAR1"
MAKER = "waystation"
INT32, DOUBLE = 1, 5                       # physical types
PLAIN, RLE = 0, 3                          # encodings
I32, I64, BINARY, LIST, STRUCT = 5, 6, 8, 9, 12  # kinds of field in Thrift's compact protocol
SHORT = 15                                 # a list of fewer elements keeps its size in its first byte
Field = tuple[int, int, bytes]             # number, kind, what is written


def parquet(columns: Mapping[str, NDArray[np.int32] | NDArray[np.float64]], notes: Mapping[str, str]) -> bytes:
    """The file. Columns are int32 or float64 and equally long; `notes` stand in its footer. Raises `ValueError`.

    >>> made = parquet({"a": np.array([1, 2], np.int32)}, {})
    >>> made[:4], made[-4:], made == parquet({"a": np.array([1, 2], np.int32)}, {})
    (b'PAR1', b'PAR1', True)
    """
    lengths = {len(values) for values in columns.values()}
    if len(lengths) != 1:
        raise ValueError("a table needs columns, all of one length")
    (rows,) = lengths
    body, chunks = bytearray(MAGIC), list[bytes]()
    for name, values in columns.items():
        kind = _kind(values)
        data = values.astype("<i4" if kind == INT32 else "<f8").tobytes()
        page = _page(len(data), rows) + data
        chunks.append(_chunk(name, kind, rows, len(page), len(body)))
        body += page
    group = _struct((1, LIST, _list(STRUCT, chunks)), (2, I64, _whole(len(body) - len(MAGIC))), (3, I64, _whole(rows)))
    footer = _struct(
        (1, I32, _whole(1)), (2, LIST, _list(STRUCT, _schema(columns))), (3, I64, _whole(rows)),
        (4, LIST, _list(STRUCT, [group])),
        (5, LIST, _list(STRUCT, [_struct((1, BINARY, _text(key)), (2, BINARY, _text(said)))
                                 for key, said in sorted(notes.items())])),
        (6, BINARY, _text(MAKER)))
    return bytes(body) + footer + struct.pack("<I", len(footer)) + MAGIC


def _kind(values: NDArray[np.int32] | NDArray[np.float64]) -> int:
    if values.ndim != 1 or values.dtype not in (np.dtype(np.int32), np.dtype(np.float64)):
        raise ValueError("a column is a row of int32 or of float64")
    return INT32 if values.dtype == np.dtype(np.int32) else DOUBLE


def _schema(columns: Mapping[str, NDArray[np.int32] | NDArray[np.float64]]) -> list[bytes]:
    root = _struct((4, BINARY, _text("rows")), (5, I32, _whole(len(columns))))
    return [root, *(_struct((1, I32, _whole(_kind(values))), (3, I32, _whole(0)), (4, BINARY, _text(name)))
                    for name, values in columns.items())]


def _page(size: int, rows: int) -> bytes:
    head = _struct((1, I32, _whole(rows)), (2, I32, _whole(PLAIN)), (3, I32, _whole(RLE)), (4, I32, _whole(RLE)))
    return _struct((1, I32, _whole(0)), (2, I32, _whole(size)), (3, I32, _whole(size)), (5, STRUCT, head))


def _chunk(name: str, kind: int, rows: int, size: int, offset: int) -> bytes:
    told = _struct(
        (1, I32, _whole(kind)), (2, LIST, _list(I32, [_whole(PLAIN)])), (3, LIST, _list(BINARY, [_text(name)])),
        (4, I32, _whole(0)), (5, I64, _whole(rows)), (6, I64, _whole(size)), (7, I64, _whole(size)),
        (9, I64, _whole(offset)))
    return _struct((2, I64, _whole(offset)), (3, STRUCT, told))


def _struct(*fields: Field) -> bytes:
    made, before = bytearray(), 0
    for number, kind, value in fields:
        made += bytes([(number - before) << 4 | kind]) + value
        before = number
    return bytes(made) + b"\0"


def _list(kind: int, values: Sequence[bytes]) -> bytes:
    count = len(values)
    head = bytes([count << 4 | kind]) if count < SHORT else bytes([SHORT << 4 | kind]) + _varint(count)
    return head + b"".join(values)


def _text(said: str) -> bytes:
    data = said.encode()
    return _varint(len(data)) + data


def _whole(number: int) -> bytes:
    return _varint(number << 1)  # zigzag of what is never negative here


def _varint(number: int) -> bytes:
    made = bytearray()
    while number > 0x7F:
        made.append(number & 0x7F | 0x80)
        number >>= 7
    made.append(number)
    return bytes(made)
