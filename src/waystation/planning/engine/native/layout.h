// Preparation of a solve: bounds on time, order of the places, rows in one arena, and the numbers of a season.
#pragma once

#include <algorithm>
#include <cstring>
#include <new>
#include <numeric>
#include <queue>
#include <utility>

#include "kernel.h"

namespace waystation {

// Steps from the nearest origin to each place along the edges (from, to, length). Dijkstra.
inline std::vector<int> shortest(int places, const std::vector<int> &origins, const std::vector<int> &from,
                                 const std::vector<int> &to, const std::vector<int> &length) {
    std::vector<int> first(places + 1, 0), order(from.size());
    for (int i : from) ++first[i + 1];
    std::partial_sum(first.begin(), first.end(), first.begin());
    std::vector<int> next(first.begin(), first.end() - 1);
    for (size_t e = 0; e < from.size(); ++e) order[next[from[e]]++] = int(e);
    std::vector<int> steps(places, NEVER);
    using Entry = std::pair<int, int>;
    std::priority_queue<Entry, std::vector<Entry>, std::greater<Entry>> queue;
    for (int i : origins) {
        steps[i] = 0;
        queue.push({0, i});
    }
    while (!queue.empty()) {
        const auto [now, i] = queue.top();
        queue.pop();
        if (now > steps[i]) continue;
        for (int k = first[i]; k < first[i + 1]; ++k) {
            const int e = order[k], later = now + length[e];
            if (later < steps[to[e]]) {
                steps[to[e]] = later;
                queue.push({later, to[e]});
            }
        }
    }
    return steps;
}

inline Layout::Layout(const Problem &given) : problem(given) {
    const Problem &p = problem;
    for (int e = 0; e < p.profiles * POINTS; ++e) points.push_back({p.prof_dur[e], p.prof_q[e]});
    for (int m = 0; m < POINTS; ++m) points.push_back({1, m == 0 ? 1.0 : 0.0});
    longest = 1;
    for (const Point &point : points) longest = std::max(longest, point.duration);
    int highest = 0;
    for (int l = 0; l < p.legs; ++l) highest = std::max(highest, int(p.cost[l]));
    for (int i = 0; i < p.places; ++i) highest = std::max(highest, int(p.wait_cost[i]));
    const auto rounded = [](int size) { return (size + LANE_MULTIPLE - 1) / LANE_MULTIPLE * LANE_MULTIPLE; };
    pad = rounded(highest);
    width = rounded(p.levels);
    row = pad + width;
}

inline Layout::~Layout() { ::operator delete(arena, std::align_val_t(LINE)); }

inline Sweep Layout::sweep() {
    return {this, problem, longest, pad, row, width, start, places.data(), area_first.data(), slots.data(),
            ways.data(), crossings.data(), wait_chances.data(), mixes.data(), points.data(), arena_bytes > CACHE};
}

// Distances in time, from the start and to what is worth reaching.
struct Bounds {
    std::vector<int> earliest, to_value;

    Bounds(const Layout &layout, int start, bool everywhere) {
        const Problem &p = layout.problem;
        std::vector<int> from, to, length, worth;
        for (int i = 0; i < p.places; ++i) {
            if (p.goal[i] || p.stay_value[i] > 0) worth.push_back(i);
            if (p.wait_to[i] >= 0) add(from, to, length, i, p.wait_to[i], 1);
            for (int l = p.ptr[i]; l < p.ptr[i + 1]; ++l) {
                const int8_t *d = p.prof_dur + p.profile[l] * POINTS;
                add(from, to, length, i, p.dst[l], *std::min_element(d, d + POINTS));
            }
        }
        to_value = shortest(p.places, worth, to, from, length);
        earliest = everywhere ? std::vector<int>(p.places, 0) : shortest(p.places, {start}, from, to, length);
    }

    static void add(std::vector<int> &from, std::vector<int> &to, std::vector<int> &length, int i, int j, int d) {
        from.push_back(i);
        to.push_back(j);
        length.push_back(d);
    }
};

// Which (place, profile) need a slot: legs out of i, legs of the same area into j, and the end of a wait.
inline std::vector<std::vector<int>> slots_of_places(const Problem &p) {
    std::vector<std::vector<int>> slots(p.places);
    const auto need = [&](int place, int profile) {
        auto &found = slots[place];
        if (std::find(found.begin(), found.end(), profile) == found.end()) found.push_back(profile);
    };
    for (int i = 0; i < p.places; ++i) {
        if (p.goal[i]) continue;
        if (p.wait_to[i] >= 0) need(p.wait_to[i], p.profiles);
        for (int l = p.ptr[i]; l < p.ptr[i + 1]; ++l) {
            need(i, p.profile[l]);
            if (p.area[p.dst[l]] == p.area[i]) need(p.dst[l], p.profile[l]);
        }
    }
    return slots;
}

// The arena: rings and U of all places, G of the largest area, X of the place with most crossings.
struct Arena {
    size_t ring, entered, shared = 0, crossed = 0;  // rows
    std::vector<char> is_entered;

    Arena(const Layout &layout, const std::vector<std::vector<int>> &slots) : is_entered(layout.problem.places, 0) {
        const Problem &p = layout.problem;
        ring = size_t(p.places) * layout.longest * p.conditions;
        std::vector<size_t> in_area(p.areas, 0);
        for (int i = 0; i < p.places; ++i) {
            in_area[p.area[i]] += slots[i].size() * p.conditions;
            size_t crossings = 0;
            if (p.goal[i]) continue;
            for (int l = p.ptr[i]; l < p.ptr[i + 1]; ++l) {
                if (p.area[p.dst[l]] == p.area[i]) continue;
                ++crossings;
                is_entered[p.dst[l]] = 1;
            }
            crossed = std::max(crossed, crossings);
        }
        for (size_t rows : in_area) shared = std::max(shared, rows);
        entered = size_t(std::count(is_entered.begin(), is_entered.end(), 1)) * (layout.longest + 1);
    }

    size_t rows() const { return ring + entered + shared + crossed; }
};

// Writes the pad, and `value` behind it, into `rows` rows.
inline void fill_rows(const Layout &layout, double *first, size_t rows, double value) {
    for (size_t r = 0; r < rows; ++r) {
        std::fill_n(first + r * layout.row, layout.pad, PAD);
        std::fill_n(first + r * layout.row + layout.pad, layout.width, value);
    }
}

// One block for all rows.
inline bool claim(Layout &layout, size_t rows) {
    layout.arena_bytes = rows * layout.row * sizeof(double);
    layout.arena = static_cast<double *>(::operator new(layout.arena_bytes, std::align_val_t(LINE), std::nothrow));
    return layout.arena != nullptr;
}

// Gives each place its rows and its first values: 1 at a goal, the value of staying at the horizon, else 0.
inline void place_rows(Layout &layout, const Bounds &bounds, const std::vector<std::vector<int>> &slots,
                       const Arena &arena) {
    const Problem &p = layout.problem;
    const size_t row = layout.row;
    double *ring = layout.arena, *entered = ring + arena.ring * row, *shared = entered + arena.entered * row;
    std::vector<int> order(p.places);
    std::iota(order.begin(), order.end(), 0);
    std::stable_sort(order.begin(), order.end(), [&](int a, int b) { return p.area[a] < p.area[b]; });
    layout.area_first.assign(p.areas + 1, 0);
    for (int i : order) ++layout.area_first[p.area[i] + 1];
    std::partial_sum(layout.area_first.begin(), layout.area_first.end(), layout.area_first.begin());
    int area = -1;
    double *block = shared;
    for (int i : order) {
        if (p.area[i] != area) block = shared;
        area = p.area[i];
        Place place{};
        place.id = i;
        place.area = area;
        place.goal = p.goal[i];
        place.stay = p.goal[i] ? 1.0 : p.stay_value[i];
        place.first_step = bounds.earliest[i];
        place.last_step = p.steps - bounds.to_value[i];
        place.ring = ring;
        fill_rows(layout, ring, size_t(layout.longest) * p.conditions, p.goal[i] ? 1.0 : 0.0);
        fill_rows(layout, ring + p.steps % layout.longest * p.conditions * row, p.conditions, place.stay);
        ring += layout.longest * p.conditions * row;
        if (arena.is_entered[i]) {
            place.entered = entered;
            fill_rows(layout, entered, layout.longest + 1, p.goal[i] ? 1.0 : 0.0);
            fill_rows(layout, entered + p.steps % (layout.longest + 1) * row, 1, place.stay);
            entered += (layout.longest + 1) * row;
        }
        place.slot = int(layout.slots.size());
        place.slots = int(slots[i].size());
        place.shared = block;
        for (int e : slots[i]) {
            const Point *points = layout.points.data() + e * POINTS;
            int soonest = points[0].duration;
            for (int m = 1; m < POINTS; ++m) soonest = std::min(soonest, points[m].duration);
            layout.slots.push_back({e, bounds.earliest[i] - soonest, place.last_step - soonest});
            block += p.conditions * row;
        }
        layout.places.push_back(place);
    }
}

// Turns legs and waits into rows to read.
inline void place_ways(Layout &layout, const std::vector<std::vector<int>> &slots, double *crossed) {
    const Problem &p = layout.problem;
    const size_t row = layout.row, block = p.conditions * row;
    std::vector<int> index(p.places);
    for (size_t k = 0; k < layout.places.size(); ++k) index[layout.places[k].id] = int(k);
    const auto shared = [&](int place, int profile) {
        const auto &found = slots[place];
        const size_t at = std::find(found.begin(), found.end(), profile) - found.begin();
        return layout.places[index[place]].shared + at * block + layout.pad;
    };
    const bool no_windows = !std::memchr(p.leg_open, 0, size_t(p.steps) * p.legs);
    layout.chances.resize(size_t(p.legs) * p.conditions * 3);
    layout.wait_chances.resize(size_t(p.places) * p.conditions * 2);
    for (Place &place : layout.places) {
        const int i = place.id;
        place.way = int(layout.ways.size());
        place.crossing = int(layout.crossings.size());
        place.always_open = true;
        if (p.goal[i]) continue;
        if (p.wait_to[i] >= 0) place.wait_row = shared(p.wait_to[i], p.profiles) - p.wait_cost[i];
        double *free_row = crossed;
        for (int l = p.ptr[i]; l < p.ptr[i + 1]; ++l) {
            for (int t = 0; t < p.steps && !no_windows; ++t)
                place.always_open &= p.leg_open[size_t(t) * p.legs + l] != 0;
            const double *x, *y = shared(i, p.profile[l]);
            const bool same = p.area[p.dst[l]] == p.area[i];
            if (same) {
                x = shared(p.dst[l], p.profile[l]);
            } else {
                x = free_row + layout.pad;
                layout.crossings.push_back({layout.places[index[p.dst[l]]].entered, free_row, p.profile[l]});
                free_row += row;
            }
            const double *chances = layout.chances.data() + size_t(l) * p.conditions * 3;
            layout.ways.push_back({x - p.cost[l], y - p.cost[l], chances, 2.0 + l - p.ptr[i], same ? int(row) : 0, l});
        }
        place.ways = int(layout.ways.size()) - place.way;
        place.crossings = int(layout.crossings.size()) - place.crossing;
    }
}

inline bool lay_out(Layout &layout, int start, bool everywhere) {
    const Problem &p = layout.problem;
    const Bounds bounds(layout, start, everywhere);
    const auto slots = slots_of_places(p);
    const Arena arena(layout, slots);
    if (!claim(layout, arena.rows())) return false;
    place_rows(layout, bounds, slots, arena);
    double *shared = layout.arena + (arena.ring + arena.entered) * layout.row;
    fill_rows(layout, shared, arena.shared + arena.crossed, 0.0);
    place_ways(layout, slots, shared + arena.shared * layout.row);
    for (size_t k = 0; k < layout.places.size(); ++k)
        if (layout.places[k].id == start) layout.start = int(k);
    layout.mixes.resize(size_t(p.areas) * (p.profiles + 1) * POINTS * p.conditions * p.conditions);
    return true;
}

inline double penalty_of(const Problem &p, const double *lost) {
    return p.penalty[0] * lost[0] + p.penalty[1] * lost[1] + p.penalty[2] * lost[2];
}

inline void Layout::fill_season(int next) {
    season = next;
    const Problem &p = problem;
    const int C = p.conditions;
    for (int k = 0; k < p.legs * C; ++k) {
        const size_t at = size_t(season) * p.legs * C + k;
        chances[3 * size_t(k)] = p.arrive[at];
        chances[3 * size_t(k) + 1] = p.back[at];
        chances[3 * size_t(k) + 2] = penalty_of(p, p.lost + 3 * at);
    }
    for (int k = 0; k < p.places * C; ++k) {
        const double *lost = p.wait_loss + 3 * (size_t(season) * p.places * C + k);
        wait_chances[2 * size_t(k)] = 1 - (lost[0] + lost[1] + lost[2]);
        wait_chances[2 * size_t(k) + 1] = penalty_of(p, lost);
    }
    std::vector<double> powers(size_t(longest) * C * C);
    for (int a = 0; a < p.areas; ++a) {
        const double *chain = p.chain + (size_t(season) * p.areas + a) * C * C;
        std::copy_n(chain, C * C, powers.begin());
        for (int d = 1; d < longest; ++d)
            for (int i = 0; i < C; ++i)
                for (int j = 0; j < C; ++j) {
                    double sum = 0;
                    for (int k = 0; k < C; ++k) sum += powers[((d - 1) * C + i) * C + k] * chain[k * C + j];
                    powers[(d * C + i) * C + j] = sum;
                }
        for (int e = 0; e <= p.profiles; ++e)
            for (int m = 0; m < POINTS; ++m) {
                const Point &point = points[e * POINTS + m];
                double *to = mixes.data() + mix_at(p, a, e, m);
                for (int k = 0; k < C * C; ++k) to[k] = point.q * powers[(point.duration - 1) * C * C + k];
            }
    }
}

}  // namespace waystation
