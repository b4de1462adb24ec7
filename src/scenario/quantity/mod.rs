//! Numbers as a person writes them: plain, with a unit, uncertain, or with their evidence.

mod describe;
mod distribution;
mod interval;
mod parse;
mod read;

pub use describe::describe;
pub(crate) use parse::{Read, read_as};
pub use parse::{check_number, check_quantity, number_quantity, parse_quantity};

use super::expression::{Expression, TextProblem};
use super::units::Dimension;
use crate::engine::variate::Distribution;
use schemars::JsonSchema;
use serde::Deserialize;
use std::marker::PhantomData;

/// On what a number rests.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Basis {
    /// Read in a named source.
    Cited,
    /// Worked out from evidence.
    Estimated,
    /// Nobody knows; a planning default, to be varied.
    Assumed,
}

impl Basis {
    /// As an author writes it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Basis::Cited => "cited",
            Basis::Estimated => "estimated",
            Basis::Assumed => "assumed",
        }
    }
}

/// How strong the evidence behind a number is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize, JsonSchema)]
pub enum Grade {
    /// Cause and effect, measured in the field.
    A,
    /// Experiments.
    B,
    /// Fits of models, and single public cases.
    C,
    /// An assumption without direct evidence.
    D,
}

impl Grade {
    /// As an author writes it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Grade::A => "A",
            Grade::B => "B",
            Grade::C => "C",
            Grade::D => "D",
        }
    }
}

/// The value of a quantity in canonical units.
#[derive(Clone, Debug)]
pub enum Value {
    /// Always the same.
    Fixed(f64),
    /// Drawn anew each time it is used.
    Distribution(Distribution),
    /// Worked out from uncertainties that are drawn once a run.
    Formula(Expression),
    /// One of several named choices, by position, with these names.
    Choice(Distribution, Vec<String>),
}

/// The dimension and range of a [`Quantity`].
pub trait Dimensioned {
    /// What kind of thing the number is; `None` accepts any.
    const DIMENSION: Option<Dimension>;
    /// Name in the schema (`x-quantity`) and in messages.
    const NAME: &'static str;
    /// Lowest value allowed, in canonical units.
    const LOW: f64;
    /// Highest value allowed, in canonical units.
    const HIGH: f64;
    /// Examples for messages and editors.
    const EXAMPLES: &'static [&'static str];
}

macro_rules! dimension {
    ($(#[$doc:meta])* $name:ident, $dimension:expr, $label:literal, $low:expr, $high:expr, $examples:expr) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug)]
        pub enum $name {}
        impl Dimensioned for $name {
            const DIMENSION: Option<Dimension> = $dimension;
            const NAME: &'static str = $label;
            const LOW: f64 = $low;
            const HIGH: f64 = $high;
            const EXAMPLES: &'static [&'static str] = $examples;
        }
    };
}

dimension!(
    /// A share or probability: `"35 %"` or `0.35`, from 0 to 1.
    Share, Some(Dimension::Number), "share", 0.0, 1.0, &["35 %", "0.35", "20 % to 50 %"]
);
dimension!(
    /// A change in a share, in points: `"3 %"` or `"-6.5 %"`, from -1 to 1.
    Shift, Some(Dimension::Number), "shift", -1.0, 1.0, &["3 %", "-6.5 %", "triangular(0 %, 3 %, 8 %)"]
);
dimension!(
    /// A length of time, not negative: `"36h"`, `"15min to 4h"`.
    Period, Some(Dimension::Period), "period", 0.0, f64::INFINITY, &["36h", "15min to 4h", "pert(2h, 8h, 30h)"]
);
dimension!(
    /// Something per time, not negative: `"40/h"`.
    Frequency, Some(Dimension::Rate), "frequency", 0.0, f64::INFINITY, &["40/h", "3/d"]
);
dimension!(
    /// A count or size, not negative: `12`, `"1_000 to 90_000"`.
    Amount, Some(Dimension::Number), "amount", 0.0, f64::INFINITY, &["12", "1_000 to 90_000"]
);
dimension!(
    /// Any number without unit.
    Plain, Some(Dimension::Number), "number", f64::NEG_INFINITY, f64::INFINITY, &["0.3", "normal(0, 1)"]
);
dimension!(
    /// A value of any dimension: what an uncertainty draws.
    Unbound, None, "quantity", f64::NEG_INFINITY, f64::INFINITY, &["pert(2h, 8h, 30h)", "20 % to 50 %", "choice(low 60 %, high 40 %)"]
);

/// A number as an author writes it: `0.35`, `"35 %"`, `"2h to 30h"`, a name of an uncertainty, or
/// `{ value = …, basis = "cited", source = "…" }`.
#[derive(Clone, Debug)]
pub struct Quantity<D> {
    /// Its value in canonical units.
    pub value: Value,
    /// Its dimension.
    pub dimension: Dimension,
    /// As it was written.
    pub written: String,
    /// On what it rests, if the author said.
    pub basis: Option<Basis>,
    /// Where it comes from, if the author said.
    pub source: Option<String>,
    /// How strong that evidence is, if the author said.
    pub grade: Option<Grade>,
    marker: PhantomData<D>,
}

impl<D: Dimensioned> Quantity<D> {
    /// A certain value, in canonical units.
    #[must_use]
    pub fn fixed(value: f64) -> Self {
        let dimension = D::DIMENSION.unwrap_or(Dimension::Number);
        Quantity {
            value: Value::Fixed(value),
            dimension,
            written: super::units::format_value(value, dimension),
            basis: None,
            source: None,
            grade: None,
            marker: PhantomData,
        }
    }

    /// Reads a quantity as an author writes it.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with the text, each with its bytes.
    pub fn parse(text: &str) -> Result<Self, Vec<TextProblem>> {
        let (value, dimension) = parse_quantity(text, D::DIMENSION, D::LOW, D::HIGH)?;
        let written = text.to_owned();
        Ok(Quantity { value, dimension, written, basis: None, source: None, grade: None, marker: PhantomData })
    }

    /// Reads a quantity written as a bare number.
    ///
    /// # Errors
    ///
    /// When the number is out of range, or a unit is needed.
    pub fn number(number: f64) -> Result<Self, TextProblem> {
        let (value, dimension) = number_quantity(number, D::DIMENSION, D::LOW, D::HIGH)?;
        let written = number.to_string();
        Ok(Quantity { value, dimension, written, basis: None, source: None, grade: None, marker: PhantomData })
    }

    /// The range a draw is kept to, in canonical units. A law without bounds may be written for a field that has them, as
    /// `normal(50 %, 20 %)` for a share: what falls outside is moved to the nearer end.
    #[must_use]
    pub fn clamp_range(&self) -> (f64, f64) {
        (D::LOW, D::HIGH)
    }
}
