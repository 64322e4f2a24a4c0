// Memory of the forward pass: long lists, large arrays of zeros, and ranks in a set of numbers.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <new>
#include <vector>

namespace waystation {

constexpr size_t FIRST_ROOM = 1 << 19;  // values: copied seldom, and pages that are never touched cost nothing

// A long array of plain values that grows in place where the system can do that.
template <typename T>
class Grown {
public:
    Grown() = default;
    Grown(const Grown &) = delete;
    Grown &operator=(const Grown &) = delete;
    ~Grown() { std::free(data_); }

    void push(T value) {
        room(1)[0] = value;
        ++size_;
    }
    T *room(size_t more) {  // space for more values behind the last one
        if (size_ + more > room_) {
            const size_t room = std::max<size_t>({size_ + more, 2 * room_, FIRST_ROOM});
            void *grown = std::realloc(data_, room * sizeof(T));
            if (!grown) throw std::bad_alloc();
            data_ = static_cast<T *>(grown);
            room_ = room;
        }
        return data_ + size_;
    }
    void take(size_t more) { size_ += more; }  // values written into that space
    T *give_up() {                             // the caller frees it
        T *data = room_ ? data_ : static_cast<T *>(std::malloc(sizeof(T)));
        if (!data) throw std::bad_alloc();
        if (size_ < room_)
            if (void *shrunk = std::realloc(data, std::max<size_t>(size_, 1) * sizeof(T))) data = static_cast<T *>(shrunk);
        data_ = nullptr;
        return data;
    }
    T *data() { return data_; }
    size_t size() const { return size_; }

private:
    T *data_ = nullptr;
    size_t size_ = 0, room_ = 0;
};

inline int ones(uint64_t x) {
    x -= x >> 1 & 0x5555555555555555u;
    x = (x & 0x3333333333333333u) + (x >> 2 & 0x3333333333333333u);
    return int(((x + (x >> 4)) & 0x0f0f0f0f0f0f0f0fu) * 0x0101010101010101u >> 56);
}

// An array of zeros: pages that are never touched cost nothing.
struct Free {
    void operator()(void *p) const { std::free(p); }
};
template <typename T>
using Zeros = std::unique_ptr<T[], Free>;
template <typename T>
T *new_zeros(size_t size) {
    void *p = std::calloc(std::max<size_t>(size, 1), sizeof(T));
    if (!p) throw std::bad_alloc();
    return static_cast<T *>(p);
}

// A set of numbers below a bound that tells the rank of each of them.
class Ranks {
public:
    explicit Ranks(size_t bound) : words_(bound / 64 + 1, 0), before_(words_.size()), some_(words_.size() / 64 + 1, 0) {}

    void add(size_t key) {
        words_[key / 64] |= uint64_t(1) << key % 64;
        some_[key / 64 / 64] |= uint64_t(1) << key / 64 % 64;
    }
    int count() {  // and prepares `rank`
        int found = 0;
        each([&](size_t word) {
            before_[word] = found;
            found += ones(words_[word]);
        });
        return found;
    }
    int rank(size_t key) const {
        return before_[key / 64] + ones(words_[key / 64] & ((uint64_t(1) << key % 64) - 1));
    }
    void clear() {
        each([&](size_t word) { words_[word] = 0; });
        std::fill(some_.begin(), some_.end(), 0);
    }

private:
    template <typename Act>
    void each(const Act &act) const {
        for (size_t k = 0; k < some_.size(); ++k)
            for (uint64_t left = some_[k]; left; left &= left - 1) act(64 * k + ones((left & -left) - 1));
    }
    std::vector<uint64_t> words_;
    std::vector<int> before_;
    std::vector<uint64_t> some_;
};

}  // namespace waystation
