//! A quantity in words, so that an author can see how it was read.

use super::{Dimensioned, Quantity, Value};
use crate::engine::variate::Distribution;
use crate::scenario::units::{Dimension, format_share, format_value};

/// How a value was read, with its 5 %, 50 % and 95 % points: `lognormal: 5 % below 2h, half below 7h 45min, 5 % above 30h`.
#[must_use]
pub fn describe(value: &Value, dimension: Dimension) -> String {
    in_words(value, &|value| format_value(value, dimension))
}

impl<D: Dimensioned> Quantity<D> {
    /// How it was read, as [`describe`] says it; shares and shifts in per cent.
    #[must_use]
    pub fn describe(&self) -> String {
        if D::HIGH == 1.0 { in_words(&self.value, &format_share) } else { describe(&self.value, self.dimension) }
    }
}

fn in_words(value: &Value, words: &dyn Fn(f64) -> String) -> String {
    match value {
        Value::Fixed(value) => words(*value),
        Value::Formula(expression) => format!("worked out as `{}`", expression.text),
        Value::Choice(distribution, names) => {
            chances(distribution, &|position| names.get(position as usize).cloned().unwrap_or_else(|| words(position)))
        }
        Value::Distribution(distribution @ (Distribution::Choice { .. } | Distribution::Fixed(_))) => {
            chances(distribution, words)
        }
        Value::Distribution(distribution) => {
            let at = |u| words(distribution.quantile(u));
            format!("{}: 5 % below {}, half below {}, 5 % above {}", law(distribution), at(0.05), at(0.5), at(0.95))
        }
    }
}

fn law(distribution: &Distribution) -> &'static str {
    match distribution {
        Distribution::Fixed(_) => "certain",
        Distribution::Uniform { .. } => "uniform",
        Distribution::Triangular { .. } => "triangular",
        Distribution::Pert { .. } => "pert",
        Distribution::Normal { .. } => "normal",
        Distribution::LogNormal { .. } => "lognormal",
        Distribution::Exponential { .. } => "exponential",
        Distribution::Beta { .. } => "beta",
        Distribution::Poisson { .. } => "poisson",
        Distribution::Choice { .. } => "choice",
    }
}

fn chances(distribution: &Distribution, name: &dyn Fn(f64) -> String) -> String {
    match distribution {
        Distribution::Choice { values, cumulative } => {
            let mut below = 0.0;
            let words: Vec<String> = values
                .iter()
                .zip(cumulative)
                .map(|(&value, &up_to)| {
                    let chance = up_to - below;
                    below = up_to;
                    format!("{} ({})", name(value), format_share(chance))
                })
                .collect();
            words.join(", ")
        }
        Distribution::Fixed(value) => name(*value),
        other => name(other.mean()),
    }
}
