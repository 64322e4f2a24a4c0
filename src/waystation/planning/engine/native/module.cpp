// The Python module `_native`: checks the arrays, lets go of the interpreter lock, runs the sweep.
#include <pybind11/numpy.h>
#include <pybind11/pybind11.h>

#include <new>
#include <stdexcept>
#include <string>

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
using waystation::Layout;
using waystation::Problem;

namespace {

constexpr int ABI = 1;

template <typename T>
using Array = py::array_t<T, py::array::c_style | py::array::forcecast>;

// An array of the model with its shape checked; keeps it alive for the solve.
template <typename T>
class Field {
public:
    Field(const py::object &model, const char *name) : array_(py::cast<Array<T>>(model.attr(name))), name_(name) {}

    template <typename... Sizes>
    const T *of(Sizes... sizes) const {
        const py::ssize_t expected[] = {py::ssize_t(sizes)...};
        bool fits = array_.ndim() == py::ssize_t(sizeof...(sizes));
        for (size_t k = 0; fits && k < sizeof...(sizes); ++k) fits = array_.shape(k) == expected[k];
        if (!fits) throw std::invalid_argument(std::string("wrong shape: ") + name_);
        return array_.data();
    }

    py::ssize_t size(int axis) const {
        if (axis >= array_.ndim()) throw std::invalid_argument(std::string("wrong shape: ") + name_);
        return array_.shape(axis);
    }

private:
    Array<T> array_;
    const char *name_;
};

// All arrays of a model, checked, and the problem that points into them.
struct Fields {
    Field<int32_t> area, ptr, dst, profile, wait_to;
    Field<int16_t> cost, wait_cost;
    Field<int8_t> prof_dur;
    Field<bool> goal, leg_open;
    Field<uint8_t> season_of;
    Field<double> stay_value, prof_q, arrive, back, lost, wait_loss, chain, forecast, penalty;
    Problem problem{};

    explicit Fields(const py::object &m)
        : area(m, "area"), ptr(m, "ptr"), dst(m, "dst"), profile(m, "profile"), wait_to(m, "wait_to"),
          cost(m, "cost"), wait_cost(m, "wait_cost"), prof_dur(m, "prof_dur"), goal(m, "goal"),
          leg_open(m, "leg_open"), season_of(m, "season_of"), stay_value(m, "stay_value"), prof_q(m, "prof_q"),
          arrive(m, "arrive"), back(m, "back"), lost(m, "lost"), wait_loss(m, "wait_loss"), chain(m, "chain"),
          forecast(m, "forecast"), penalty(m, "penalty") {
        Problem &p = problem;
        p.places = int(goal.size(0));
        p.seasons = int(chain.size(0));
        p.areas = int(chain.size(1));
        p.conditions = int(chain.size(2));
        p.legs = int(dst.size(0));
        p.profiles = int(prof_dur.size(0));
        p.steps = int(season_of.size(0));
        p.levels = py::cast<int>(m.attr("budget")) + 1;
        const int n = p.places, S = p.seasons, A = p.areas, C = p.conditions, L = p.legs, Q = p.profiles, T = p.steps;
        p.area = area.of(n);
        p.ptr = ptr.of(n + 1);
        p.dst = dst.of(L);
        p.profile = profile.of(L);
        p.wait_to = wait_to.of(n);
        p.cost = cost.of(L);
        p.wait_cost = wait_cost.of(n);
        p.prof_dur = prof_dur.of(Q, waystation::POINTS);
        p.goal = reinterpret_cast<const uint8_t *>(goal.of(n));
        p.leg_open = reinterpret_cast<const uint8_t *>(leg_open.of(T, L));
        p.season_of = season_of.of(T);
        p.stay_value = stay_value.of(n);
        p.prof_q = prof_q.of(Q, waystation::POINTS);
        p.arrive = arrive.of(S, L, C);
        p.back = back.of(S, L, C);
        p.lost = lost.of(S, L, C, 3);
        p.wait_loss = wait_loss.of(S, n, C, 3);
        p.chain = chain.of(S, A, C, C);
        p.forecast = forecast.of(T + 1, A, C);
        p.penalty = penalty.of(3);
        check_indices();
    }

private:
    static void demand(bool holds, const char *what) {
        if (!holds) throw std::invalid_argument(what);
    }

    // What would read or write outside an array; sense and sums are checked elsewhere.
    void check_indices() const {
        const Problem &p = problem;
        demand(p.conditions >= 1 && p.conditions <= waystation::MOST_CONDITIONS, "conditions");
        demand(p.levels >= 1 && p.levels <= 32768, "budget");
        demand(p.ptr[0] == 0 && p.ptr[p.places] == p.legs, "ptr");
        for (int i = 0; i < p.places; ++i) {
            const int out = p.ptr[i + 1] - p.ptr[i];
            demand(out >= 0 && out <= 253, "ptr");
            demand(p.area[i] >= 0 && p.area[i] < p.areas, "area");
            demand(p.wait_cost[i] >= 0, "wait_cost");
            const int j = p.wait_to[i];
            demand(j >= -1 && j < p.places && (j < 0 || p.area[j] == p.area[i]), "wait_to");
        }
        for (int l = 0; l < p.legs; ++l) {
            demand(p.dst[l] >= 0 && p.dst[l] < p.places, "dst");
            demand(p.cost[l] >= 0, "cost");
            demand(p.profile[l] >= 0 && p.profile[l] < p.profiles, "profile");
        }
        for (int k = 0; k < p.profiles * waystation::POINTS; ++k)
            demand(p.prof_dur[k] >= 1 && p.prof_dur[k] <= 31, "prof_dur");
        for (int t = 0; t < p.steps; ++t) demand(p.season_of[t] < p.seasons, "season_of");
    }
};

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
}
