//! What an author may write: one type a table of the scenario file.
//!
//! These types are the single source of the file format. The JSON Schema, the checks with their
//! positions, the editor's completion and the reference page all come from the doc comments and
//! annotations here; `serde` reads them only after every check has passed.
//!
//! Annotations the schema carries beyond the standard ones: `x-ref` (the value names an entry of
//! that table), `x-key-ref` (the keys do), and, on quantities, `x-quantity` (the dimension).

mod adversary;
mod asset;
mod audience;
mod calendar;
mod contest;
mod contingency;
mod effect;
mod exercise;
mod narrative;
mod platform;
mod responder;
mod study;

pub use adversary::{Adversary, AdversaryKind, Campaign, Hazard, Objective, Proxy, Step};
pub use asset::{Asset, Fallback};
pub use audience::Segment;
pub use calendar::{About, Milestone, Tlp};
pub use contest::{
    Allocation, AtLarge, Audit, AuditMethod, Award, BallotMode, Caller, Candidate, Certification, Contest, Counties,
    Deadline, Jurisdiction, Lines, Modes, Online, RecountRule, Release, Rerun, Revote, RuleSet, Runoff,
};
pub use contingency::{Contingency, Standard};
pub use effect::*;
pub use exercise::{Exercise, ExerciseObjective, Inject, Method};
pub use narrative::{Convention, Fuel, Kernel, Narrative, SelfExciting, Virality};
pub use platform::{CircuitBreaker, Measure as ModerationMeasure, Platform};
pub use responder::{Channel, Forum, Responder, ResponderKind, Response};
pub use study::{Check, Correlation, Direction, Measure, Plan, Take, Uncertainty};

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::Deserialize;

/// Entries of a `[kind.name]` table, in the order of the file.
pub type Named<T> = IndexMap<String, T>;

/// A scenario: who acts, on what, who answers, and what the planner fears.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[schemars(title = "Canvass scenario")]
pub struct Scenario {
    /// What the scenario is about, its horizon, and how often it is run.
    pub scenario: About,
    /// Named moments: polls close, a deadline, a weekly meeting. Their names may be used in any time or condition.
    #[serde(default)]
    pub milestone: Named<Milestone>,
    /// Parts of the public, by how they hear and whom they trust. Without any there is one segment, `public`.
    #[serde(default)]
    pub segment: Named<Segment>,
    /// Places where posts are shared and moderated.
    #[serde(default)]
    pub platform: Named<Platform>,
    /// Rumours and stories that spread. A narrative needs no author.
    #[serde(default)]
    pub narrative: Named<Narrative>,
    /// Those who act with intent against the election.
    #[serde(default)]
    pub adversary: Named<Adversary>,
    /// What an adversary does, step by step.
    #[serde(default)]
    pub campaign: Named<Campaign>,
    /// What goes wrong without anybody's intent: accidents, overload, honest mistakes.
    #[serde(default)]
    pub hazard: Named<Hazard>,
    /// Systems: a results page, a portal, an office network.
    #[serde(default)]
    pub asset: Named<Asset>,
    /// Organisations that may act, with their staff, hours and authority.
    #[serde(default)]
    pub responder: Named<Responder>,
    /// Ways by which what one responder knows reaches another.
    #[serde(default)]
    pub channel: Named<Channel>,
    /// What responders may do.
    #[serde(default)]
    pub response: Named<Response>,
    /// What is voted on.
    #[serde(default)]
    pub contest: Named<Contest>,
    /// Where ballots are cast, counted, canvassed and certified.
    #[serde(default)]
    pub jurisdiction: Named<Jurisdiction>,
    /// What is said of the exercise in its papers.
    #[serde(default)]
    pub exercise: Exercise,
    /// What the players are to show.
    #[serde(default)]
    pub objective: Named<ExerciseObjective>,
    /// What the exercise planner scripts.
    #[serde(default)]
    pub inject: Named<Inject>,
    /// What the planner fears: a condition watched over the whole run.
    #[serde(default)]
    pub contingency: Named<Contingency>,
    /// Numbers read from every run.
    #[serde(default)]
    pub measure: Named<Measure>,
    /// Quantities drawn once a run, which may be used by name wherever a number stands.
    #[serde(default)]
    pub uncertainty: Named<Uncertainty>,
    /// Rank correlations between uncertainties.
    #[serde(default)]
    pub correlation: Vec<Correlation>,
    /// Variants that are run side by side on the same random draws. Without any there is one plan, `all`.
    #[serde(default)]
    pub plan: Named<Plan>,
    /// What an expert expects of the results; every batch shows them first.
    #[serde(default)]
    pub checks: Vec<Check>,
    /// Responses that the present plan leaves out: conditions may still name them, and they never come about.
    #[serde(skip)]
    pub left_out: Vec<String>,
}
