// The sweep backward in time, for one width of vector registers. Included once per instruction set, inside a namespace
// of its own, with WS_LANES defined. No template of the standard library is used here: compiled for one
// instruction set, it could be linked into code meant for another.
//
// Budgets lie side by side, so a vector holds neighbouring budgets of one (place, condition). The best value and action
// of a chunk of budgets stay in registers while all ways out of a place are tried.

#if WS_LANES > 1
typedef double Lanes __attribute__((vector_size(8 * WS_LANES)));
typedef double LanesAt __attribute__((vector_size(8 * WS_LANES), aligned(8), may_alias));
static inline Lanes load(const double *p) { return *reinterpret_cast<const LanesAt *>(p); }
static inline void store(double *p, Lanes v) { *reinterpret_cast<LanesAt *>(p) = v; }
#if WS_LANES == 2
static inline Lanes all(double x) { return Lanes{x, x}; }
static inline void store_actions(uint8_t *p, Lanes v) { p[0] = uint8_t(int(v[0])), p[1] = uint8_t(int(v[1])); }
#else
typedef int Four __attribute__((vector_size(16)));
typedef uint8_t FourBytes __attribute__((vector_size(4)));
static inline Lanes all(double x) { return Lanes{x, x, x, x}; }
static inline void store_actions(uint8_t *p, Lanes v) {
    const FourBytes bytes = __builtin_convertvector(__builtin_convertvector(v, Four), FourBytes);
    std::memcpy(p, &bytes, 4);
}
#endif
#else
typedef double Lanes;
static inline Lanes load(const double *p) { return *p; }
static inline void store(double *p, Lanes v) { *p = v; }
static inline Lanes all(double x) { return x; }
static inline void store_actions(uint8_t *p, Lanes v) { *p = uint8_t(int(v)); }
#endif

// The better of the running best and a candidate; the action changes only if the candidate is better by more than TIE.
static inline void take(Lanes &best, Lanes &action, Lanes candidate, Lanes code) {
    action = candidate > best + all(TIE) ? code : action;
    best = candidate > best ? candidate : best;
}

// out = sum over sources of matrix * values: C rows of W vectors at `out`. Rows are `row` apart everywhere.
struct Source {
    const double *matrix, *values;
};

template <int C, int W, int N>
static inline void blend(const Source *sources, int b, double *out, int row) {
    Lanes sum[C][W];
    for (int c = 0; c < C; ++c)
        for (int w = 0; w < W; ++w) sum[c][w] = all(0.0);
    for (int n = 0; n < N; ++n) {
        const double *matrix = sources[n].matrix, *values = sources[n].values + b;
        for (int k = 0; k < C; ++k) {
            Lanes v[W];
            for (int w = 0; w < W; ++w) v[w] = load(values + k * row + w * WS_LANES);
            for (int c = 0; c < C; ++c) {
                const Lanes p = all(matrix[c * C + k]);
                for (int w = 0; w < W; ++w) sum[c][w] += p * v[w];
            }
        }
    }
    for (int c = 0; c < C; ++c)
        for (int w = 0; w < W; ++w) store(out + b + c * row + w * WS_LANES, sum[c][w]);
}

template <int C, int N>
static inline void blend_rows(const Source *sources, double *out, int row, int width) {
    constexpr int W = 2;
    int b = 0;
    for (; b + W * WS_LANES <= width; b += W * WS_LANES) blend<C, W, N>(sources, b, out, row);
    for (; b < width; b += WS_LANES) blend<C, 1, N>(sources, b, out, row);
}

// G of one slot.
template <int C>
static inline void fill_slot(const Sweep &s, const Moment &now, const Place &place, const Slot &slot, double *out) {
    const Point *points = s.points + slot.profile * POINTS;
    Source sources[POINTS];
    int count = 0;
    if (now.step <= slot.last_step)
        for (int m = 0; m < POINTS; ++m) {
            if (points[m].duration > now.left || points[m].q == 0) continue;
            sources[count].matrix = s.mixes + mix_at(s.problem, place.area, slot.profile, m);
            sources[count++].values = place.ring + now.ring[points[m].duration];
        }
    switch (count) {
        case 0: return blend_rows<C, 0>(sources, out + s.pad, s.row, s.width);
        case 1: return blend_rows<C, 1>(sources, out + s.pad, s.row, s.width);
        case 2: return blend_rows<C, 2>(sources, out + s.pad, s.row, s.width);
        default: return blend_rows<C, POINTS>(sources, out + s.pad, s.row, s.width);
    }
}

// X of one crossing: the same for all conditions of the start.
static inline void fill_crossing(const Sweep &s, const Moment &now, const Crossing &crossing) {
    const Point *points = s.points + crossing.profile * POINTS;
    const double *from[POINTS];
    Lanes q[POINTS];
    for (int m = 0; m < POINTS; ++m) {
        q[m] = all(points[m].duration > now.left ? 0.0 : points[m].q);
        from[m] = crossing.entered + now.entered[points[m].duration];
    }
    double *out = crossing.crossed + s.pad;
    for (int b = 0, width = s.width; b < width; b += WS_LANES)
        store(out + b, q[0] * load(from[0] + b) + q[1] * load(from[1] + b) + q[2] * load(from[2] + b));
}

// The best of stopping, waiting and all open ways, for W vectors of budgets from b on, in condition c.
template <int W>
static inline void choose(const Sweep &s, const Place &place, const Way *ways, int count, int c, int b,
                          double *out, uint8_t *chosen) {
    Lanes best[W], action[W];
    for (int w = 0; w < W; ++w) {
        best[w] = all(place.stay);
        action[w] = all(0.0);
    }
    if (place.wait_row) {
        const double *chances = s.wait_chances + (size_t(place.id) * s.problem.conditions + c) * 2;
        const double *x = place.wait_row + c * s.row + b;
        const Lanes keep = all(chances[0]), penalty = all(chances[1]), code = all(1.0);
        for (int w = 0; w < W; ++w) take(best[w], action[w], keep * load(x + w * WS_LANES) - penalty, code);
    }
    for (int k = 0; k < count; ++k) {
        const Way &way = ways[k];
        const double *chances = way.chances + 3 * c, *x = way.x + c * way.x_step + b, *y = way.y + c * s.row + b;
        const Lanes arrive = all(chances[0]), back = all(chances[1]), penalty = all(chances[2]), code = all(way.code);
        for (int w = 0; w < W; ++w) {
            const Lanes turned = back * load(y + w * WS_LANES) - penalty;
            take(best[w], action[w], arrive * load(x + w * WS_LANES) + turned, code);
        }
    }
    for (int w = 0; w < W; ++w) {
        store(out + b + w * WS_LANES, best[w]);
        store_actions(chosen + b + w * WS_LANES, action[w]);
    }
}

// U of a place from its new values.
template <int C>
static inline void fill_entered(const Sweep &s, const Moment &now, const Place &place, const double *values) {
    const double *forecast = s.problem.forecast + (size_t(now.step) * s.problem.areas + place.area) * C;
    double *out = place.entered + now.entered[0];
    const int row = s.row;
    for (int b = 0, width = s.width; b < width; b += WS_LANES) {
        Lanes sum = all(0.0);
        for (int c = 0; c < C; ++c) sum += all(forecast[c]) * load(values + c * row + b);
        store(out + b, sum);
    }
}

// V, U and the actions of one place at one step.
template <int C>
static void decide(const Sweep &s, const Moment &now, const Place &place, const Answer &answer, uint8_t *chosen) {
    constexpr int W = 4;
    const Problem &p = s.problem;
    Way open[256];
    const Way *ways = s.ways + place.way;
    const Crossing *crossing = s.crossings + place.crossing;
    int count = 0;
    for (int k = 0; k < place.ways; ++k) {
        const bool crosses = ways[k].x_step == 0;
        if (place.always_open || p.leg_open[size_t(now.step) * p.legs + ways[k].leg]) {
            if (crosses) fill_crossing(s, now, *crossing);
            if (!place.always_open) open[count] = ways[k];
            ++count;
        }
        crossing += crosses;
    }
    if (!place.always_open) ways = open;
    double *values = place.ring + now.ring[0];
    for (int c = 0; c < C; ++c) {
        double *out = values + c * s.row;
        int b = 0;
        for (; b + W * WS_LANES <= s.width; b += W * WS_LANES)
            choose<W>(s, place, ways, count, c, b, out, chosen);
        if (b + 2 * WS_LANES <= s.width) {
            choose<2>(s, place, ways, count, c, b, out, chosen);
            b += 2 * WS_LANES;
        }
        for (; b < s.width; b += WS_LANES) choose<1>(s, place, ways, count, c, b, out, chosen);
        if (answer.policy) {
            uint8_t *to = answer.policy + ((size_t(now.step) * p.places + place.id) * C + c) * p.levels;
            std::memcpy(to, chosen, p.levels);
        }
    }
    if (place.entered) fill_entered<C>(s, now, place, values);
}

// Copies the values of one place at one step to where they were asked for.
static inline void copy_values(const Sweep &s, const Place &place, int t, double *to) {
    const Problem &p = s.problem;
    const double *from = place.ring + t % s.longest * p.conditions * s.row + s.pad;
    for (int c = 0; c < p.conditions; ++c)
        for (int level = 0; level < p.levels; ++level) to[c * p.levels + level] = from[c * s.row + level];
}

static void report(const Sweep &s, int t, const Answer &answer) {
    const Problem &p = s.problem;
    const size_t block = size_t(p.conditions) * p.levels;
    copy_values(s, s.places[s.start], t, answer.start + t * block);
    if (answer.value)
        for (const Place *place = s.places; place < s.places + p.places; ++place)
            copy_values(s, *place, t, answer.value + (size_t(t) * p.places + place->id) * block);
}

// Large networks: asks for memory that will be read soon, line by line. The empty asm keeps a compiler from taking a
// function that only fetches for one that does nothing.
static inline void fetch(const double *first, int count) {
#ifdef WS_VECTORS
    for (int k = 0; k < count; k += LINE / int(sizeof(double))) {
        __builtin_prefetch(first + k);
        __asm__ volatile("");
    }
#else
    (void)first, (void)count;
#endif
}

// The `part`-th share of the ring of the next place, so that fetching keeps pace with the slots of this one.
static inline void fetch_ring(const Sweep &s, const Place *place, int part) {
    if (!s.far || place + 1 >= s.places + s.problem.places) return;
    const int share = (s.longest * s.problem.conditions * s.row + place->slots - 1) / place->slots;
    fetch(place[1].ring + part * share, share);
}

// What the crossings of the place after the next will read.
static inline void fetch_entered(const Sweep &s, const Moment &now, const Place *place) {
    if (!s.far || place + 2 >= s.places + s.problem.places) return;
    const Crossing *first = s.crossings + place[2].crossing;
    for (const Crossing *crossing = first; crossing < first + place[2].crossings; ++crossing)
        for (int m = 0; m < POINTS; ++m)
            fetch(crossing->entered + now.entered[s.points[crossing->profile * POINTS + m].duration], s.width);
}

template <int C>
static void sweep_steps(const Sweep &s, const Answer &answer, uint8_t *chosen) {
    const Problem &p = s.problem;
    report(s, p.steps, answer);
    for (int t = p.steps - 1; t >= 0; --t) {
        if (p.season_of[t] != s.layout->season) s.layout->fill_season(p.season_of[t]);
        const Moment now(s, t);
        for (int a = 0; a < p.areas; ++a) {
            const Place *first = s.places + s.area_first[a];
            const Place *end = s.places + s.area_first[a + 1];
            for (const Place *place = first; place < end; ++place)
                for (int k = 0; k < place->slots; ++k) {
                    const Slot &slot = s.slots[place->slot + k];
                    fetch_ring(s, place, k);
                    if (t >= slot.first_step)
                        fill_slot<C>(s, now, *place, slot, place->shared + size_t(k) * C * s.row);
                }
            for (const Place *place = first; place < end; ++place) {
                fetch_entered(s, now, place);
                if (!place->goal && t >= place->first_step && t <= place->last_step)
                    decide<C>(s, now, *place, answer, chosen);
            }
        }
        report(s, t, answer);
    }
}

static void sweep(const Sweep &s, const Answer &answer, uint8_t *chosen) {
    switch (s.problem.conditions) {
        case 1: return sweep_steps<1>(s, answer, chosen);
        case 2: return sweep_steps<2>(s, answer, chosen);
        case 3: return sweep_steps<3>(s, answer, chosen);
        case 4: return sweep_steps<4>(s, answer, chosen);
        case 5: return sweep_steps<5>(s, answer, chosen);
        default: return sweep_steps<6>(s, answer, chosen);
    }
}
