// The Python module `_native`: checks the arrays, lets go of the interpreter lock, runs the sweep.
#include <new>
#include <stdexcept>
#include <string>

#include "chain.h"
#include "fields.h"
#include "layout.h"

#if (defined(__GNUC__) || defined(__clang__)) && !defined(WS_SCALAR)
#define WS_VECTORS 1
#endif

namespace waystation {

#ifdef WS_VECTORS
#define WS_LANES 2
#else
#define WS_LANES 1
#endif
namespace baseline {
#include "kernel_body.h"
#include "rates_body.h"
}
#undef WS_LANES

#if defined(WS_VECTORS) && defined(__x86_64__)
#define WS_AVX2 1
#define WS_LANES 4
#if defined(__clang__)
#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)
#else
#pragma GCC push_options
#pragma GCC target("avx2,fma")
#endif
namespace avx2 {
#include "kernel_body.h"
#include "rates_body.h"
}
#if defined(__clang__)
#pragma clang attribute pop
#else
#pragma GCC pop_options
#endif
#undef WS_LANES
#endif

}  // namespace waystation

namespace py = pybind11;
using waystation::Answer;
using waystation::Array;
using waystation::Array;
using waystation::Fields;
using waystation::Layout;
using waystation::Problem;

namespace {

constexpr int ABI = 2;

bool has_avx2() {
#ifdef WS_AVX2
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
#else
    return false;
#endif
}

void run(Layout &layout, const Answer &answer, bool wide) {
    std::vector<uint8_t> chosen(layout.width);
#ifdef WS_AVX2
    if (wide) return waystation::avx2::sweep(layout.sweep(), answer, chosen.data());
#endif
    (void)wide;
    waystation::baseline::sweep(layout.sweep(), answer, chosen.data());
}

// Multiply-and-adds done, for timing from outside.
double multiply_rounds(long rounds) {
    py::gil_scoped_release released;
#ifdef WS_AVX2
    constexpr int wide = 4, narrow = 2;
    const bool is_wide = has_avx2();
    const volatile double kept = is_wide ? waystation::avx2::multiply(rounds) : waystation::baseline::multiply(rounds);
    (void)kept;
    return 12.0 * double(rounds) * (is_wide ? wide : narrow);
#else
    const volatile double kept = waystation::baseline::multiply(rounds);
    (void)kept;
    return 12.0 * double(rounds) * (sizeof(waystation::baseline::Lanes) / sizeof(double));
#endif
}

// Bytes read, for timing from outside; `values` should be as large as the working set in question.
double read_rounds(const Array<double> &values, long rounds) {
    const long size = long(values.size()) / 32 * 32;
    const double *data = values.data();
    py::gil_scoped_release released;
#ifdef WS_AVX2
    const volatile double kept = has_avx2() ? waystation::avx2::read(data, size, rounds)
                                            : waystation::baseline::read(data, size, rounds);
#else
    const volatile double kept = waystation::baseline::read(data, size, rounds);
#endif
    (void)kept;
    return 8.0 * double(size) * double(rounds);
}

// A zeroed array: untouched pages cost nothing.
template <typename T, typename... Sizes>
py::array zeros(const char *dtype, Sizes... sizes) {
    return py::module_::import("numpy").attr("zeros")(py::make_tuple(sizes...), dtype);
}

py::tuple solve(const py::object &model, int start, bool keep_policy, bool keep_value, const std::string &isa) {
    const Fields fields(model);
    const Problem &p = fields.problem;
    if (start < 0 || start >= p.places) throw std::invalid_argument("start");
    if (isa != "best" && isa != "baseline") throw std::invalid_argument("isa");
    py::array at_start = zeros<double>("f8", p.steps + 1, p.conditions, p.levels);
    py::object policy = py::none(), value = py::none();
    Answer answer{static_cast<double *>(at_start.mutable_data()), nullptr, nullptr};
    if (keep_policy) {
        py::array kept = zeros<uint8_t>("u1", p.steps, p.places, p.conditions, p.levels);
        answer.policy = static_cast<uint8_t *>(kept.mutable_data());
        policy = kept;
    }
    if (keep_value) {
        py::array kept = zeros<double>("f8", p.steps + 1, p.places, p.conditions, p.levels);
        answer.value = static_cast<double *>(kept.mutable_data());
        value = kept;
    }
    {
        py::gil_scoped_release released;
        Layout layout(p);
        if (!waystation::lay_out(layout, start, keep_value)) throw std::bad_alloc();
        run(layout, answer, isa == "best" && has_avx2());
    }
    return py::make_tuple(at_start, policy, value);
}

}  // namespace

PYBIND11_MODULE(_native, module) {
    module.doc() = "Backward induction over one model, compiled. Use waystation.planning.engine.kernels.";
    module.attr("ABI") = ABI;
    module.attr("ISA") = has_avx2() ? "avx2" : "baseline";
    module.def("solve", &solve, py::arg("model"), py::kw_only(), py::arg("start"), py::arg("keep_policy") = true,
               py::arg("keep_value") = false, py::arg("isa") = "best",
               "Arrays (start, policy, value) of a Surface; policy and value may be None.");
    module.def("multiply", &multiply_rounds, py::arg("rounds"), "Multiplies and adds; returns how often, for timing.");
    module.def("read", &read_rounds, py::arg("values"), py::arg("rounds"), "Reads an array; returns the bytes, for timing.");
    waystation::bind_chain(module);
}
