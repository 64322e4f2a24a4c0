// A followed policy: what it meets, in order of time, as waystation.planning.engine.chain.Chain holds it.
//
// Coefficients are indices into one table: the constant one, then powers P^0 .. P^longest of the condition chain of each
// season and area, then the forecast by step. The table does not depend on the horizon.
#pragma once

#include <pybind11/pybind11.h>

#include <cstddef>
#include <cstdint>

#include "kernel.h"

namespace waystation {

constexpr int STOP = 0, WAIT = 1, FIRST_LEG = 2;
constexpr int32_t GONE = -1, SAFE = -2;  // successors that are no state: worth 0, worth 1

struct Table {
    int seasons, areas, longest, conditions;

    size_t power(int season, int area, int duration, int before = 0, int after = 0) const {
        const size_t at = (size_t(season) * areas + area) * (longest + 1) + duration;
        return 1 + (at * conditions + before) * conditions + after;
    }
    size_t forecast(int step, int area, int condition = 0) const {
        return power(seasons, 0, 0) + (size_t(step) * areas + area) * conditions + condition;
    }
};

// States, nodes and entries, unowned. K states, N nodes, E entries.
struct Links {
    int steps;                                   // layers of states
    size_t states, nodes, entries, numbers;      // numbers: coefficients in use
    const int32_t *layer, *node_layer, *entry;   // steps+1, steps+1, N+1
    const int32_t *condition, *action, *node_x, *node_y;  // K
    const int32_t *leaf;                         // K
    const int32_t *succ, *coef;                  // E
    const double *weight, *mass;                 // E, K
};

// Where R draws side by side are read and written; rows are WIDE apart.
constexpr int WIDE = 16;
struct Side {
    const double *numbers, *arrive, *back, *keep;
    double *values, *nodes;  // values: the rows SAFE and GONE lie in front of row 0
    int32_t ring;            // values of state k stand in row k & ring
};

// k draws of the condition chains and of what is believed today.
struct Futures {
    int draws, lead;
    size_t steps;            // of season_of
    const double *chains, *believed;  // k x S x A x C x C, k x A x C
    const int32_t *season_of;         // from today on
};

void bind_chain(pybind11::module_ &module);

}  // namespace waystation
