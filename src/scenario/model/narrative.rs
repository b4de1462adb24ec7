//! `[narrative.…]`: rumours and stories that spread.

use super::Named;
use crate::scenario::{Amount, Condition, Frequency, Moment, Period, Plain, Quantity, Share, Shift, Tags};
use schemars::JsonSchema;
use serde::Deserialize;

/// A rumour or story that spreads. It may have no author at all.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Narrative {
    /// What it claims, in one neutral sentence.
    pub about: String,
    /// True for an accurate story: acting against it is then a wrong action and counted as such.
    #[serde(default)]
    pub accurate: bool,
    /// Where it lives: the share of its outside drive on each platform. Without it the narrative spreads off the platforms, and no platform's tools reach it.
    #[serde(default)]
    #[schemars(extend("x-key-ref" = "platform"))]
    pub on: Named<Quantity<Share>>,
    /// Which spread model it follows.
    #[serde(default)]
    pub kernel: Kernel,
    /// When it starts by itself. Without `at` or `when` it starts once something fuels or publishes it.
    pub at: Option<Moment>,
    /// It starts by itself once this holds.
    pub when: Option<Condition>,
    /// Posts expected in all if nobody does anything, for a narrative that starts by itself.
    pub posts: Option<Quantity<Amount>>,
    /// Share of posts caused by earlier posts (the branching ratio). The answer is most sensitive to it.
    pub branching: Option<Quantity<Share>>,
    /// Age at which half of the posts that come from outside have come.
    pub drive: Option<Quantity<Period>>,
    /// Spread of those ages: the standard deviation of their logarithm.
    pub drive_spread: Option<Quantity<Plain>>,
    /// Share of the excitement that is still there one five-minute tick later.
    pub memory: Option<Quantity<Share>>,
    /// Dispersion of posts per tick: lower is burstier.
    pub dispersion: Option<Quantity<Amount>>,
    /// Views per post.
    pub views: Option<Quantity<Amount>>,
    /// Share of the people reached who then do not vote.
    pub deters: Option<Quantity<Share>>,
    /// Change in the confidence of people it reaches, in points, as `"-3 %"`.
    pub doubt: Option<Quantity<Shift>>,
    /// Facts in the world that feed it.
    #[serde(default)]
    pub fuel: Vec<Fuel>,
    /// Parameters of the log-virality kernel; used only with `kernel = "log-virality"`.
    pub virality: Option<Virality>,
    /// Parameters of the self-exciting kernel; used only with `kernel = "self-exciting"`.
    pub self_exciting: Option<SelfExciting>,
    /// Technique tags, as `"disarm:T0046"`.
    #[serde(default)]
    pub tags: Tags,
}

/// Which spread model a narrative follows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Kernel {
    /// Linear branching with outside drive: interpretable, with closed forms.
    #[default]
    Linear,
    /// The log-virality model fitted to published events.
    LogVirality,
    /// Linear branching with a memory that fades by a power law, so that a late takedown still helps.
    SelfExciting,
}

/// A fact in the world that feeds a narrative while it holds.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Fuel {
    /// While this holds the narrative is fed.
    pub when: Condition,
    /// How long it must have held first.
    #[serde(rename = "for")]
    pub hold: Option<Quantity<Period>>,
    /// Posts from outside that it adds per hour.
    pub rate: Quantity<Frequency>,
    /// How long it feeds at most, from when it began.
    pub lasts: Option<Quantity<Period>>,
    /// Shown on the timeline.
    pub because: Option<String>,
}

/// Parameters of the log-virality kernel, per five-minute step.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Virality {
    /// Baseline: the logarithm of posts per step.
    pub alpha: Quantity<Plain>,
    /// Effect of virality on the logarithm of posts per step.
    pub beta: Quantity<Plain>,
    /// Share of virality left after one step.
    pub delta: Quantity<Share>,
    /// Extra ageing per step.
    pub lambda: Quantity<Plain>,
    /// Median followers of one who posts.
    pub followers: Option<Quantity<Amount>>,
    /// Spread of followers: the standard deviation of their logarithm.
    pub followers_spread: Option<Quantity<Plain>>,
    /// How long the event lasts at most.
    pub lasts: Quantity<Period>,
    /// Posts of the first step; drawn like those of any other, without this.
    pub first: Option<Quantity<Amount>>,
    /// The most posts one step may bring.
    pub most: Option<Quantity<Amount>>,
    /// In which step posts reach followers.
    #[serde(default)]
    pub convention: Convention,
}

/// In which step posts reach followers: the published model is fitted with one convention and simulated with another.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Convention {
    /// In their own step; ageing counts steps from one.
    #[default]
    Fit,
    /// One step later, those of the first step in both; ageing counts steps from zero.
    Simulator,
}

/// Parameters of the self-exciting kernel: the share of a post's answers that come within a time s is 1 - (cutoff / (cutoff + s))^exponent.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct SelfExciting {
    /// Time below which the power law levels off.
    pub cutoff: Quantity<Period>,
    /// How fast answers thin out: lower is longer memory.
    pub exponent: Quantity<Plain>,
}
