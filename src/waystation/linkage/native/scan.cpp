// The Python module `_scan`: where in a batch of bytes a hit may begin. The same answer as `Sieve` gives in NumPy, in one
// pass over the bytes and without the interpreter's lock, so that records are unsealed meanwhile.
#include <pybind11/numpy.h>
#include <pybind11/pybind11.h>

#include <cstdint>
#include <stdexcept>
#include <vector>

namespace py = pybind11;

namespace {

constexpr py::ssize_t PAIRS = 65536;

// batch: uint8 (size + places or more); tables: uint32 (places, 65536), bits of the kinds of hit by the pair of bytes at
// a place (the second byte times 256, plus the first). Gives places below `size`, rising, and what bits are left there.
py::tuple places(const py::array_t<std::uint8_t, py::array::c_style>& batch, const py::ssize_t size,
                 const py::array_t<std::uint32_t, py::array::c_style>& tables) {
  if (batch.ndim() != 1 || tables.ndim() != 2 || tables.shape(1) != PAIRS || tables.shape(0) < 1 || size < 0 ||
      batch.shape(0) < size + tables.shape(0)) {
    throw std::invalid_argument("batch: uint8 (size + places or more); tables: uint32 (places, 65536)");
  }
  const std::uint8_t* const byte = batch.data();
  const std::uint32_t* const bits = tables.data();
  const py::ssize_t count = tables.shape(0);
  std::vector<std::int64_t> where;
  std::vector<std::uint32_t> kinds;
  {
    const py::gil_scoped_release unlocked;
    std::vector<std::uint8_t> starts(PAIRS / 8);  // one bit a pair: eight kilobytes stay in the nearest cache, the table not
    for (py::ssize_t pair = 0; pair < PAIRS; ++pair) {
      starts[pair >> 3] |= static_cast<std::uint8_t>((bits[pair] != 0) << (pair & 7));
    }
    for (py::ssize_t at = 0; at < size; ++at) {
      const unsigned first = byte[at] | byte[at + 1] << 8;
      if (!(starts[first >> 3] >> (first & 7) & 1)) continue;
      std::uint32_t left = bits[first];
      for (py::ssize_t k = 1; left && k < count; ++k) {
        left &= bits[k * PAIRS + (byte[at + k] | byte[at + k + 1] << 8)];
      }
      if (left) {
        where.push_back(at);
        kinds.push_back(left);
      }
    }
  }
  return py::make_tuple(py::array_t<std::int64_t>(where.size(), where.data()),
                        py::array_t<std::uint32_t>(kinds.size(), kinds.data()));
}

}  // namespace

PYBIND11_MODULE(_scan, module) { module.def("places", &places); }
