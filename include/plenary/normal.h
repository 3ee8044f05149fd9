/* SPDX-License-Identifier: GPL-3.0-or-later */
/** The normal distribution, and exp and log: the program's own, so that the same input
 *  gives the same bytes whatever the compiler, the optimisation, the C library or the
 *  machine.
 *
 *  Every function is + - * / of IEEE doubles, and their bits, without a branch (selections
 *  become masks), so that a loop over an array is vectorised, and gives the same bytes as
 *  one call after another.  It must be compiled with -ffp-contract=off and without
 *  -ffast-math; gcc vectorises it only with -fno-trapping-math, which changes no byte.
 *
 *  Phi stands on Mills' ratio M(t) = (1 - Phi(t)) / phi(t), t >= 0, as one quotient of
 *  polynomials with positive coefficients over the whole half-line, phi(0) taken in (error
 *  1e-17 before rounding); below the middle everything follows from M without cancellation.  The
 *  coefficients here are our own: relative minimax fits at 40 to 60 digits (linearised
 *  least squares, reweighted: Sanathanan and Koerner 1963; Lawson 1961), each held to
 *  references of higher precision by the test.  The forms are Cody's (Math. Comp. 23, 1969: the
 *  squared argument split in two), Wichura's (AS 241, Applied Statistics 37, 1988: Phi^-1 in
 *  sqrt(-log p)) and Sun's fdlibm (1993: log by s = f / (2 + f)).
 *
 *  Infinite arguments give the limits, NaN gives NaN.  An ulp here is 2^-52, relative.
 *  Measured on an AMD EPYC, gcc 12 -O2: worst error in ulps; nanoseconds a value by itself, and
 *  by the array functions with SSE2, AVX2 and AVX-512:
 *
 *      exp                 0.65      4.4   2.6   1.2   0.6
 *      log                 0.64      5.0   3.5   1.4   0.7
 *      Phi                 4.9        12   8.3   3.5   1.8
 *      log Phi and ratio   4.9, 6.9   22    19   7.3   3.9
 *      interval, all three 3.7, 4.6   37    40    17   8.7
 *      Phi^-1              4.9        33    21   8.6   4.7
 *
 *  Checked by tests/unit/test_normal.c, which fails above the bounds stated at each function
 *  here, and where a digest of all their bytes is not what it always was. */
#pragma once
#include <stddef.h>
#include <stdint.h>

#ifdef __FAST_MATH__
#error "the same bytes everywhere cannot be had with -ffast-math"
#endif

/* Always: a call in the loop would keep it from being vectorised. */
#define PLN_INLINE static inline __attribute__((always_inline))

#define PLN_INF __builtin_inf()
#define PLN_NAN __builtin_nan("")
#define PLN_LN2_HIGH 6.93147180369123816490e-01 /* 32 bits: times an exponent it is exact */
#define PLN_LN2_LOW 1.90821492927058770002e-10
#define PLN_PHI_0 0.39894228040143267794 /* 1 / sqrt(2 pi) */

PLN_INLINE uint64_t pln_bits(double x) {
  uint64_t bits;
  __builtin_memcpy(&bits, &x, sizeof bits);
  return bits;
}

PLN_INLINE double pln_from_bits(uint64_t bits) {
  double x;
  __builtin_memcpy(&x, &bits, sizeof x);
  return x;
}

/** |x|, and @x brought into -most … most; NaN stays. */
PLN_INLINE double pln_abs(double x) {
  return pln_from_bits(pln_bits(x) & 0x7fffffffffffffff);
}

PLN_INLINE double pln_clamp(double x, double most) {
  x = x > most ? most : x;
  return x < -most ? -most : x;
}

/** exp(x + low), low small beside 1: for an argument known to more than a double.
 *  Error below 1 ulp; gradual underflow. */
PLN_INLINE double pln_exp_sum(double x, double low) {
  const double shift = 6755399441055744.0; /* 1.5 * 2^52: adding it rounds to an integer */
  x = x > 710 ? 710 : x;
  x = x < -746 ? -746 : x;
  double shifted = x * 1.4426950408889634074 + shift, k = shifted - shift;
  double r = (x - k * PLN_LN2_HIGH) - (k * PLN_LN2_LOW - low), rr = r * r;
  double even = 2.0889135914041634e-09, odd = 2.5105176190380178e-08;
  even = 0.5 + rr * (0.041666666666666616 + rr * (0.0013888888888918302 +
         rr * (2.4801587244959148e-05 + rr * (2.7557350344949775e-07 + rr * even))));
  odd = 0.1666666666666667 + rr * (0.008333333333326162 + rr * (0.00019841269874739832 +
        rr * (2.755725548991425e-06 + rr * odd)));
  double e = 1 + (r + rr * (even + r * odd));
  /* 2^k in two factors, as it may be too large or too small for one. */
  uint64_t n = pln_bits(shifted) - pln_bits(shift) + 2048, half = n >> 1;
  return e * pln_from_bits((half - 1) << 52) * pln_from_bits((n - half - 1) << 52);
}

PLN_INLINE double pln_exp(double x) {
  return pln_exp_sum(x, 0);
}

/** Error below 1 ulp.  -inf at 0, NaN below. */
PLN_INLINE double pln_log(double x) {
  const uint64_t root_half = 0x3fe6a09e667f3bcd, one = 0x3ff0000000000000;
  double scaled = x < 2.2250738585072014e-308 ? x * 18014398509481984.0 : x;
  double bias = x < 2.2250738585072014e-308 ? 4503599627370496.0 + 1023 + 54
                                            : 4503599627370496.0 + 1023;
  uint64_t bits = pln_bits(scaled) + (one - root_half);
  double k = pln_from_bits((bits >> 52) | 0x4330000000000000) - bias;
  double f = pln_from_bits((bits & 0x000fffffffffffff) + root_half) - 1;
  double s = f / (2 + f), z = s * s, half = 0.5 * f * f;
  double rest = z * (0.666666666666667 + z * (0.39999999999899166 + z * (0.28571428626098866 +
                z * (0.2222221111659444 + z * (0.1818289037268759 + z * (0.1533168202377697 +
                z * 0.1461691962147022))))));
  double log = k * PLN_LN2_HIGH - ((half - (s * (half + rest) + k * PLN_LN2_LOW)) - f);
  log = x < PLN_INF ? log : x;
  log = x > 0 ? log : PLN_NAN;
  log = x == 0 ? -PLN_INF : log;
  return log;
}

/** log(1 + x), error below 2 ulp. */
PLN_INLINE double pln_log1p(double x) {
  double u = 1 + x, back = u - 1, lost = (1 - (u - back)) + (x - back);
  double log = pln_log(u), exact = log + lost / u;
  exact = u > 0 ? exact : log;
  return u < PLN_INF ? exact : log;
}

/** The upper half of a double's digits: its square is exact. */
PLN_INLINE double pln_upper(double x) {
  return pln_from_bits(pln_bits(x) & 0xfffffffff8000000);
}

/** exp(-x^2 / 2), error below 2 ulp: the square is taken to more than a double. */
PLN_INLINE double pln_gauss(double x) {
  x = pln_clamp(x, 40);
  double high = pln_upper(x);
  return pln_exp_sum(-0.5 * high * high, -0.5 * (x - high) * (x + high));
}

/** phi, the density. */
PLN_INLINE double pln_phi(double x) {
  return PLN_PHI_0 * pln_gauss(x);
}

/** The tail beside its density: (1 - Phi(t)) / exp(-t^2 / 2) at @t >= 0 is over / under. */
typedef struct {
  double over, under;
} PlnTail;

PLN_INLINE PlnTail pln_tail(double t) {
  t = t > 1e25 ? 1e25 : t; /* t^11 stays finite; the limit phi(0) / t is reached long before */
  double over =
      0.5 + t * (0.8580748312078035 + t * (0.7274928485411004 + t * (0.3948832270235327 +
      t * (0.15074495744547278 + t * (0.042132877495793544 + t * (0.008726578927976486 +
      t * (0.0013253362059637169 + t * (0.00014195389899209355 + t * (9.768524839604076e-06 +
      t * 3.3320420078151636e-07)))))))));
  double under =
      1 + t * (2.5140342232184745 + t * (2.9608947891181763 + t * (2.1611631011054446 +
      t * (1.0890375560860206 + t * (0.3990325622213009 + t * (0.10888461512587722 +
      t * (0.022228444700159687 + t * (0.0033466112678278005 + t * (0.0003566608759785868 +
      t * (2.448606056438686e-05 + t * 8.352190709047738e-07))))))))));
  return (PlnTail){over, under};
}

/** Phi, the share below @x.  Relative error below 8 ulp down to -37. */
PLN_INLINE double pln_normal(double x) {
  PlnTail m = pln_tail(pln_abs(x));
  double tail = pln_gauss(x) * (m.over / m.under);
  return x < 0 ? tail : 1 - tail;
}

/** log Phi and phi / Phi together: one exp, one log.  For x towards -inf they tend to
 *  -x^2 / 2 - log(-x) - log(2 pi) / 2 and to -x.  Both relative errors below 8 ulp for every
 *  x, down to where exp(-x^2 / 2) underflows. */
PLN_INLINE void pln_normal_log_ratio(double x, double *log, double *ratio) {
  double t = pln_abs(x);
  PlnTail m = pln_tail(t);
  double gauss = pln_gauss(x), quotient = m.over / m.under;
  double above = x < 0 ? m.under : gauss * m.under;
  double below = x < 0 ? m.over : m.under - gauss * m.over;
  double tail = gauss * quotient, all = 1 - tail, lost = (1 - all) - tail;
  double sum = pln_log(x < 0 ? quotient : all);
  *log = sum + (x < 0 ? -0.5 * x * x : lost * (2 - all)); /* lost / all, where it counts */
  above = PLN_PHI_0 * (above / below);
  *ratio = x < -1e25 ? t : above;
}

PLN_INLINE double pln_normal_log(double x) {
  double log, ratio;
  pln_normal_log_ratio(x, &log, &ratio);
  return log;
}

PLN_INLINE double pln_normal_ratio(double x) {
  double log, ratio;
  pln_normal_log_ratio(x, &log, &ratio);
  return ratio;
}

/** The mean of phi over m - w … m + w, over phi(m), for small @mw = m w and @ww = w^2: half
 *  the integral over -1 … 1 of exp(-m w u - w^2 u^2 / 2).  By Hermite's polynomials, the
 *  sum of He_2k(m) w^2k / (2k + 1)!. */
PLN_INLINE double pln_bump(double mw, double ww) {
  double odd = mw, even = (mw * odd - ww) * (1.0 / 2), sum = 1 + even * (1.0 / 3);
#define PLN_BUMP(n)                                                                            \
  odd = (mw * even - ww * odd) * (1.0 / (n));                                                  \
  even = (mw * odd - ww * even) * (1.0 / ((n) + 1));                                           \
  sum += even * (1.0 / ((n) + 2));
  PLN_BUMP(3) PLN_BUMP(5) PLN_BUMP(7) PLN_BUMP(9) PLN_BUMP(11) PLN_BUMP(13) PLN_BUMP(15)
#undef PLN_BUMP
  return sum;
}

/** For @a <= @b: log p, p = Phi(b) - Phi(a), and phi(a) / p, phi(b) / p, which are the log's
 *  derivatives by -a and by b.  No cancellation: in the tails p is phi(b) (M(-b) - M(-a)
 *  phi(a) / phi(b)), in the middle one less both tails, and of a narrow interval phi of its
 *  middle times its width times a series.  Errors below 16 ulp of the log, and of the
 *  quotients 16 ulp (1 + the exponent of phi(a) / phi(b)).  -inf where a = b; NaN where
 *  a > b. */
PLN_INLINE void pln_normal_interval_ratio(double a, double b, double *log, double *low,
                                          double *high) {
  double from = pln_clamp(a, 1e150), to = pln_clamp(b, 1e150);
  /* Where most of it is positive, the mirror image: |to| <= -from. */
  double width = to - from, sum = from + to, mirrored = -from;
  mirrored = sum > 0 ? mirrored : to;
  double other = sum > 0 ? -to : from;
  sum = -pln_abs(sum);
  double mw = 0.25 * sum * width, ww = 0.25 * width * width, middle = 0.5 * sum;
  double narrow = -mw > width ? -mw : width; /* width and |m| w both at most 1/2 */
  double near = pln_abs(mirrored), square = -0.5 * near * near;
  PlnTail edge = pln_tail(near), far = pln_tail(-other);
  double drop = pln_exp(2 * mw); /* phi(from) / phi(to) */
  double brief = near > 40 ? 40 : near, high_near = pln_upper(brief);
  double top = -0.5 * high_near * high_near, rest = (high_near - brief) * (brief + high_near);
  double gauss = pln_exp_sum(narrow <= 0.5 ? -mw - 0.5 * ww : top, narrow <= 0.5 ? 0 : 0.5 * rest);
  double far_mass = (far.over / far.under) * drop, near_mass = edge.over / edge.under;
  double tails = gauss * (near_mass + far_mass), all = 1 - tails, lost = (1 - all) - tails;
  double mass = mirrored > 0 ? all : near_mass - far_mass;
  double unit = mirrored > 0 ? gauss : 1;
  double add = mirrored > 0 ? lost * (2 - all) : square;
  mass = narrow <= 0.5 ? PLN_PHI_0 * (width * pln_bump(mw, ww)) : mass;
  unit = PLN_PHI_0 * (narrow <= 0.5 ? gauss : unit);
  add = narrow <= 0.5 ? -0.5 * middle * middle : add;
  mass = width >= 0 ? mass : PLN_NAN;
  double at_to = unit / mass, at_from = at_to * drop;
  *log = pln_log(mass) + add;
  *low = from + to > 0 ? at_to : at_from;
  *high = from + to > 0 ? at_from : at_to;
}

PLN_INLINE double pln_normal_interval_log(double a, double b) {
  double log, low, high;
  pln_normal_interval_ratio(a, b, &log, &low, &high);
  return log;
}

/** The square root by Newton's iteration, error below 1 ulp for 1e-300 < @x < 1e300: the C
 *  library's sets errno, which no vector of square roots can. */
PLN_INLINE double pln_root(double x) {
  double y = pln_from_bits(0x5fe6eb50c7b537a9 - (pln_bits(x) >> 1)), half = 0.5 * x;
  y = y * (1.5 - half * y * y);
  y = y * (1.5 - half * y * y);
  y = y * (1.5 - half * y * y);
  y = y * (1.5 - half * y * y);
  double root = x * y;
  return root + 0.5 * y * (x - root * root);
}

/** Phi^-1: x such that a share @p lies below it, for every double in 0 … 1; -inf and inf at
 *  the ends, NaN beyond.  Relative error below 8 ulp.  Phi^-1(1 - p) is its mirror image. */
PLN_INLINE double pln_normal_inverse(double p) {
  double q = p - 0.5, r = 0.180625 - q * q, least = p < 0.5 ? p : 1 - p;
  double far = pln_root(-pln_log(least)) - 1.6, signed_one = p < 0.5 ? -1 : 1;
  double over_q =
      3.3871328727963665 + r * (133.12964306383918 + r * (1971.1985806748232 +
      r * (13727.156209057945 + r * (45899.48415814153 + r * (67220.04524931677 +
      r * (33400.34491814215 + r * 2506.1634998243867))))));
  double under_q =
      1 + r * (42.309780552139166 + r * (687.0604971516951 + r * (5392.554489218625 +
      r * (21204.278303849598 + r * (39283.50333665978 + r * (28705.45839261474 +
      r * 5220.989334830706))))));
  double over_far =
      1.4234371107496837 + far * (4.828919044801906 + far * (6.449619959251546 +
      far * (4.561465494585759 + far * (1.9082741767453424 + far * (0.49301393658460135 +
      far * (0.07857738985043765 + far * (0.007397660116512734 + far * (0.000375645534556008 +
      far * (8.770588777781178e-06 + far * 6.696250693706351e-08)))))))));
  double under_far =
      1 + far * (2.1926998614208117 + far * (1.9868149358438174 + far * (0.971233475154215 +
      far * (0.2798663679821787 + far * (0.048385080400909754 + far * (0.004837915527359672 +
      far * (0.00025598397030468376 + far * (6.126094790765695e-06 +
      far * (4.7349363272581406e-08 + far * 5.662159358807851e-16)))))))));
  double over = r >= 0 ? q * over_q : signed_one * over_far;
  double x = over / (r >= 0 ? under_q : under_far);
  x = p == 0 ? -PLN_INF : x;
  return p == 1 ? PLN_INF : x;
}

/** The same of @n values each, vectorised at -O2 already and the same bytes as one by one.
 *  An output may be one of the inputs; two outputs may not be one. */
void pln_exps(size_t n, const double *x, double *out);
void pln_logs(size_t n, const double *x, double *out);
void pln_normals(size_t n, const double *x, double *out);
void pln_normal_inverses(size_t n, const double *p, double *out);
void pln_normal_log_ratios(size_t n, const double *x, double *log, double *ratio);
void pln_normal_interval_ratios(size_t n, const double *a, const double *b, double *log,
                                double *low, double *high);
