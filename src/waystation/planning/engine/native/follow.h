// The forward pass: follow a policy from its start and list what it meets. follow.py says the same in NumPy.
//
// Occupancy lies in a ring of dense layers, one for each step up to the longest duration, and is sent ahead node by node.
// Nodes of a layer are shared; a bitmap over all possible nodes puts them in order. Entries of a layer are written D
// steps later, when all states that it leads to are known.
#pragma once

#include <algorithm>
#include <stdexcept>
#include <vector>

#include "chain.h"
#include "lists.h"

namespace waystation {

struct Followed {
    std::vector<int32_t> layer{0}, node_layer{0}, used;
    Grown<int32_t> step, place, condition, money, action, row, node_x, node_y, entry, succ, coef;
    Grown<double> mass, weight;
    std::vector<double> leg_flow, wait_flow, arrivals, lost{0, 0, 0};
    double safe = 0, stopped = 0, late = 0, cut = 0, money_left = 0;
};

class Follower {
public:
    // Puts into `to` what `policy` (T x n x C x levels) meets.
    Follower(const Problem &problem, const uint8_t *policy, int budget, double cut, Followed &to)
        : found(to), p(problem), policy_(policy), cut_(cut), longest_(1), levels_(budget + 1),
          words_(budget / 64 + 1), block_(size_t(p.conditions) * levels_), size_(p.places * block_),
          ranks_(2 * p.places * (p.profiles + 1) * block_) {
        for (int k = 0; k < p.profiles * POINTS; ++k) longest_ = std::max(longest_, int(p.prof_dur[k]));
        table_ = {p.seasons, p.areas, longest_, p.conditions};
        if (table_.forecast(p.steps + 1, 0) > INT32_MAX) throw std::length_error("too many coefficients");
        const size_t slots = longest_ + 1;
        ring_.reset(new_zeros<double>(slots * size_));
        known_.reset(new_zeros<int32_t>(slots * size_));
        touched_.assign(slots * p.places * words_, 0);
        nodes_.resize(slots);
        fill_numbers();
    }

    void run(int start, const double *belief) {
        found.leg_flow.assign(size_t(p.seasons) * p.legs * p.conditions, 0.0);
        found.wait_flow.assign(size_t(p.seasons) * p.places * p.conditions, 0.0);
        found.arrivals.assign(p.steps + 1, 0.0);
        std::copy_n(belief, p.conditions, &ring_[start * block_ + size_t(levels_ - 1) * p.conditions]);
        touch(0, start, levels_ - 1);
        for (int t = 0; t < p.steps; ++t) {
            list_states(t);
            list_nodes(t);
            for (const Node &node : nodes_[t % slots()]) spread(node, t);
            if (t >= longest_) link(t - longest_);
        }
        end();
        for (int t = std::max(0, p.steps - longest_); t < p.steps; ++t) link(t);
        found.entry.push(index(found.succ.size()));
        compress();
        count_lost();
    }

private:
    struct Node {
        int32_t place, profile, condition, money;
        bool far;
        double flow;
    };
    struct Ahead {  // one duration of a node
        int then;
        double weight;
        const double *numbers;  // C, by the condition after
        size_t coef;            // of the first of them
    };

    Followed &found;
    const Problem &p;
    const uint8_t *policy_;
    double cut_;
    int longest_, levels_, words_;  // words of bits for all levels
    size_t block_, size_;  // states of a place, of a layer
    Ranks ranks_;
    Table table_{};
    std::vector<double> numbers_;
    Zeros<double> ring_;            // occupancy
    Zeros<int32_t> known_;          // one more than the state that stands here, or 0
    std::vector<uint64_t> touched_;  // bits of (slot, place, money): some occupancy in some condition
    std::vector<std::vector<Node>> nodes_;
    std::vector<size_t> x_, y_;     // keys of the nodes of each state of the layer

    size_t slots() const { return longest_ + 1; }
    size_t slot(int t) const { return t % slots(); }
    static int32_t index(size_t at) {
        if (at > size_t(INT32_MAX)) throw std::length_error("too many states: cut more");
        return int32_t(at);
    }

    void fill_numbers() {
        numbers_.assign(table_.forecast(p.steps + 1, 0), 1.0);
        const int C = p.conditions;
        for (int s = 0; s < p.seasons; ++s)
            for (int a = 0; a < p.areas; ++a) {
                const double *chain = p.chain + (size_t(s) * p.areas + a) * C * C;
                double *power = &numbers_[table_.power(s, a, 0)];
                for (int i = 0; i < C; ++i)
                    for (int j = 0; j < C; ++j) power[i * C + j] = i == j;
                for (int d = 0; d < longest_; ++d, power += C * C)
                    for (int i = 0; i < C; ++i)
                        for (int j = 0; j < C; ++j) {
                            double sum = 0;
                            for (int k = 0; k < C; ++k) sum += power[i * C + k] * chain[k * C + j];
                            power[C * C + i * C + j] = sum;
                        }
            }
        std::copy_n(p.forecast, size_t(p.steps + 1) * p.areas * C, &numbers_[table_.forecast(0, 0)]);
    }

    // Takes what is left of a layer: `act(place, condition, money, mass)` for all above the cut, in order.
    template <typename Act>
    void each_state(int t, const Act &act) {
        for (int place = 0; place < p.places; ++place) {
            uint64_t *touched = &touched_[(slot(t) * p.places + place) * words_];
            double *block = &ring_[slot(t) * size_ + place * block_];
            for (int c = 0; c < p.conditions; ++c)
                for (int word = 0; word < words_; ++word)
                    for (uint64_t left = touched[word]; left; left &= left - 1) {
                        const int money = 64 * word + ones((left & -left) - 1);
                        double &here = block[size_t(money) * p.conditions + c];
                        const double mass = here;
                        here = 0;
                        if (mass > cut_)
                            act(place, c, money, mass);
                        else
                            found.cut += mass;
                    }
            std::fill_n(touched, words_, 0);
        }
    }

    void list_states(int t) {
        if (t > longest_)  // the layer that stood in this slot before
            for (int32_t k = found.layer[t - longest_ - 1]; k < found.layer[t - longest_]; ++k) known_[code(k, t)] = 0;
        const uint8_t *policy = policy_ + size_t(t) * p.places * p.conditions * p.levels;
        each_state(t, [&](int place, int condition, int money, double mass) {
            const size_t row = size_t(place) * p.conditions + condition;
            known_[slot(t) * size_ + place * block_ + size_t(money) * p.conditions + condition] =
                index(found.mass.size() + 1);
            found.step.push(t);
            found.place.push(place);
            found.condition.push(condition);
            found.money.push(money);
            found.action.push(policy[row * p.levels + money]);
            found.mass.push(mass);
        });
        found.layer.push_back(index(found.mass.size()));
    }

    size_t code(int32_t k, int t) {
        return slot(t) * size_ + found.place.data()[k] * block_ + size_t(found.money.data()[k]) * p.conditions
               + found.condition.data()[k];
    }

    void end() {
        each_state(p.steps, [&](int, int, int, double mass) { found.stopped += mass; });
    }

    size_t key(bool far, int place, int profile, int condition, int money) {
        const size_t at = ((far * size_t(p.places) + place) * (p.profiles + 1) + profile) * block_
                          + size_t(condition) * levels_ + money;
        ranks_.add(at);
        return at;
    }

    // What a state does: the leg or -1, and the money left after it.
    struct Deed {
        int leg, left;
    };
    Deed deed(int32_t k) {
        const int place = found.place.data()[k], action = found.action.data()[k], money = found.money.data()[k];
        Deed done{-1, money};
        if (action == WAIT) {
            if (p.wait_to[place] < 0) throw std::invalid_argument("the policy waits where nobody may wait");
            done.left -= p.wait_cost[place];
        } else {
            done.leg = p.ptr[place] + action - FIRST_LEG;
            if (done.leg >= p.ptr[place + 1]) throw std::invalid_argument("the policy takes a leg that is not there");
            done.left -= p.cost[done.leg];
        }
        if (done.left < 0) throw std::invalid_argument("the policy spends more than there is");
        return done;
    }

    void list_nodes(int t) {
        const int32_t first = found.layer[t], last = found.layer[t + 1];
        x_.assign(last - first, 0);
        y_.assign(last - first, 0);
        for (int32_t k = first; k < last; ++k) {
            const int place = found.place.data()[k], condition = found.condition.data()[k];
            const int action = found.action.data()[k];
            if (action == STOP) continue;
            const auto [leg, left] = deed(k);
            if (action == WAIT) {
                x_[k - first] = key(false, p.wait_to[place], p.profiles, condition, left);
                continue;
            }
            const int end = p.dst[leg];
            const bool far = p.area[end] != p.area[place];
            x_[k - first] = key(far, end, p.profile[leg], far ? 0 : condition, left);
            y_[k - first] = key(false, place, p.profile[leg], condition, left);
        }
        auto &nodes = nodes_[slot(t)];
        nodes.assign(ranks_.count(), Node{});
        const int32_t offset = found.node_layer.back();
        for (int32_t k = first; k < last; ++k) arrive(k, t, nodes.data(), offset);
        for (int32_t k = first; k < last; ++k)
            if (found.action.data()[k] >= FIRST_LEG)
                nodes[found.node_y.data()[k] - offset].flow += found.mass.data()[k] * p.back[found.row.data()[k]];
        for (int32_t k = first; k < last; ++k)
            if (found.action.data()[k] == WAIT) nodes[found.node_x.data()[k] - offset].flow += kept(k);
        ranks_.clear();
        found.node_layer.push_back(index(size_t(offset) + nodes.size()));
    }

    double kept(int32_t k) {
        const double *lost = p.wait_loss + 3 * size_t(found.row.data()[k]);
        return found.mass.data()[k] * (1 - (lost[0] + lost[1] + lost[2]));
    }

    // Notes the nodes of a state and its flow, and sends on what arrives.
    void arrive(int32_t k, int t, Node *nodes, int32_t offset) {
        const int place = found.place.data()[k], condition = found.condition.data()[k];
        const int action = found.action.data()[k], season = p.season_of[t];
        const double mass = found.mass.data()[k];
        const size_t at = k - found.layer[t];
        if (action == STOP) {
            found.stopped += mass;
            found.row.push(-1);
            found.node_x.push(-1);
            found.node_y.push(-1);
            return;
        }
        const auto [leg, left] = deed(k);
        const int32_t x = ranks_.rank(x_[at]), y = action == WAIT ? -1 : ranks_.rank(y_[at]);
        found.node_x.push(offset + x);
        found.node_y.push(action == WAIT ? -1 : offset + y);
        Node &ahead = nodes[x];
        ahead.money = left;
        if (action == WAIT) {
            const size_t row = (size_t(season) * p.places + place) * p.conditions + condition;
            found.row.push(index(row));
            found.wait_flow[row] += mass;
            describe(ahead, p.wait_to[place], p.profiles, condition, false);
            return;
        }
        const size_t row = (size_t(season) * p.legs + leg) * p.conditions + condition;
        const bool far = p.area[p.dst[leg]] != p.area[place];
        found.row.push(index(row));
        found.leg_flow[row] += mass;
        ahead.flow += mass * p.arrive[row];
        describe(ahead, p.dst[leg], p.profile[leg], far ? 0 : condition, far);
        nodes[y].money = left;
        describe(nodes[y], place, p.profile[leg], condition, false);
    }

    static void describe(Node &node, int place, int profile, int condition, bool far) {
        node.place = place;
        node.profile = profile;
        node.condition = condition;
        node.far = far;
    }

    int duration(const Node &node, int m) const {
        return node.profile == p.profiles ? 1 : p.prof_dur[node.profile * POINTS + m];
    }
    double share(const Node &node, int m) const {
        return node.profile == p.profiles ? double(m == 0) : p.prof_q[node.profile * POINTS + m];
    }
    Ahead ahead(const Node &node, int t, int m) const {
        const int d = duration(node, m), area = p.area[node.place];
        const size_t coef = node.far ? table_.forecast(t + d, area)
                                     : table_.power(p.season_of[t], area, d, node.condition);
        return {t + d, share(node, m), &numbers_[coef], coef};
    }

    void spread(const Node &node, int t) {
        for (int m = 0; m < POINTS; ++m) {
            const double sent = node.flow * share(node, m);
            if (!(sent > 0)) continue;
            const int then = t + duration(node, m);
            if (then > p.steps) {
                found.late += sent;
            } else if (p.goal[node.place]) {
                found.safe += sent;
                found.arrivals[then] += sent;
                found.money_left += sent * node.money;
            } else {
                const Ahead to = ahead(node, t, m);
                double *mass = &ring_[slot(then) * size_ + node.place * block_ + size_t(node.money) * p.conditions];
                for (int c = 0; c < p.conditions; ++c) mass[c] += sent * to.numbers[c];
                touch(then, node.place, node.money);
            }
        }
    }
    void touch(int t, int place, int money) {
        touched_[(slot(t) * p.places + place) * words_ + money / 64] |= uint64_t(1) << money % 64;
    }

    // Writes the entries of all nodes of a layer. What weighs nothing or leads nowhere is left out.
    void link(int t) {
        for (const Node &node : nodes_[slot(t)]) {
            const size_t most = POINTS * p.conditions;
            found.entry.push(index(found.succ.size()));
            int32_t *succ = found.succ.room(most), *coef = found.coef.room(most);
            double *weight = found.weight.room(most);
            size_t count = 0;
            const auto add = [&](int32_t state, size_t number, double q) {
                succ[count] = state;
                coef[count] = int32_t(number);
                weight[count++] = q;
            };
            for (int m = 0; m < POINTS; ++m) {
                const int then = t + duration(node, m);
                const double q = share(node, m);
                if (then > p.steps || !(q > 0)) continue;
                if (p.goal[node.place]) {
                    add(SAFE, 0, q);
                    continue;
                }
                const Ahead to = ahead(node, t, m);
                const int32_t *known = &known_[slot(then) * size_ + node.place * block_ + size_t(node.money) * p.conditions];
                for (int c = 0; c < p.conditions; ++c) {
                    const int32_t state = then < p.steps ? known[c] - 1 : GONE;
                    if (state >= 0 && to.numbers[c] > 0) add(state, to.coef + c, q);
                }
            }
            if (!count) add(GONE, 0, 0.0);
            found.succ.take(count);
            found.coef.take(count);
            found.weight.take(count);
        }
    }

    // Numbers only the coefficients that occur.
    void compress() {
        std::vector<int32_t> rank(numbers_.size(), 0);
        int32_t *coef = found.coef.data();
        for (size_t e = 0; e < found.coef.size(); ++e) rank[coef[e]] = 1;
        for (size_t k = 0; k < rank.size(); ++k)
            if (rank[k]) {
                rank[k] = int32_t(found.used.size());
                found.used.push_back(int32_t(k));
            }
        for (size_t e = 0; e < found.coef.size(); ++e) coef[e] = rank[coef[e]];
    }

    void count_lost() {
        for (size_t k = 0; k < found.leg_flow.size(); ++k)
            for (int o = 0; o < 3; ++o) found.lost[o] += found.leg_flow[k] * p.lost[3 * k + o];
        for (size_t k = 0; k < found.wait_flow.size(); ++k)
            for (int o = 0; o < 3; ++o) found.lost[o] += found.wait_flow[k] * p.wait_loss[3 * k + o];
    }
};

}  // namespace waystation
