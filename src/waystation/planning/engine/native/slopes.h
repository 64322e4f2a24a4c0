// The adjoint of P(safe) in one draw: how it moves with each stratum and each coefficient.
#pragma once

#include <vector>

#include "chain.h"

namespace waystation {

// One draw: backward, and at each node what its flow makes of the coefficients.
struct Slopes {
    std::vector<double> arrive, back, keep, coef, start;
    double safe = 0;

    Slopes(const Links &c, size_t leaves, int conditions, const double *numbers, const double *arriving,
           const double *turned, const double *kept)
        : arrive(leaves), back(leaves), keep(leaves), coef(c.numbers), start(conditions) {
        std::vector<double> values(c.states), node(c.nodes), flow(c.nodes);
        for (size_t k = 0; k < c.states; ++k) {
            if (c.action[k] == STOP) continue;
            flow[c.node_x[k]] += c.mass[k] * (c.action[k] == WAIT ? kept : arriving)[c.leaf[k]];
            if (c.action[k] != WAIT) flow[c.node_y[k]] += c.mass[k] * turned[c.leaf[k]];
        }
        for (int t = c.steps - 1; t >= 0; --t) {
            for (int32_t n = c.node_layer[t]; n < c.node_layer[t + 1]; ++n) {
                double sum = 0;
                for (int32_t e = c.entry[n]; e < c.entry[n + 1]; ++e) {
                    const int32_t state = c.succ[e];
                    const double ahead = c.weight[e] * (state >= 0 ? values[state] : double(state == SAFE));
                    sum += numbers[c.coef[e]] * ahead;
                    coef[c.coef[e]] += flow[n] * ahead;
                }
                node[n] = sum;
            }
            for (int32_t k = c.layer[t]; k < c.layer[t + 1]; ++k) {
                if (c.action[k] == STOP) continue;
                const int32_t leaf = c.leaf[k];
                const double x = node[c.node_x[k]];
                if (c.action[k] == WAIT) {
                    values[k] = kept[leaf] * x;
                    keep[leaf] += c.mass[k] * x;
                } else {
                    const double y = node[c.node_y[k]];
                    values[k] = arriving[leaf] * x + turned[leaf] * y;
                    arrive[leaf] += c.mass[k] * x;
                    back[leaf] += c.mass[k] * y;
                }
            }
        }
        for (int32_t k = c.layer[0]; k < c.layer[1]; ++k) {
            start[c.condition[k]] += values[k];
            safe += c.mass[k] * values[k];
        }
    }
};

}  // namespace waystation
