//! Uncertainties: drawn once a run, correlated by a normal copula where the scenario says so.
//!
//! Each has a stream of its own and takes one uniform from it, so that adding one moves no other. Correlated ones are turned
//! into normal scores, mixed by the lower Cholesky factor of the correlation matrix, and turned back. The factor gives the first
//! its own score and mixes the first's into the second's: the order is that of the names, not that of the file. The rank correlation
//! asked for is met through r = 2 sin(π ρ / 6) (Pearson 1907).

use super::board::Slot;
use super::draw::Draw;
use super::run::Run;
use crate::engine::{Distribution, StreamId, normal_cdf, normal_quantile};

/// How the value of an uncertainty comes about.
#[derive(Clone, Debug)]
pub(super) enum Origin {
    /// By inversion of a uniform draw.
    Drawn(Distribution, StreamId),
    /// From others.
    Derived(Draw),
}

/// An uncertainty.
#[derive(Clone, Debug)]
pub(super) struct Spec {
    /// What it is called.
    pub(super) name: String,
    /// How its value comes about.
    pub(super) origin: Origin,
    /// Where it stands on the board.
    pub(super) slot: Slot,
}

/// All uncertainties of a scenario.
#[derive(Clone, Debug)]
pub(super) struct Uncertainties {
    specs: Vec<Spec>,
    /// Positions of those that are correlated with another, by name, and the lower Cholesky factor, row by row.
    correlated: Vec<usize>,
    /// For each uncertainty its row of the factor, if it is correlated.
    rows: Vec<Option<usize>>,
    factor: Vec<f64>,
    scores: Vec<f64>,
}

impl Uncertainties {
    /// Uncertainties, derived ones after those they derive from. `correlations` are pairs of positions with their rank correlation.
    /// Returns nothing if no such joint distribution exists.
    pub(super) fn new(specs: Vec<Spec>, correlations: &[(usize, usize, f64)]) -> Option<Uncertainties> {
        let mut correlated: Vec<usize> = correlations.iter().flat_map(|(first, second, _)| [*first, *second]).collect();
        correlated.sort_unstable_by_key(|position| &specs[*position].name);
        correlated.dedup();
        let size = correlated.len();
        let mut rows = vec![None; specs.len()];
        for (row, position) in correlated.iter().enumerate() {
            rows[*position] = Some(row);
        }
        let mut matrix = vec![0.0; size * size];
        for row in 0..size {
            matrix[row * size + row] = 1.0;
        }
        for (first, second, rank) in correlations {
            if let (Some(row), Some(column)) = (rows[*first], rows[*second]) {
                let pearson = 2.0 * libm::sin(std::f64::consts::PI * rank / 6.0);
                matrix[row * size + column] = pearson;
                matrix[column * size + row] = pearson;
            }
        }
        let factor = cholesky(&matrix, size)?;
        Some(Uncertainties { specs, correlated, rows, factor, scores: vec![0.0; size] })
    }

    /// Draws all of them and puts them on the board.
    pub(super) fn draw(&mut self, run: &mut Run, drawn: &mut Vec<f64>) {
        let size = self.correlated.len();
        for (row, position) in self.correlated.iter().enumerate() {
            if let Origin::Drawn(_, stream) = &self.specs[*position].origin {
                self.scores[row] = normal_quantile(run.uniform(*stream));
            }
        }
        for (position, spec) in self.specs.iter().enumerate() {
            let value = match &spec.origin {
                Origin::Derived(draw) => draw.value(run),
                Origin::Drawn(distribution, stream) => distribution.quantile(match self.rows[position] {
                    None => run.uniform(*stream),
                    Some(row) => {
                        let factors = &self.factor[row * size..row * size + row + 1];
                        normal_cdf(factors.iter().zip(&self.scores).map(|(l, z)| l * z).sum())
                    }
                }),
            };
            run.board.set(spec.slot, value);
            drawn.push(value);
        }
    }
}

/// The lower Cholesky factor of a symmetric matrix given row by row; nothing if it is not positive semidefinite.
pub(super) fn cholesky(matrix: &[f64], size: usize) -> Option<Vec<f64>> {
    const NOTHING: f64 = 1e-9;
    let mut factor = vec![0.0; size * size];
    for row in 0..size {
        for column in 0..=row {
            let dot: f64 = (0..column).map(|k| factor[row * size + k] * factor[column * size + k]).sum();
            let rest = matrix[row * size + column] - dot;
            let pivot = factor[column * size + column];
            factor[row * size + column] = if row == column && rest > 1e-12 {
                libm::sqrt(rest)
            } else if row != column && pivot > 0.0 {
                rest / pivot
            } else if rest.abs() <= NOTHING {
                // Wholly given by what comes before: nothing of its own is left.
                0.0
            } else {
                return None;
            };
        }
    }
    Some(factor)
}
