//! Sobol's sequence, scrambled anew for every replicate.
//!
//! Direction numbers are the first fifty of `new-joe-kuo-6.21201` (S. Joe and F. Y. Kuo 2008, "Constructing Sobol sequences with better
//! two-dimensional projections", SIAM J. Sci. Comput. 30, 2635-2654; their data is under the BSD licence in `LICENSES/joe-kuo.txt`). Points come in the order of
//! the Gray code (Antonov and Saleev 1979), and 2^m of them from the first on make a net: none is skipped.

use super::sensitivity::Dice;

/// Bits of a point.
const BITS: usize = 32;

/// How many dimensions there are direction numbers for.
pub const MOST_DIMENSIONS: usize = JOE_KUO.len() + 1;

/// For dimensions 2 to 50: the inner coefficients of the primitive polynomial as bits, and the first direction numbers.
const JOE_KUO: [(u32, &[u32]); 49] = [
    (0, &[1]),
    (1, &[1, 3]),
    (1, &[1, 3, 1]),
    (2, &[1, 1, 1]),
    (1, &[1, 1, 3, 3]),
    (4, &[1, 3, 5, 13]),
    (2, &[1, 1, 5, 5, 17]),
    (4, &[1, 1, 5, 5, 5]),
    (7, &[1, 1, 7, 11, 19]),
    (11, &[1, 1, 5, 1, 1]),
    (13, &[1, 1, 1, 3, 11]),
    (14, &[1, 3, 5, 5, 31]),
    (1, &[1, 3, 3, 9, 7, 49]),
    (13, &[1, 1, 1, 15, 21, 21]),
    (16, &[1, 3, 1, 13, 27, 49]),
    (19, &[1, 1, 1, 15, 7, 5]),
    (22, &[1, 3, 1, 15, 13, 25]),
    (25, &[1, 1, 5, 5, 19, 61]),
    (1, &[1, 3, 7, 11, 23, 15, 103]),
    (4, &[1, 3, 7, 13, 13, 15, 69]),
    (7, &[1, 1, 3, 13, 7, 35, 63]),
    (8, &[1, 3, 5, 9, 1, 25, 53]),
    (14, &[1, 3, 1, 13, 9, 35, 107]),
    (19, &[1, 3, 1, 5, 27, 61, 31]),
    (21, &[1, 1, 5, 11, 19, 41, 61]),
    (28, &[1, 3, 5, 3, 3, 13, 69]),
    (31, &[1, 1, 7, 13, 1, 19, 1]),
    (32, &[1, 3, 7, 5, 13, 19, 59]),
    (37, &[1, 1, 3, 9, 25, 29, 41]),
    (41, &[1, 3, 5, 13, 23, 1, 55]),
    (42, &[1, 3, 7, 3, 13, 59, 17]),
    (50, &[1, 3, 1, 3, 5, 53, 69]),
    (55, &[1, 1, 5, 5, 23, 33, 13]),
    (56, &[1, 1, 7, 7, 1, 61, 123]),
    (59, &[1, 1, 7, 9, 13, 61, 49]),
    (62, &[1, 3, 3, 5, 3, 55, 33]),
    (14, &[1, 3, 1, 15, 31, 13, 49, 245]),
    (21, &[1, 3, 5, 15, 31, 59, 63, 97]),
    (22, &[1, 3, 1, 11, 11, 11, 77, 249]),
    (38, &[1, 3, 1, 11, 27, 43, 71, 9]),
    (47, &[1, 1, 7, 15, 21, 11, 81, 45]),
    (49, &[1, 3, 7, 3, 25, 31, 65, 79]),
    (50, &[1, 3, 1, 1, 19, 11, 3, 205]),
    (52, &[1, 1, 5, 9, 19, 21, 29, 157]),
    (56, &[1, 3, 7, 11, 1, 33, 89, 185]),
    (67, &[1, 3, 3, 3, 15, 9, 79, 71]),
    (70, &[1, 3, 7, 11, 15, 39, 119, 27]),
    (84, &[1, 1, 3, 1, 11, 31, 97, 225]),
    (97, &[1, 1, 1, 3, 23, 43, 57, 177]),
];

/// The points of some dimensions, before or after scrambling.
#[derive(Clone, Debug)]
pub struct Sobol {
    directions: Vec<[u32; BITS]>,
    shift: Vec<u32>,
}

impl Sobol {
    /// The plain sequence; nothing beyond [`MOST_DIMENSIONS`].
    pub fn new(dimensions: usize) -> Option<Sobol> {
        let directions: Option<Vec<[u32; BITS]>> = (0..dimensions).map(directions).collect();
        Some(Sobol { directions: directions?, shift: vec![0; dimensions] })
    }

    /// The sequence under a random linear scramble of its digits (Matoušek 1998) and a random digital shift: every point is uniform, and
    /// any 2^m from the first on are still a net. Every number gives another scramble.
    #[must_use]
    pub fn scrambled(&self, number: u64) -> Sobol {
        let mut dice = Dice::new(&format!("scramble/{number}"));
        let mut scrambled = self.clone();
        for (directions, shift) in scrambled.directions.iter_mut().zip(&mut scrambled.shift) {
            // Lower triangular with ones on the diagonal, row by row from the first binary digit.
            let rows: Vec<u32> = (0..BITS as u32)
                .map(|row| {
                    let diagonal = 1 << (31 - row);
                    let left = if row == 0 { 0 } else { dice.bits() & (u32::MAX << (32 - row)) };
                    diagonal | left
                })
                .collect();
            for direction in directions.iter_mut() {
                let digits =
                    rows.iter().enumerate().map(|(row, mask)| ((mask & *direction).count_ones() & 1) << (31 - row));
                *direction = digits.fold(0, |all, digit| all | digit);
            }
            *shift = dice.bits();
        }
        scrambled
    }

    /// The coordinates of a point. Unscrambled they begin at 0; scrambled they lie in the middle of their cell, never at 0 or 1.
    pub fn point(&self, index: u32) -> Vec<f64> {
        let gray = index ^ (index >> 1);
        let scrambled = self.shift.iter().any(|shift| *shift != 0);
        let offset = if scrambled { 0.5 } else { 0.0 };
        self.directions
            .iter()
            .zip(&self.shift)
            .map(|(directions, shift)| {
                let set = directions.iter().enumerate().filter(|(bit, _)| gray >> bit & 1 == 1);
                let bits = set.fold(*shift, |all, (_, direction)| all ^ direction);
                (f64::from(bits) + offset) / 4_294_967_296.0
            })
            .collect()
    }
}

/// The direction numbers of one dimension, by the recurrence of its polynomial (Bratley and Fox 1988, algorithm 659).
fn directions(dimension: usize) -> Option<[u32; BITS]> {
    let mut found = [0; BITS];
    let Some(place) = dimension.checked_sub(1) else {
        found.iter_mut().enumerate().for_each(|(bit, direction)| *direction = 1 << (31 - bit));
        return Some(found);
    };
    let (coefficients, first) = JOE_KUO.get(place)?;
    let degree = first.len();
    for bit in 0..BITS {
        found[bit] = match first.get(bit) {
            Some(number) => number << (31 - bit),
            None => {
                let before = found[bit - degree];
                let inner = (1..degree).filter(|back| coefficients >> (degree - 1 - back) & 1 == 1);
                inner.fold(before ^ (before >> degree), |all, back| all ^ found[bit - back])
            }
        };
    }
    Some(found)
}
