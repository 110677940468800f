// What a machine can do with this workload at most: one core, double precision, eight neurons side by side.
// Chunks of eight neurons with about as many synapses each, slot by slot; empty slots have conductances of 0.
#include <cmath>
#include <cstdint>
#include <cstring>

namespace {

#ifdef __AVX512F__
constexpr int WIDE = 8;  // numbers that an instruction takes
#else
constexpr int WIDE = 4;
#endif
constexpr int CHUNK = 8;  // neurons
constexpr int PARTS = CHUNK / WIDE;

typedef double lanes __attribute__((vector_size(WIDE * 8)));
typedef int64_t words __attribute__((vector_size(WIDE * 8)));

constexpr double SHIFT = 6755399441055744.0 + 1023.0;  // 1.5 * 2^52: adding it rounds to whole numbers, the exponents of 2^n
constexpr double FAR = 1000.0;                // exponents beyond are as good as this one

inline lanes load(const double* at) {
    lanes value;
    std::memcpy(&value, at, sizeof value);
    return value;
}

inline void store(double* at, lanes value) { std::memcpy(at, &value, sizeof value); }

// Loads one by one, which are faster than the instruction that gathers.
inline lanes gather(const double* v, const uint32_t* pre) {
#ifdef __AVX512F__
    return lanes{v[pre[0]], v[pre[1]], v[pre[2]], v[pre[3]], v[pre[4]], v[pre[5]], v[pre[6]], v[pre[7]]};
#else
    return lanes{v[pre[0]], v[pre[1]], v[pre[2]], v[pre[3]]};
#endif
}

inline lanes all(double value) { return lanes{} + value; }

// 1 / (1 + 2^y): 2^y is 2^n (even + f odd) / (even - f odd), with f the rest of y and both polynomials in f^2.
inline lanes opening(lanes y, const double* odd, const double* even) {
    y = y > FAR ? all(FAR) : y;
    y = y < -FAR ? all(-FAR) : y;
    const lanes shifted = y + SHIFT;
    const lanes rest = y - (shifted - SHIFT), square = rest * rest;
    const lanes p = (square + even[0]) * square + even[1];
    const lanes q = ((odd[0] * square + odd[1]) * square + odd[2]) * rest;
    words whole;
    std::memcpy(&whole, &shifted, sizeof whole);
    whole <<= 52;
    lanes power;
    std::memcpy(&power, &whole, sizeof power);
    return (p - q) / ((p - q) + (p + q) * power);
}

}  // namespace

extern "C" {

struct Circuit {
    int64_t chunks;
    const int64_t* first;       // [chunks + 1], in slots
    const uint32_t* pre;        // the rest of the columns of synapses: [slots]
    const double *rate, *offset, *conductance, *pull;
    const double *leak, *drive, *inverse, *sine, *cosine;  // [CHUNK * chunks]
    const double *odd, *even;  // [3] and [2], of the highest power first; that of even has the factor 1
};

static void rates(const Circuit& c, const double* v, double t, double* out) {
    const double s = std::sin(0.5 * t), k = std::cos(0.5 * t);
    for (int64_t chunk = 0; chunk < c.chunks; chunk++) {
        lanes towards[PARTS] = {}, total[PARTS] = {};
        for (int64_t slots = c.first[chunk]; slots < c.first[chunk + 1]; slots += CHUNK)
            for (int part = 0; part < PARTS; part++) {
                const int64_t slot = slots + part * WIDE;
                const lanes u = gather(v, c.pre + slot);
                const lanes opened = opening(load(c.rate + slot) * u + load(c.offset + slot), c.odd, c.even);
                towards[part] += load(c.pull + slot) * opened;
                total[part] += load(c.conductance + slot) * opened;
            }
        for (int part = 0; part < PARTS; part++) {
            const int64_t at = CHUNK * chunk + part * WIDE;
            const lanes driven = load(c.drive + at) + load(c.sine + at) * s + load(c.cosine + at) * k;
            const lanes decaying = (load(c.leak + at) + total[part]) * load(v + at);
            store(out + at, (driven + towards[part] - decaying) * load(c.inverse + at));
        }
    }
}

// Classical Runge-Kutta steps; `room` holds five times as many numbers as there are states.
void runge_kutta(const Circuit* circuit, double* v, double dt, int64_t steps, double* room) {
    const Circuit& c = *circuit;
    const int64_t n = CHUNK * c.chunks;
    double *k1 = room, *k2 = k1 + n, *k3 = k2 + n, *k4 = k3 + n, *y = k4 + n;
    for (int64_t step = 0; step < steps; step++) {
        const double t = step * dt;
        rates(c, v, t, k1);
        for (int64_t i = 0; i < n; i++) y[i] = v[i] + 0.5 * dt * k1[i];
        rates(c, y, t + 0.5 * dt, k2);
        for (int64_t i = 0; i < n; i++) y[i] = v[i] + 0.5 * dt * k2[i];
        rates(c, y, t + 0.5 * dt, k3);
        for (int64_t i = 0; i < n; i++) y[i] = v[i] + dt * k3[i];
        rates(c, y, t + dt, k4);
        for (int64_t i = 0; i < n; i++) v[i] += dt / 6.0 * (k1[i] + 2.0 * k2[i] + 2.0 * k3[i] + k4[i]);
    }
}
}
