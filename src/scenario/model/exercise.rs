//! `[exercise]`, `[objective.…]` and `[inject.…]`: what is exercised, by whom it is played, and what the planner scripts.

use super::Effect;
use crate::scenario::{Condition, Moment, Names, Period, Quantity, Share};
use schemars::JsonSchema;
use serde::Deserialize;

/// What is said of the exercise in its papers.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Exercise {
    /// Who holds it.
    pub sponsor: Option<String>,
    /// Whom to ask about it.
    pub contact: Option<String>,
    /// What it covers, and what it leaves out.
    pub scope: Option<String>,
    /// How long the players sit together.
    pub duration: Option<Quantity<Period>>,
    /// What the players are to take as given.
    #[serde(default)]
    pub assumptions: Vec<String>,
}

/// What the players are to show, and what an evaluator looks for.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ExerciseObjective {
    /// The objective, in a sentence.
    pub title: String,
    /// The core capability it tests.
    pub capability: Option<String>,
    /// How much of that capability is wanted, and by when.
    pub target: Option<String>,
    /// What must be done for it: critical tasks.
    #[serde(default)]
    pub tasks: Vec<String>,
    /// What to talk about.
    #[serde(default)]
    pub questions: Vec<String>,
    /// Whose players are evaluated.
    #[serde(default)]
    #[schemars(extend("x-ref" = "responder"))]
    pub owner: Names,
}

/// How an inject reaches the players.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Method {
    /// By mail on a screen.
    Email,
    /// By telephone.
    Phone,
    /// By a text message.
    TextMessage,
    /// By radio.
    Radio,
    /// By somebody in the room.
    InPerson,
    /// On paper.
    Paper,
    /// As a post that the players see.
    SocialMedia,
    /// As a report of a newsroom.
    News,
    /// By the simulation cell, in whatever way it chooses.
    SimulationCell,
}

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
    /// From whom it seems to come, as the simulation cell says it: `"a reporter"`.
    pub from: Option<String>,
    /// How it reaches the players.
    pub method: Option<Method>,
    /// Who gives it.
    pub controller: Option<String>,
    /// The storyline it belongs to.
    pub track: Option<String>,
    /// The objectives it serves.
    #[serde(default)]
    #[schemars(extend("x-ref" = "objective"))]
    pub objective: Names,
    /// The inject on whose branch this one lies, which makes it a contingency inject: it is given only once that one has been.
    #[schemars(extend("x-ref" = "inject"))]
    pub branch_of: Option<String>,
}
