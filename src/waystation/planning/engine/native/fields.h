// The arrays of a model as Python hands them over: shapes and indices checked, kept alive while they are pointed into.
#pragma once

#include <pybind11/numpy.h>
#include <pybind11/pybind11.h>

#include <stdexcept>
#include <string>

#include "kernel.h"

namespace waystation {

namespace py = pybind11;

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
        p.prof_dur = prof_dur.of(Q, POINTS);
        p.goal = reinterpret_cast<const uint8_t *>(goal.of(n));
        p.leg_open = reinterpret_cast<const uint8_t *>(leg_open.of(T, L));
        p.season_of = season_of.of(T);
        p.stay_value = stay_value.of(n);
        p.prof_q = prof_q.of(Q, POINTS);
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
        demand(p.conditions >= 1 && p.conditions <= MOST_CONDITIONS, "conditions");
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
        for (int k = 0; k < p.profiles * POINTS; ++k)
            demand(p.prof_dur[k] >= 1 && p.prof_dur[k] <= 31, "prof_dur");
        for (int t = 0; t < p.steps; ++t) demand(p.season_of[t] < p.seasons, "season_of");
    }
};

}  // namespace waystation
