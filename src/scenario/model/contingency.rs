//! `[contingency.…]`: what the planner fears.

use crate::scenario::{Condition, Formula, Period, Quantity, Unbound};
use schemars::JsonSchema;
use serde::Deserialize;

/// Something the planner fears, watched over the whole run.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Contingency {
    /// One of the ready-made contingencies, `"C1"` to `"C25"`; everything else then has its default.
    pub standard: Option<Standard>,
    /// The contest a ready-made contingency is about; the only one, without this.
    #[schemars(extend("x-ref" = "contest"))]
    pub contest: Option<String>,
    /// The jurisdiction a ready-made contingency is about; the only one, or any, without this.
    #[schemars(extend("x-ref" = "jurisdiction"))]
    pub jurisdiction: Option<String>,
    /// The system a ready-made contingency is about; the one on which results are published, without this.
    #[schemars(extend("x-ref" = "asset"))]
    pub asset: Option<String>,
    /// The threshold of a ready-made contingency, in place of its default.
    pub above: Option<Quantity<Unbound>>,
    /// The time of a ready-made contingency, in place of its default.
    pub after: Option<Quantity<Period>>,
    /// What has happened when it has happened, in words a reader understands.
    pub title: Option<String>,
    /// What must hold.
    pub when: Option<Condition>,
    /// How long it must have held.
    #[serde(rename = "for")]
    pub hold: Option<Quantity<Period>>,
    /// How bad it is: the highest value this takes while the contingency holds; without it, the hours it lasted.
    pub severity: Option<Formula>,
    /// Shown on the timeline.
    pub because: Option<String>,
}

/// Ready-made contingencies of an election result. Their predicates: `docs/model.md`, "Contingencies".
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
pub enum Standard {
    /// No winner is called for days.
    C1,
    /// An early lead reverses.
    C2,
    /// Victory is claimed before any call.
    C3,
    /// The results page is down in the first hours.
    C4,
    /// False figures are shown.
    C5,
    /// A wrong figure is published and put right later.
    C6,
    /// A large lopsided batch is published in the night.
    C7,
    /// The count stalls.
    C8,
    /// The count is not done in time for the canvass.
    C9,
    /// Equipment fails at polling places.
    C10,
    /// Polling places close because of a threat.
    C11,
    /// Lines are long.
    C12,
    /// Poll workers are missing.
    C13,
    /// A recount is held.
    C14,
    /// A recount turns the result.
    C15,
    /// An audit becomes a full count by hand.
    C16,
    /// A board refuses to certify, or is late.
    C17,
    /// A certification or ascertainment is missed.
    C18,
    /// Electors are disputed.
    C19,
    /// An objection is debated.
    C20,
    /// Nobody has a majority.
    C21,
    /// The online portal fails or its ballots cannot be proved.
    C22,
    /// Confidence collapses.
    C23,
    /// A court halts a count.
    C24,
    /// A call is taken back.
    C25,
    /// A vote is annulled.
    C26,
    /// An office is vacant.
    C27,
}
