// Following a policy and valuing it, for Python: checks the arrays, lets go of the interpreter lock, works.
#include "chain.h"

#include <memory>
#include <string>

#include "fields.h"
#include "follow.h"
#include "slopes.h"

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
#include "chain_body.h"
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
#include "chain_body.h"
}
#if defined(__clang__)
#pragma clang attribute pop
#else
#pragma GCC pop_options
#endif
#undef WS_LANES
#endif

namespace {

bool wide_enough(const std::string &isa) {
    if (isa != "best" && isa != "baseline") throw std::invalid_argument("isa");
#ifdef WS_AVX2
    return isa == "best" && __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
#else
    return false;
#endif
}

void demand(bool holds, const char *what) {
    if (!holds) throw std::invalid_argument(what);
}

template <typename T>
py::array_t<T> give(Grown<T> &grown) {
    const py::ssize_t size = py::ssize_t(grown.size());
    T *data = grown.give_up();
    return py::array_t<T>(size, data, py::capsule(data, [](void *p) { std::free(p); }));
}

template <typename T>
py::array_t<T> copy(const std::vector<T> &from) {
    return py::array_t<T>(py::ssize_t(from.size()), from.data());
}

py::dict follow(const py::object &model, const Array<uint8_t> &policy, int start, const Array<double> &belief, int budget,
                double cut) {
    const Fields fields(model);
    const Problem &p = fields.problem;
    demand(start >= 0 && start < p.places, "start");
    demand(!p.goal[start], "the start is a goal already");
    demand(budget >= 0 && budget < p.levels, "budget");
    demand(belief.ndim() == 1 && belief.shape(0) == p.conditions, "belief");
    demand(policy.ndim() == 4 && policy.shape(0) == p.steps && policy.shape(1) == p.places
           && policy.shape(2) == p.conditions && policy.shape(3) == p.levels, "policy");
    Followed found;
    {
        py::gil_scoped_release released;
        Follower(p, policy.data(), budget, cut, found).run(start, belief.data());
    }
    py::dict all;
    const py::ssize_t S = p.seasons, L = p.legs, n = p.places, C = p.conditions;
    all["layer"] = copy(found.layer), all["node_layer"] = copy(found.node_layer), all["used"] = copy(found.used);
    all["step"] = give(found.step), all["place"] = give(found.place), all["condition"] = give(found.condition);
    all["money"] = give(found.money), all["action"] = give(found.action), all["mass"] = give(found.mass);
    all["row"] = give(found.row), all["node_x"] = give(found.node_x), all["node_y"] = give(found.node_y);
    all["entry"] = give(found.entry), all["succ"] = give(found.succ), all["coef"] = give(found.coef);
    all["weight"] = give(found.weight), all["lost"] = copy(found.lost), all["arrivals"] = copy(found.arrivals);
    all["leg_flow"] = copy(found.leg_flow).reshape({S, L, C});
    all["wait_flow"] = copy(found.wait_flow).reshape({S, n, C});
    all["safe"] = found.safe, all["stopped"] = found.stopped, all["late"] = found.late, all["cut"] = found.cut;
    all["money_left"] = found.money_left;
    return all;
}

// The arrays of a Chain, checked for what would read or write outside of them.
struct Known {
    Field<int32_t> layer, node_layer, entry, condition, action, node_x, node_y, succ, coef, used;
    Field<double> weight, mass;
    Array<int32_t> leaf;
    Links links{};

    Known(const py::object &chain, const Array<int32_t> &leaf_of_state, size_t leaves)
        : layer(chain, "layer"), node_layer(chain, "node_layer"), entry(chain, "entry"), condition(chain, "condition"),
          action(chain, "action"), node_x(chain, "node_x"), node_y(chain, "node_y"), succ(chain, "succ"),
          coef(chain, "coef"), used(chain, "used"), weight(chain, "weight"), mass(chain, "mass"), leaf(leaf_of_state) {
        Links &c = links;
        c.steps = int(layer.size(0)) - 1;
        demand(c.steps >= 1, "layer");
        c.states = mass.size(0);
        c.nodes = entry.size(0) - 1;
        c.entries = succ.size(0);
        c.numbers = used.size(0);
        c.layer = layer.of(c.steps + 1);
        c.node_layer = node_layer.of(c.steps + 1);
        c.entry = entry.of(c.nodes + 1);
        c.condition = condition.of(c.states);
        c.action = action.of(c.states);
        c.node_x = node_x.of(c.states);
        c.node_y = node_y.of(c.states);
        c.succ = succ.of(c.entries);
        c.coef = coef.of(c.entries);
        c.weight = weight.of(c.entries);
        c.mass = mass.of(c.states);
        demand(leaf.ndim() == 1 && size_t(leaf.shape(0)) == c.states, "leaf");
        c.leaf = leaf.data();
        check(leaves);
    }

private:
    static void ascend(const int32_t *of, size_t count, size_t last) {
        bool holds = of[0] == 0 && size_t(of[count]) == last;
        for (size_t k = 0; k < count; ++k) holds &= of[k] <= of[k + 1];
        demand(holds, "the chain is out of order");
    }

    void check(size_t leaves) const {
        const Links &c = links;
        ascend(c.layer, c.steps, c.states);
        ascend(c.node_layer, c.steps, c.nodes);
        ascend(c.entry, c.nodes, c.entries);
        bool holds = true;
        for (size_t e = 0; e < c.entries; ++e)
            holds &= (c.succ[e] >= SAFE) & (c.succ[e] < int64_t(c.states)) & (size_t(c.coef[e]) < c.numbers);
        for (int t = 0; t < c.steps; ++t)
            for (int32_t k = c.layer[t]; k < c.layer[t + 1]; ++k) {
                if (c.action[k] == STOP) continue;
                const auto inside = [&](int32_t node) { return node >= c.node_layer[t] && node < c.node_layer[t + 1]; };
                holds &= size_t(c.leaf[k]) < leaves && inside(c.node_x[k]) && (c.action[k] == WAIT || inside(c.node_y[k]));
            }
        demand(holds, "the chain points outside itself");
    }
};

Table table_of(const py::object &table) {
    const auto number = [&](const char *name) { return py::cast<int>(table.attr(name)); };
    const Table found{number("seasons"), number("areas"), number("longest"), number("conditions")};
    demand(found.seasons > 0 && found.areas > 0 && found.longest > 0, "table");
    demand(found.conditions > 0 && found.conditions <= MOST_CONDITIONS, "conditions");
    return found;
}

// Columns draw .. draw + WIDE of a rows x draws array; missing draws repeat the last one.
void pack(const double *from, size_t rows, size_t draws, size_t draw, double *to) {
    const size_t count = std::min<size_t>(WIDE, draws - draw);
    for (size_t k = 0; k < rows; ++k, to += WIDE) {
        std::copy_n(from + k * draws + draw, count, to);
        std::fill(to + count, to + WIDE, to[count - 1]);
    }
}

// Rows of a ring that holds every value still to be read: from a layer to the longest duration after it.
int32_t ring_of(const Links &c, int longest, bool everything) {
    int32_t most = 0, ring = 1;
    for (int t = 0; t < c.steps; ++t)
        most = std::max(most, c.layer[std::min(t + longest + 1, c.steps)] - c.layer[t]);
    if (everything) most = int32_t(c.states);
    while (ring < most) ring *= 2;
    return ring - 1;
}

py::array_t<double> evaluate(const py::object &chain, const Array<int32_t> &leaf, const Array<double> &numbers,
                             const py::object &rates, bool first_only, const std::string &isa) {
    const Field<double> arrive(rates, "arrive"), back(rates, "back"), keep(rates, "keep");
    const size_t leaves = arrive.size(0);
    const Known known(chain, leaf, leaves);
    const Links &c = known.links;
    demand(numbers.ndim() == 2 && size_t(numbers.shape(0)) == c.numbers, "numbers");
    const size_t draws = numbers.shape(1), rows = first_only ? c.layer[1] : c.states;
    const double *each[] = {numbers.data(), arrive.of(leaves, draws), back.of(leaves, draws), keep.of(leaves, draws)};
    const int32_t ring = ring_of(c, table_of(chain.attr("table")).longest, !first_only);
    const bool wide = wide_enough(isa);
    py::array_t<double> out({rows + (first_only ? 0 : 2), draws});
    double *to = out.mutable_data();
    {
        py::gil_scoped_release released;
        size_t most = 0;
        for (int t = 0; t < c.steps; ++t) most = std::max(most, size_t(c.node_layer[t + 1] - c.node_layer[t]));
        std::vector<double> packed((c.numbers + 3 * leaves) * WIDE), values((size_t(ring) + 3) * WIDE), nodes(most * WIDE);
        std::fill_n(values.data(), WIDE, 1.0);
        double *at = packed.data() + c.numbers * WIDE;
        const Side side{packed.data(), at, at + leaves * WIDE, at + 2 * leaves * WIDE, values.data() + 2 * WIDE,
                        nodes.data(), ring};
        for (size_t draw = 0; draw < draws; draw += WIDE) {
            pack(each[0], c.numbers, draws, draw, packed.data());
            for (int k = 0; k < 3; ++k) pack(each[k + 1], leaves, draws, draw, at + k * leaves * WIDE);
#ifdef WS_AVX2
            if (wide)
                avx2::backward(c, side);
            else
#endif
                baseline::backward(c, side);
            const size_t count = std::min<size_t>(WIDE, draws - draw);
            for (size_t k = 0; k < rows; ++k) std::copy_n(side.values + k * WIDE, count, to + k * draws + draw);
        }
        if (!first_only) {
            std::fill_n(to + rows * draws, draws, 1.0);
            std::fill_n(to + (rows + 1) * draws, draws, 0.0);
        }
    }
    (void)wide;
    return out;
}

py::tuple gradient(const py::object &chain, const Array<int32_t> &leaf, const Array<double> &numbers,
                   const py::object &rates) {
    const Field<double> arrive(rates, "arrive"), back(rates, "back"), keep(rates, "keep");
    const size_t leaves = arrive.size(0);
    const Known known(chain, leaf, leaves);
    const Links &c = known.links;
    demand(numbers.ndim() == 1 && size_t(numbers.shape(0)) == c.numbers, "numbers");
    const double *each[] = {arrive.of(leaves, 1), back.of(leaves, 1), keep.of(leaves, 1)};
    const int conditions = table_of(chain.attr("table")).conditions;
    for (int32_t k = 0; k < c.layer[1]; ++k) demand(c.condition[k] >= 0 && c.condition[k] < conditions, "condition");
    std::unique_ptr<Slopes> found;
    {
        py::gil_scoped_release released;
        found = std::make_unique<Slopes>(c, leaves, conditions, numbers.data(), each[0], each[1], each[2]);
    }
    return py::make_tuple(copy(found->arrive), copy(found->back), copy(found->keep), copy(found->coef),
                          copy(found->start), found->safe);
}

// Coefficients in use in each draw (U x draws), or, with weights (U x m), their weighted sums (m x draws).
class Drawn {
public:
    Drawn(const py::object &table, const Array<int32_t> &used, const py::object &futures)
        : chains_(futures, "chains"), believed_(futures, "believed"), season_of_(futures, "season_of"), used_(used),
          table_(table_of(table)) {
        const int S = table_.seasons, A = table_.areas, C = table_.conditions;
        f.draws = int(chains_.size(0));
        f.lead = py::cast<int>(futures.attr("lead"));
        f.steps = season_of_.size(0);
        f.chains = chains_.of(f.draws, S, A, C, C);
        f.believed = believed_.of(f.draws, A, C);
        f.season_of = season_of_.of(f.steps);
        demand(f.lead >= 0 && size_t(f.lead) <= f.steps, "lead");
        for (size_t k = 0; k < f.steps; ++k) demand(f.season_of[k] >= 0 && f.season_of[k] < S, "season_of");
        demand(used.ndim() == 1, "used");
        index_ = used_.data();
        count = used_.shape(0);
        const size_t end = table_.forecast(int(f.steps) - f.lead + 1, 0);
        for (size_t k = 0; k < count; ++k)
            demand(index_[k] >= 0 && size_t(index_[k]) < end && (!k || index_[k] > index_[k - 1]), "used");
        split_ = std::lower_bound(index_, index_ + count, int64_t(table_.forecast(0, 0))) - index_;
    }

    // Needs no interpreter. `weights` may be null.
    void write(double *out, const double *weights, size_t rows, bool wide) const {
        std::vector<double> sums(rows * WIDE);
#ifdef WS_AVX2
        if (wide) return each<avx2::Block, avx2::Expected, avx2::Room, avx2::Sink>(avx2::numbers, out, weights, sums);
#endif
        (void)wide;
        each<baseline::Block, baseline::Expected, baseline::Room, baseline::Sink>(baseline::numbers, out, weights, sums);
    }

    size_t count = 0;
    Futures f{};

private:
    template <typename Block, typename Expected, typename Room, typename Sink, typename Numbers>
    void each(const Numbers &numbers, double *out, const double *weights, std::vector<double> &sums) const {
        const size_t all = size_t(table_.seasons) * table_.areas, rows = sums.size() / WIDE;
        std::vector<Block> chains(all);
        std::vector<Expected> expected(table_.areas);
        std::vector<uint8_t> met(table_.areas, 0), some(all * MOST_CONDITIONS * MOST_CONDITIONS);
        for (size_t k = split_; k < count; ++k)
            met[(index_[k] - table_.forecast(0, 0)) / table_.conditions % table_.areas] = 1;
        const Room room{chains.data(), reinterpret_cast<uint8_t (*)[MOST_CONDITIONS * MOST_CONDITIONS]>(some.data()),
                        expected.data(), met.data()};
        for (int draw = 0; draw < f.draws; draw += WIDE) {
            std::fill(sums.begin(), sums.end(), 0.0);
            const Sink sink{out, f.draws, draw, int(rows), weights, sums.data()};
            numbers(f, table_, index_, size_t(count && index_[0] == 0), split_, count, room, sink);
            for (size_t k = 0; k < rows; ++k)
                std::copy_n(&sums[k * WIDE], std::min(WIDE, f.draws - draw), out + k * f.draws + draw);
        }
    }

    Field<double> chains_, believed_;
    Field<int32_t> season_of_;
    Array<int32_t> used_;
    Table table_;
    const int32_t *index_ = nullptr;
    size_t split_ = 0;
};

py::array_t<double> drawn_numbers(const py::object &table, const Array<int32_t> &used, const py::object &futures,
                                  const std::string &isa) {
    const Drawn drawn(table, used, futures);
    const bool wide = wide_enough(isa);
    py::array_t<double> out({py::ssize_t(drawn.count), py::ssize_t(drawn.f.draws)});
    double *to = out.mutable_data();
    {
        py::gil_scoped_release released;
        drawn.write(to, nullptr, 0, wide);
    }
    return out;
}

py::array_t<double> drawn_sums(const py::object &table, const Array<int32_t> &used, const Array<double> &weights,
                               const py::object &futures, const std::string &isa) {
    const Drawn drawn(table, used, futures);
    const bool wide = wide_enough(isa);
    demand(weights.ndim() == 2 && size_t(weights.shape(1)) == drawn.count, "weights");
    const size_t rows = weights.shape(0);
    py::array_t<double> out({py::ssize_t(rows), py::ssize_t(drawn.f.draws)});
    double *to = out.mutable_data();
    std::vector<double> across(drawn.count * rows + 1);
    for (size_t i = 0; i < rows; ++i)
        for (size_t k = 0; k < drawn.count; ++k) across[k * rows + i] = weights.data()[i * drawn.count + k];
    {
        py::gil_scoped_release released;
        drawn.write(to, across.data(), rows, wide);
    }
    return out;
}

}  // namespace

void bind_chain(py::module_ &module) {
    module.def("follow", &follow, py::arg("model"), py::arg("policy"), py::kw_only(), py::arg("start"),
               py::arg("belief"), py::arg("budget"), py::arg("cut"), "The fields of a Chain, but its table.");
    module.def("evaluate", &evaluate, py::arg("chain"), py::arg("leaf"), py::arg("numbers"), py::arg("rates"),
               py::kw_only(), py::arg("first_only") = false, py::arg("isa") = "best",
               "Values of all states and of SAFE and GONE, or of the first layer alone, in each draw.");
    module.def("gradient", &gradient, py::arg("chain"), py::arg("leaf"), py::arg("numbers"), py::arg("rates"),
               "The fields of a Gradient, in order.");
    module.def("drawn_numbers", &drawn_numbers, py::arg("table"), py::arg("used"), py::arg("futures"), py::kw_only(),
               py::arg("isa") = "best", "Coefficients in use in each draw, U x k.");
    module.def("drawn_sums", &drawn_sums, py::arg("table"), py::arg("used"), py::arg("weights"), py::arg("futures"),
               py::kw_only(), py::arg("isa") = "best", "Weights, m x U, times the coefficients in each draw: m x k.");
}

}  // namespace waystation
