/*
 * The loop of src/market (MonteCarlo, Walk, Normal, Xoshiro) as a C program would have it: one generator
 * in 64-bit words, a normal number when it is asked for, one block after the other.
 *
 * Usage: montecarlo AUCTIONS VOLATILITY EVERY RATE MARKUP SEED
 * Prints a line of JSON: the blocks, the nanoseconds of processor time, and the means of the losses and
 * of the times, which hold the two programs to the same auctions and keep the compiler from leaving any out.
 *
 * The same seed gives the same draws: each 4,096 auctions have their own generators, seeded by index.
 */

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

typedef struct { uint64_t s[4]; } generator;

static uint64_t splitmix(uint64_t seed, uint64_t n) {
  uint64_t z = seed + (n + 1) * 0x9e3779b97f4a7c15ULL;
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
  return z ^ (z >> 31);
}

static generator stream(uint64_t seed, uint64_t n) {
  generator g;
  for (int i = 0; i < 4; i++) g.s[i] = splitmix(seed, 4 * n + i);
  return g;
}

static inline uint64_t next(generator *g) {
  uint64_t *s = g->s, word = s[0] + s[3], t = s[1] << 17;
  s[2] ^= s[0];
  s[3] ^= s[1];
  s[1] ^= s[2];
  s[0] ^= s[3];
  s[2] ^= t;
  s[3] = (s[3] << 45) | (s[3] >> 19);
  return word;
}

static inline double uniform(generator *g) { return ((double)(next(g) >> 11) + 0.5) * 0x1p-53; }

static const double tail_from = 3.6541528853610088;
static double scale[256], width[257], height[257];

static double curve(double x) { return exp(-0.5 * x * x); }

static void tables(void) {
  double fraction = 0;
  for (int n = 60; n > 0; n--) fraction = n / (tail_from + fraction);
  double area = tail_from * curve(tail_from) + curve(tail_from) / (tail_from + fraction);
  width[0] = area / curve(tail_from);
  width[1] = tail_from;
  for (int i = 2; i < 256; i++) width[i] = sqrt(-2 * log(area / width[i - 1] + curve(width[i - 1])));
  width[256] = 0;
  for (int i = 0; i < 256; i++) scale[i] = width[i] * 0x1p-52;
  for (int i = 0; i < 257; i++) height[i] = curve(width[i]);
}

/* What a layer's core does not settle is settled by a second generator. */
static double made_good(generator *spare, int layer, double x) {
  for (;;) {
    if (layer == 0) {
      double a, b;
      do {
        a = -log(uniform(spare)) / tail_from;
        b = -log(uniform(spare));
      } while (2 * b < a * a);
      return x < 0 ? -(tail_from + a) : tail_from + a;
    }
    if (height[layer] + (height[layer + 1] - height[layer]) * uniform(spare) < curve(x)) return x;
    uint64_t word = next(spare);
    layer = (word >> 3) & 255;
    x = ((double)((int64_t)word >> 11) + 0.5) * scale[layer];
    if (fabs(x) < width[layer + 1]) return x;
  }
}

static inline double normal(generator *g, generator *spare) {
  uint64_t word = next(g);
  int layer = (word >> 3) & 255;
  double x = ((double)((int64_t)word >> 11) + 0.5) * scale[layer];
  return fabs(x) < width[layer + 1] ? x : made_good(spare, layer, x);
}

typedef struct { double mean, squares; } moments;

static inline void count(moments *m, double x, double share) {
  double from = x - m->mean;
  m->mean += from * share;
  m->squares += from * (x - m->mean);
}

int main(int argc, char **argv) {
  if (argc != 7) return 2;
  long auctions = atol(argv[1]);
  double volatility = atof(argv[2]), every = atof(argv[3]), rate = atof(argv[4]), markup = atof(argv[5]);
  uint64_t seed = strtoull(argv[6], 0, 10);
  tables();

  double growth = -volatility * volatility / 2 * every, size = volatility * sqrt(every);
  double start = log(markup), fall = rate * every;
  moments loss = {0}, price = {0}, fair = {0}, paid = {0}, time = {0};
  long blocks = 0;
  struct timespec from, to;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &from);
  generator g = {{0}}, spare = {{0}};
  for (long i = 0; i < auctions; i++) {
    if (i % 4096 == 0) {
      g = stream(seed, 3 * (i / 4096));
      spare = stream(seed, 3 * (i / 4096) + 1);
    }
    double market = 0, offer = start;
    long n = 0;
    do {
      n++;
      market += growth + size * normal(&g, &spare);
      offer -= fall;
    } while (offer > market);
    blocks += n;
    double share = 1.0 / (i + 1), p = exp(offer), f = exp(market);
    count(&loss, 1 - p / f, share);
    count(&time, n * every, share);
    count(&price, p, share);
    count(&fair, f, share);
    count(&paid, p, share);
  }
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &to);
  double ns = (to.tv_sec - from.tv_sec) * 1e9 + (to.tv_nsec - from.tv_nsec);
  printf("{\"blocks\":%ld,\"nanoseconds\":%.0f,\"loss\":%.15g,\"time\":%.15g,\"rest\":%.15g}\n", blocks, ns,
         loss.mean, time.mean, price.mean + fair.mean + paid.mean + loss.squares + time.squares + price.squares + fair.squares + paid.squares);
  return 0;
}
