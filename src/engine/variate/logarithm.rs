//! The logarithm behind exponential waiting times, without branches.
//!
//! Every other event of a queue draws one, and a general logarithm first has to find out in which of several ranges its argument
//! lies. Here the range is known, so both ways to reduce the argument are taken and one is kept. Each operation is the one that
//! `libm::log1p` does there, in the same order, so that the bits are the same: the test below holds it to that.

/// 1 / sqrt(2), just above: up to here 1 - u needs no power of two taken out of it.
const NEAR_ONE: f64 = f64::from_bits(0x3fd2_bec5_0000_0000);
/// The high words of 1 and of 1 / sqrt(2), from which the mantissa is reduced to [1 / sqrt(2), sqrt(2)].
const ONE: u64 = 0x3ff0_0000 << 32;
const ROOT_HALF: u64 = 0x3fe6_a09e << 32;
const MANTISSA: u64 = (1 << 52) - 1;
/// 2^52: an integer below it, put in its last bits, becomes the same floating-point number when it is taken off.
const TWO_52: u64 = 0x4330_0000_0000_0000;

const LN2_HI: f64 = f64::from_bits(0x3fe6_2e42_fee0_0000);
const LN2_LO: f64 = f64::from_bits(0x3dea_39ef_3579_3c76);
/// Coefficients of the minimax polynomial of the atanh series, from FreeBSD's `s_log1p.c` (Sun Microsystems, 1993).
const LG: [f64; 7] = [
    f64::from_bits(0x3fe5_5555_5555_5593),
    f64::from_bits(0x3fd9_9999_9997_fa04),
    f64::from_bits(0x3fd2_4924_9422_9359),
    f64::from_bits(0x3fcc_71c5_1d8e_78af),
    f64::from_bits(0x3fc7_4664_96cb_03de),
    f64::from_bits(0x3fc3_9a09_d078_c69f),
    f64::from_bits(0x3fc2_f112_df3e_5244),
];

/// ln(1 - u), the same bits as `libm::log1p(-u)`.
#[inline]
pub(super) fn log_of_rest(u: f64) -> f64 {
    if u > 0.0 && u < 1.0 { log_of_rest_inside(u) } else { libm::log1p(-u) }
}

/// The same for a u in the open interval (0, 1); any other gives nonsense. Without branches, many are worked out side by side.
#[inline(always)]
pub(in crate::engine) fn log_of_rest_inside(u: f64) -> f64 {
    let rest = 1.0 - u;
    let near = u < NEAR_ONE;
    let shifted = rest.to_bits().wrapping_add(ONE - ROOT_HALF);
    let power = f64::from_bits(TWO_52 | (shifted >> 52)) - (f64::from_bits(TWO_52) + 1023.0);
    // What rounding took from 1 - u.
    let lost = (-u - (rest - 1.0)) / rest;
    let reduced = f64::from_bits((shifted & MANTISSA) + ROOT_HALF) - 1.0;
    let (f, c, k) = if near { (-u, 0.0, 0.0) } else { (reduced, lost, power) };
    let half_square = 0.5 * f * f;
    let s = f / (2.0 + f);
    let z = s * s;
    let w = z * z;
    let even = w * (LG[1] + w * (LG[3] + w * LG[5]));
    let odd = z * (LG[0] + w * (LG[2] + w * (LG[4] + w * LG[6])));
    s * (half_square + (odd + even)) + (k * LN2_LO + c) - half_square + f + k * LN2_HI
}

#[cfg(test)]
mod tests {
    use super::log_of_rest;

    fn same(u: f64) {
        assert_eq!(log_of_rest(u).to_bits(), libm::log1p(-u).to_bits(), "{u:e}");
    }

    #[test]
    fn it_is_log1p_to_the_bit() {
        // Around every power of two of u and of 1 - u, and where the way of reducing changes.
        for exponent in 1..1_070 {
            let power = libm::exp2(-f64::from(exponent));
            for centre in [power, 1.0 - power, 0.292_893_218_813_452_4, f64::from_bits(0x3fd2_bec5_0000_0000)] {
                for step in -40_i64..=40 {
                    let near = f64::from_bits((centre.to_bits() as i64).saturating_add(step).max(0) as u64);
                    same(near);
                }
            }
        }
        // All over the interval, by a sequence that fills it evenly.
        let mut at: u64 = 0;
        for _ in 0..2_000_000 {
            at = at.wrapping_add(0x9e37_79b9_7f4a_7c15);
            same(((at >> 11) as f64 + 0.5) / (1_u64 << 53) as f64);
        }
    }

    #[test]
    fn outside_it_is_log1p_too() {
        for u in [0.0, -0.0, -1.0, -1e300, f64::NEG_INFINITY, 1.0, 2.0, f64::INFINITY, f64::NAN] {
            let (ours, theirs) = (log_of_rest(u), libm::log1p(-u));
            assert!(ours.to_bits() == theirs.to_bits() || (ours.is_nan() && theirs.is_nan()), "{u}");
        }
    }
}
