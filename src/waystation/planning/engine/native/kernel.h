// What the native solver works on: the arrays of a model, and where each row of values lies in memory.
//
// A row holds one value per level of money, in front of it a pad of PAD for what cannot be paid. Rows:
//
//   V  ring[place][t mod D][condition]    values; D is the longest duration, so V(t) replaces V(t+D) when that was read
//   U  entered[place][t mod (D+1)]        value of entering from another area; only places that are entered so
//   G  shared[slot][condition]            the party at a place after one duration profile, same area as before; one slot
//                                         for each (place, profile) in use; rebuilt for each area in each step
//   X  crossed[leg]                       the same for legs into another area, rebuilt for each place
//
// A leg then costs two multiplications a value: arrive * (G of its end, or X) + back * (G of its start).
// The slots of one area stay in the cache between being filled and being read.
#pragma once

#include <cstdint>
#include <cstring>
#include <vector>

namespace waystation {

constexpr double PAD = -1e9;
constexpr double TIE = 1e-12;
constexpr int POINTS = 3;           // durations in a profile
constexpr int LONGEST = 31;         // steps
constexpr int LANE_MULTIPLE = 4;    // rows are padded to this many values
constexpr int MOST_CONDITIONS = 6;
constexpr int NEVER = 1000000;      // steps
constexpr int LINE = 64;            // bytes of a cache line
constexpr size_t CACHE = 16u << 20; // bytes: more than this is fetched ahead

// The arrays of waystation.planning.mdp.Model, unowned, C order.
struct Problem {
    int places, areas, conditions, legs, profiles, seasons, steps, levels;
    const int32_t *area, *ptr, *dst, *profile, *wait_to;
    const int16_t *cost, *wait_cost;
    const int8_t *prof_dur;
    const uint8_t *goal, *leg_open, *season_of;
    const double *stay_value, *prof_q, *arrive, *back, *lost, *wait_loss, *chain, *forecast, *penalty;
};

// Where the results go; policy and value may be null.
struct Answer {
    double *start;     // (T+1) x C x levels
    uint8_t *policy;   // T x n x C x levels, zero at first
    double *value;     // (T+1) x n x C x levels
};

// A leg, or a wait, as two rows to read. `x_step` is the distance between conditions: 0 for X, one row for G.
struct Way {
    const double *x, *y, *chances;  // chances: (arrive, back, penalty) of each condition
    double code;                    // the action
    int x_step, leg;
};

// One (place, profile) in use: the row block in `shared`, and the step from which it can matter.
struct Slot {
    int profile;
    int first_step;  // before it nobody can come to read it
    int last_step;   // after it the value is 0
};

// A leg into another area: from whose U to which X.
struct Crossing {
    const double *entered;
    double *crossed;
    int profile;
};

struct Place {
    int id, area;
    bool goal, always_open;
    int first_step, last_step;      // of processing
    double stay;
    double *ring, *entered;         // entered: null if nobody enters from another area
    int slot, slots;                // into Layout::slots
    double *shared;                 // row block of the first slot
    const double *wait_row;         // null: may not wait
    int way, ways;                  // into Layout::ways
    int crossing, crossings;        // into Layout::crossings, same order as its crossing legs
};

// One duration of a profile and its weight.
struct Point {
    int duration;
    double q;
};

struct Layout;

// Everything the sweep reads, as plain pointers into a Layout.
struct Sweep {
    Layout *layout;
    Problem problem;
    int longest, pad, row, width, start;  // D, length of the pad, of a row, of the values in it; index of the start
    const Place *places;
    const int *area_first;
    const Slot *slots;
    const Way *ways;
    const Crossing *crossings;
    const double *wait_chances, *mixes;
    const Point *points;  // profiles + 1, each POINTS
    bool far;  // the rows do not fit into a cache
};

// Owns what a sweep reads; built once for a solve.
struct Layout {
    Problem problem;
    int longest, pad, row, width;
    std::vector<Place> places;      // areas side by side
    std::vector<int> area_first;    // first place of each area, and the end
    std::vector<Slot> slots;
    std::vector<Point> points;         // the last profile is a wait: a single step
    std::vector<Way> ways;
    std::vector<Crossing> crossings;
    std::vector<double> chances;       // legs x C x 3, of the current season
    std::vector<double> wait_chances;  // places x C x 2: keep, penalty
    std::vector<double> mixes;         // areas x (profiles + 1) x POINTS x C x C: q_m P^d_m; the last profile is a wait
    int season = -1;                   // the one that chances and mixes are of
    int start = 0;                     // index in `places`
    double *arena = nullptr;
    size_t arena_bytes = 0;

    explicit Layout(const Problem &given);
    ~Layout();
    Layout(const Layout &) = delete;
    Layout &operator=(const Layout &) = delete;

    Sweep sweep();
    void fill_season(int season);  // chances and mixes
};

// A step of the sweep: where, `d` steps later, the values and the U of a place begin.
struct Moment {
    int step, left;  // left: steps to the horizon
    int ring[LONGEST + 1], entered[LONGEST + 1];

    Moment(const Sweep &s, int t) : step(t), left(s.problem.steps - t) {
        for (int d = 0; d <= LONGEST; ++d) {
            ring[d] = (t + d) % s.longest * s.problem.conditions * s.row + s.pad;
            entered[d] = (t + d) % (s.longest + 1) * s.row + s.pad;
        }
    }
};

// Where the matrix q_m P^d_m stands in `mixes`.
inline size_t mix_at(const Problem &p, int area, int profile, int point) {
    return ((size_t(area) * (p.profiles + 1) + profile) * POINTS + point) * p.conditions * p.conditions;
}

// Prepares rows and lists; false if there is no memory.
bool lay_out(Layout &layout, int start, bool everywhere);

}  // namespace waystation
