// Many draws of a followed policy at once, for one width of vector registers. Included once per instruction set, inside
// a namespace of its own, with WS_LANES defined. Nothing of the standard library is used here: its templates, compiled
// for one instruction set, could be linked into code meant for another.
//
// WIDE draws lie side by side: a row of WIDE values for each state, each coefficient, each stratum.

#if WS_LANES > 1
typedef double Lanes __attribute__((vector_size(8 * WS_LANES), aligned(8), may_alias));
static inline Lanes load(const double *p) { return *reinterpret_cast<const Lanes *>(p); }
static inline void store(double *p, Lanes v) { *reinterpret_cast<Lanes *>(p) = v; }
#else
typedef double Lanes;
static inline Lanes load(const double *p) { return *p; }
static inline void store(double *p, Lanes v) { *p = v; }
#endif

constexpr int VECTORS = WIDE / WS_LANES;

// to = a * x + b * y, or a * x where y is null.
static inline void mix(double *to, const double *a, const double *x, const double *b, const double *y) {
    for (int v = 0; v < WIDE; v += WS_LANES) {
        Lanes sum = load(a + v) * load(x + v);
        if (y) sum += load(b + v) * load(y + v);
        store(to + v, sum);
    }
}

static inline void node_value(const Links &c, const Side &side, size_t node, double *to) {
    Lanes sum[VECTORS] = {};
    for (int32_t e = c.entry[node], end = c.entry[node + 1]; e < end; ++e) {
        const int32_t state = c.succ[e];
        const double weight = c.weight[e], *number = side.numbers + size_t(c.coef[e]) * WIDE;
        const double *value = side.values + ptrdiff_t(state < 0 ? state : state & side.ring) * WIDE;
        for (int v = 0; v < VECTORS; ++v)
            sum[v] += weight * load(number + v * WS_LANES) * load(value + v * WS_LANES);
    }
    for (int v = 0; v < VECTORS; ++v) store(to + v * WS_LANES, sum[v]);
}

// Layer by layer from the horizon: nodes from the values ahead, then states from their nodes.
static void backward(const Links &c, const Side &side) {
    static const double nothing[WIDE] = {};
    for (int t = c.steps - 1; t >= 0; --t) {
        const int32_t first = c.node_layer[t];
        for (int32_t node = first; node < c.node_layer[t + 1]; ++node)
            node_value(c, side, node, side.nodes + size_t(node - first) * WIDE);
        for (int32_t k = c.layer[t]; k < c.layer[t + 1]; ++k) {
            double *value = side.values + size_t(k & side.ring) * WIDE;
            if (c.action[k] == STOP) {
                mix(value, nothing, nothing, nothing, nullptr);
                continue;
            }
            const size_t leaf = size_t(c.leaf[k]) * WIDE;
            const double *x = side.nodes + size_t(c.node_x[k] - first) * WIDE;
            if (c.action[k] == WAIT)
                mix(value, side.keep + leaf, x, nothing, nullptr);
            else
                mix(value, side.arrive + leaf, x, side.back + leaf, side.nodes + size_t(c.node_y[k] - first) * WIDE);
        }
    }
}

// C x C numbers, or a row of C, in WIDE draws.
struct Block {
    double at[MOST_CONDITIONS * MOST_CONDITIONS][WIDE];
};

// to = row (C) times matrix (C x C); `some` marks what is not 0 in all draws.
static inline void advance(int C, const double (*row)[WIDE], const Block &matrix, const uint8_t *some, double (*to)[WIDE]) {
    for (int j = 0; j < C; ++j) {
        Lanes sum[VECTORS] = {};
        for (int k = 0; k < C; ++k) {
            if (!some[k * C + j]) continue;
            for (int v = 0; v < VECTORS; ++v)
                sum[v] += load(row[k] + v * WS_LANES) * load(matrix.at[k * C + j] + v * WS_LANES);
        }
        for (int v = 0; v < VECTORS; ++v) store(to[j] + v * WS_LANES, sum[v]);
    }
}

// One matrix of a season and area in the draws from `draw` on; missing draws repeat the last one.
static void take_block(const Futures &f, const Table &t, size_t which, int draw, Block &block, uint8_t *some) {
    const int size = t.conditions * t.conditions;
    const size_t all = size_t(t.seasons) * t.areas * size;
    for (int k = 0; k < size; ++k) some[k] = 0;
    for (int r = 0; r < WIDE; ++r) {
        const double *from = f.chains + all * (draw + r < f.draws ? draw + r : f.draws - 1) + which * size;
        for (int k = 0; k < size; ++k) {
            block.at[k][r] = from[k];
            some[k] |= from[k] != 0;
        }
    }
}

// Where numbers go, WIDE draws at a time: into `out` (U x draws), or, weighted (U x `rows`), into sums (rows x WIDE).
struct Sink {
    double *out;
    int draws, draw, rows;
    const double *weights;
    double *sums;
};
static inline void give(const Sink &to, size_t k, const double *row) {
    if (!to.weights) {
        for (int r = 0; r < WIDE && to.draw + r < to.draws; ++r) to.out[k * to.draws + to.draw + r] = row[r];
        return;
    }
    const double *weight = to.weights + k * to.rows;
    for (int i = 0; i < to.rows; ++i) {
        if (weight[i] == 0) continue;
        double *sum = to.sums + size_t(i) * WIDE;
        for (int v = 0; v < WIDE; v += WS_LANES) store(sum + v, load(sum + v) + weight[i] * load(row + v));
    }
}

// The coefficients used[k], first <= k < last, all powers, in WIDE draws.
static void powers(const Futures &f, const Table &t, const int32_t *used, size_t first, size_t last, const Sink &to) {
    const int C = t.conditions, size = C * C;
    Block chain, power, next;
    uint8_t some[MOST_CONDITIONS * MOST_CONDITIONS];
    for (size_t k = first; k < last;) {
        const size_t which = size_t(used[k] - 1) / size / (t.longest + 1);
        take_block(f, t, which, to.draw, chain, some);
        for (int i = 0; i < size; ++i)
            for (int r = 0; r < WIDE; ++r) power.at[i][r] = i / C == i % C;
        const size_t base = t.power(0, 0, 0) + which * (t.longest + 1) * size;
        for (int d = 0; d <= t.longest; ++d) {
            for (; k < last && size_t(used[k]) < base + size_t(d + 1) * size; ++k)
                give(to, k, power.at[size_t(used[k]) - base - size_t(d) * size]);
            if (k == last || size_t(used[k]) >= base + size_t(t.longest + 1) * size) break;
            for (int i = 0; i < C; ++i) advance(C, power.at + i * C, chain, some, next.at + i * C);
            power = next;
        }
    }
}

// What an area is expected to be, WIDE draws, carried forward step by step.
struct Expected {
    double now[MOST_CONDITIONS][WIDE];
};

// The coefficients used[k], first <= k < last, all forecasts. `met` marks areas in use; `chains`, `some` (of S x A) and
// `expected` (A) are room to work in.
struct Room {
    Block *chains;
    uint8_t (*some)[MOST_CONDITIONS * MOST_CONDITIONS];
    Expected *expected;
    const uint8_t *met;
};
static void forecasts(const Futures &f, const Table &t, const int32_t *used, size_t first, size_t last,
                      const Room &room, const Sink &to) {
    const int C = t.conditions, draw = to.draw;
    for (int a = 0; a < t.areas; ++a) {
        if (!room.met[a]) continue;
        for (int s = 0; s < t.seasons; ++s) {
            const size_t at = size_t(s) * t.areas + a;
            take_block(f, t, at, draw, room.chains[at], room.some[at]);
        }
        for (int r = 0; r < WIDE; ++r) {
            const size_t from = size_t(draw + r < f.draws ? draw + r : f.draws - 1) * t.areas + a;
            for (int c = 0; c < C; ++c) room.expected[a].now[c][r] = f.believed[from * C + c];
        }
    }
    size_t k = first;
    for (int step = -f.lead; k < last; ++step) {
        for (; step >= 0 && k < last && size_t(used[k]) < t.forecast(step + 1, 0); ++k) {
            const size_t at = size_t(used[k]) - t.forecast(step, 0);
            give(to, k, room.expected[at / C].now[at % C]);
        }
        if (size_t(step + f.lead) >= f.steps) break;
        for (int a = 0; a < t.areas; ++a) {
            if (!room.met[a]) continue;
            const size_t at = size_t(f.season_of[step + f.lead]) * t.areas + a;
            Expected next;
            advance(C, room.expected[a].now, room.chains[at], room.some[at], next.now);
            room.expected[a] = next;
        }
    }
}

// All coefficients in use; [first, split) are powers, [split, count) forecasts, and one stands in front if first is 1.
static void numbers(const Futures &f, const Table &t, const int32_t *used, size_t first, size_t split, size_t count,
                    const Room &room, const Sink &to) {
    double one[WIDE];
    for (int r = 0; r < WIDE; ++r) one[r] = 1;
    if (first) give(to, 0, one);
    powers(f, t, used, first, split, to);
    forecasts(f, t, used, split, count, room, to);
}
