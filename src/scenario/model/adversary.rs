//! `[adversary.…]`, `[campaign.…]` and `[hazard.…]`: what goes wrong, with and without intent.

use super::{Effect, Named};
use crate::scenario::{Amount, Condition, Frequency, Moment, Names, Period, Quantity, Share, Tags};
use schemars::JsonSchema;
use serde::Deserialize;

/// Somebody who acts with intent against the election. Domestic speech is a narrative, never an adversary.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Adversary {
    /// What kind of actor it is.
    pub kind: AdversaryKind,
    /// What it is called in reports; a fictional name.
    pub title: Option<String>,
    /// Skill and means, from 1 (most) to 5.
    #[schemars(range(min = 1, max = 5))]
    pub tier: Option<u8>,
    /// What it wants, with weights.
    #[serde(default)]
    pub objectives: indexmap::IndexMap<Objective, Quantity<Share>>,
    /// How many steps it can work on at once.
    pub operators: Option<Quantity<Amount>>,
    /// Groups it acts through.
    #[serde(default)]
    pub proxy: Named<Proxy>,
    /// Time until a network that was taken down is back.
    pub returns: Option<Quantity<Period>>,
    /// Capacity with which it is back, as a share of the old one.
    pub returns_at: Option<Quantity<Share>>,
    /// Tempo after it has been named in public, as a share of the old one.
    pub after_attribution: Option<Quantity<Share>>,
    /// Tempo after a step succeeded, as a multiple of the old one.
    pub after_success: Option<Quantity<Amount>>,
}

/// What kind of actor an adversary is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum AdversaryKind {
    /// A state's own service.
    State,
    /// A firm or group that works for pay.
    Contractor,
    /// Out for money.
    Criminal,
    /// Out for attention or a cause.
    Hacktivist,
    /// Somebody with lawful access.
    Insider,
}

/// What an adversary wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Objective {
    /// Doubt about how the election is run.
    DelegitimiseProcess,
    /// Doubt about its result.
    DelegitimiseResult,
    /// Harm to one camp.
    Harm,
    /// Help for one camp.
    Assist,
    /// Fewer people taking part.
    SuppressParticipation,
    /// Division as an end in itself.
    Divide,
    /// A service that does not work.
    DisruptService,
    /// Money.
    Profit,
    /// Attention.
    Attention,
}

/// A group through which an adversary acts.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Proxy {
    /// What it is called in reports.
    pub title: Option<String>,
    /// How many times longer attribution takes when a step went through it.
    pub delays_attribution: Option<Quantity<Amount>>,
    /// Volume it publishes, as a share of what the adversary would by itself.
    pub capacity: Option<Quantity<Share>>,
    /// Chance, at every step that goes through it, that the proxy is exposed and of no use afterwards.
    pub burns: Option<Quantity<Share>>,
}

/// What an adversary does, step by step.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Campaign {
    /// Who runs it.
    #[schemars(extend("x-ref" = "adversary"))]
    pub by: String,
    /// What it is called in reports.
    pub title: Option<String>,
    /// How often its first step is launched, for a campaign that comes back; milestones with a weight crowd the launches.
    pub rate: Option<Quantity<Frequency>>,
    /// Chance that the campaign takes place at all in a run.
    pub chance: Option<Quantity<Share>>,
    /// The steps, in order: each starts when the one before has succeeded, unless it says `at` or `when`.
    pub step: Vec<Step>,
}

/// One step of a campaign.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Step {
    /// What it is called on the timeline.
    pub title: Option<String>,
    /// The proxy it goes through.
    pub through: Option<String>,
    /// When it starts, as `"polls-close + triangular(0min, 30min, 2h)"`.
    pub at: Option<Moment>,
    /// It starts once this holds.
    pub when: Option<Condition>,
    /// How long `when` must have held.
    #[serde(rename = "for")]
    pub hold: Option<Quantity<Period>>,
    /// Time the step takes.
    pub takes: Option<Quantity<Period>>,
    /// Chance that an attempt succeeds.
    pub success: Option<Quantity<Share>>,
    /// How often it is tried again after a failure.
    #[serde(default)]
    pub retries: u32,
    /// Time from a failure to the next attempt.
    pub retry_after: Option<Quantity<Period>>,
    /// Chance that an attempt is noticed, whether it succeeds or not.
    pub noticed: Option<Quantity<Share>>,
    /// Time until it is noticed, if it is.
    pub noticed_after: Option<Quantity<Period>>,
    /// Who notices it; the owners of the systems it touches, without this.
    #[serde(default)]
    #[schemars(extend("x-ref" = "responder"))]
    pub noticed_by: Names,
    /// What it does when it succeeds.
    #[serde(default)]
    pub effect: Effect,
    /// Technique tags, as `"attack:T1498"`.
    #[serde(default)]
    pub tags: Tags,
    /// Shown on the timeline.
    pub because: Option<String>,
}

/// Something that goes wrong without anybody's intent: an accident, overload, an honest mistake.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Hazard {
    /// What it is called in reports.
    pub title: Option<String>,
    /// When it may happen.
    pub at: Option<Moment>,
    /// It may happen once this holds.
    pub when: Option<Condition>,
    /// How long `when` must have held.
    #[serde(rename = "for")]
    pub hold: Option<Quantity<Period>>,
    /// How often it happens, for a hazard without `at` or `when`.
    pub rate: Option<Quantity<Frequency>>,
    /// Chance that it happens at `at` or once `when` holds.
    pub chance: Option<Quantity<Share>>,
    /// What it does.
    pub effect: Effect,
    /// Shown on the timeline.
    pub because: Option<String>,
}
