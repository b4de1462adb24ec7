//! `[inject.…]` and `[contingency.…]`: what the planner scripts and what the planner fears.

use super::Effect;
use crate::scenario::{Condition, Formula, Moment, Names, Period, Quantity, Share};
use schemars::JsonSchema;
use serde::Deserialize;

/// A scripted event of the exercise.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Inject {
    /// What it is called on the list of events.
    pub title: String,
    /// When it is given.
    pub at: Option<Moment>,
    /// It is given once this holds.
    pub when: Option<Condition>,
    /// How long `when` must have held.
    #[serde(rename = "for")]
    pub hold: Option<Quantity<Period>>,
    /// Chance that it is given at all in a run.
    pub chance: Option<Quantity<Share>>,
    /// Whom it is given to; each of them then knows of what it touches.
    #[serde(default)]
    #[schemars(extend("x-ref" = "responder"))]
    pub to: Names,
    /// What the facilitator reads out.
    pub text: Option<String>,
    /// What players are expected to do.
    pub expected: Option<String>,
    /// What it does in the world.
    #[serde(default)]
    pub effect: Effect,
    /// Shown on the timeline.
    pub because: Option<String>,
}

/// Something the planner fears, watched over the whole run.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Contingency {
    /// What has happened when it has happened, in words a reader understands.
    pub title: String,
    /// What must hold.
    pub when: Condition,
    /// How long it must have held.
    #[serde(rename = "for")]
    pub hold: Option<Quantity<Period>>,
    /// How bad it is: the highest value this takes while the contingency holds; without it, the hours it lasted.
    pub severity: Option<Formula>,
    /// Shown on the timeline.
    pub because: Option<String>,
}
