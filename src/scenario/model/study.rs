//! `[measure.…]`, `[uncertainty.…]`, `[plan.…]` and `[[checks]]`: what is drawn, compared, read and expected.

use super::Named;
use crate::scenario::{Basis, Formula, Grade, Names, Plain, Quantity, Statement, Unbound};
use schemars::JsonSchema;
use serde::Deserialize;

/// A number read from every run.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Measure {
    /// What it is called in reports.
    pub title: String,
    /// What is read, as `"narrative.rigged.posts"`.
    pub value: Formula,
    /// When it is read.
    #[serde(default)]
    pub take: Take,
    /// Which direction is good.
    pub better: Option<Direction>,
}

/// When a measure is read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Take {
    /// At the end of the run.
    #[default]
    Last,
    /// Its highest value over the run.
    Highest,
    /// Its lowest value over the run.
    Lowest,
    /// Its average over the run's time.
    Mean,
    /// For a condition: how long it held in all.
    TimeTrue,
    /// For a condition: when it first came to hold, since the start; empty if it never did.
    FirstTime,
}

/// Which direction of a measure is good.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Direction {
    /// Less is better.
    Lower,
    /// More is better.
    Higher,
}

/// A quantity drawn once a run, which may be used by name wherever a number stands.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Uncertainty {
    /// What it is called in reports.
    pub title: Option<String>,
    /// Its distribution, as `"pert(2h, 8h, 30h)"`.
    pub value: Quantity<Unbound>,
    /// On what the distribution rests.
    pub basis: Option<Basis>,
    /// Where it comes from.
    pub source: Option<String>,
    /// How strong that evidence is.
    pub grade: Option<Grade>,
}

/// A rank correlation between two uncertainties.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Correlation {
    /// The two uncertainties.
    #[schemars(extend("x-ref" = "uncertainty"), length(min = 2, max = 2))]
    pub between: Vec<String>,
    /// From -1 to 1.
    pub value: Quantity<Plain>,
}

/// A variant of the scenario.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Plan {
    /// What it is called in reports.
    pub title: Option<String>,
    /// Responses that are left out.
    #[serde(default)]
    #[schemars(extend("x-ref" = "response"))]
    pub without: Names,
    /// The only responses that are taken; all of them, without this.
    #[schemars(extend("x-ref" = "response"))]
    pub only: Option<Names>,
    /// Values that differ from the rest of the file, as `{ "asset.portal.recover" = "2h" }`.
    #[serde(default)]
    #[schemars(with = "Named<serde_json::Value>", extend("x-overrides" = true))]
    pub set: Named<toml::Value>,
}

/// What an expert expects of the results.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Check {
    /// The statement, as `"share(dark-page, with-mirror) < 5 %"`.
    pub that: Statement,
    /// Why it is expected.
    pub because: Option<String>,
}
