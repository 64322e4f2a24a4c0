// How fast this machine multiplies and reads: what the sweep is measured against. Included once per instruction set.

// Twelve independent chains of multiply-and-add; returns a number that depends on all of them.
static double multiply(long rounds) {
    constexpr int CHAINS = 12;
    Lanes sum[CHAINS];
    for (int k = 0; k < CHAINS; ++k) sum[k] = all(k);
    const Lanes factor = all(0.999999), term = all(1e-9);
    for (long r = 0; r < rounds; ++r)
        for (int k = 0; k < CHAINS; ++k) sum[k] = sum[k] * factor + term;
    Lanes total = all(0.0);
    for (int k = 0; k < CHAINS; ++k) total += sum[k];
    double first;
    std::memcpy(&first, &total, sizeof first);
    return first;
}

// Reads `size` values, a multiple of 32, `rounds` times, and returns their sum.
static double read(const double *values, long size, long rounds) {
    Lanes sum[4] = {all(0.0), all(0.0), all(0.0), all(0.0)};
    for (long r = 0; r < rounds; ++r)
        for (long k = 0; k < size; k += 4 * WS_LANES)
            for (int w = 0; w < 4; ++w) sum[w] += load(values + k + w * WS_LANES);
    const Lanes total = sum[0] + sum[1] + sum[2] + sum[3];
    double first;
    std::memcpy(&first, &total, sizeof first);
    return first;
}
