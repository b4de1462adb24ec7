//! `[scenario]` and `[milestone.…]`: the horizon and its named moments.

use crate::scenario::{Amount, Basis, Condition, DateTime, Moment, Names, Period, Quantity};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What the scenario is about, its horizon, and how often it is run.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct About {
    /// A title of a few words.
    pub title: String,
    /// The question the planner wants answered.
    pub question: String,
    /// When the simulated time begins, with its offset, as `2026-11-03T19:00:00-05:00`.
    pub start: DateTime,
    /// When the simulated time ends.
    pub end: DateTime,
    /// The time zone of working hours and labels, as `America/Detroit`; without it the offset of `start` holds throughout.
    #[schemars(extend("format" = "zone"))]
    pub zone: Option<String>,
    /// How many runs a batch makes unless the command line says otherwise.
    #[serde(default = "default_runs")]
    #[schemars(range(min = 1, max = 100_000_000))]
    pub runs: u64,
    /// The master seed: the same seed gives the same bytes.
    #[serde(default = "default_seed")]
    pub seed: u64,
    /// True if the scenario uses public names of real places or organisations; its numbers are then illustrations only.
    #[serde(default)]
    pub illustrative: bool,
    /// To whom the results may be shown: a word of the Traffic Light Protocol 2.0, printed on every artefact.
    #[serde(default)]
    pub tlp: Tlp,
    /// Where the scenario's story and figures come from.
    #[serde(default)]
    pub sources: Vec<String>,
    /// How many people the segments add up to.
    pub population: Option<Quantity<Amount>>,
    /// True to model belief by segment. The evidence is weak, so it is off unless asked for.
    #[serde(default)]
    pub belief: bool,
    /// Parts to build on, as `["parts/us-calendar.toml"]`, seen from this file. What this file says goes before what a part says.
    #[serde(default)]
    pub extends: Vec<String>,
}

/// To whom something may be shown (FIRST, Traffic Light Protocol 2.0, 2022), from anybody to nobody else.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub enum Tlp {
    /// Anybody.
    #[default]
    #[serde(rename = "clear")]
    Clear,
    /// The community.
    #[serde(rename = "green")]
    Green,
    /// The organisation and its clients, where they need to know.
    #[serde(rename = "amber")]
    Amber,
    /// The organisation alone.
    #[serde(rename = "amber+strict")]
    AmberStrict,
    /// Those who were named, and nobody else.
    #[serde(rename = "red")]
    Red,
}

impl Tlp {
    /// The marking as it is written.
    pub fn marking(self) -> &'static str {
        match self {
            Tlp::Clear => "TLP:CLEAR",
            Tlp::Green => "TLP:GREEN",
            Tlp::Amber => "TLP:AMBER",
            Tlp::AmberStrict => "TLP:AMBER+STRICT",
            Tlp::Red => "TLP:RED",
        }
    }

    /// The colour of its letters, on black.
    pub fn colour(self) -> u32 {
        match self {
            Tlp::Clear => 0xFF_FFFF,
            Tlp::Green => 0x33_FF00,
            Tlp::Amber | Tlp::AmberStrict => 0xFF_C000,
            Tlp::Red => 0xFF_2B2B,
        }
    }
}

fn default_runs() -> u64 {
    1_000
}

fn default_seed() -> u64 {
    1
}

/// A named moment, or a recurring one.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Milestone {
    /// When it is: a date-time, or relative to another milestone, as `"polls-close + 3d"`.
    pub at: Moment,
    /// What it is called on the timeline.
    pub title: Option<String>,
    /// The time from one occurrence to the next, for a recurring milestone.
    pub every: Option<Quantity<Period>>,
    /// The last moment at which it recurs; without it, the end of the scenario.
    pub until: Option<Moment>,
    /// How much adversaries crowd their acts around it: launches of campaigns with a rate are this many times likelier within three days.
    pub weight: Option<Quantity<Amount>>,
    /// Responders for whom it is a meeting at which what one knows is passed to all others.
    #[schemars(extend("x-ref" = "responder"))]
    #[serde(default)]
    pub meeting: Names,
    /// The meeting takes place only while this holds.
    pub when: Option<Condition>,
    /// On what the date rests.
    pub basis: Option<Basis>,
    /// Where it stands: a law, a decree, a plan.
    pub source: Option<String>,
}
