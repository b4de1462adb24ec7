//! `[platform.…]`: where posts are shared, reported, reviewed and acted upon.

use super::Named;
use crate::scenario::{Amount, Frequency, Hours, Period, Quantity, Share};
use schemars::JsonSchema;
use serde::Deserialize;

/// A platform, as a moderation queue with limited reviewers.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Platform {
    /// What it is called in reports.
    pub title: Option<String>,
    /// Share of the population that uses it.
    pub reach: Option<Quantity<Share>>,
    /// How many reviewers work on election claims at once. With 0 nothing is reviewed.
    pub reviewers: Option<Quantity<Amount>>,
    /// When they work, as `"always"` or `"Mon-Fri 08:00-18:00"`.
    #[serde(default)]
    pub hours: Hours,
    /// Time one review takes a reviewer.
    pub review: Option<Quantity<Period>>,
    /// Time from the first report until an item stands in the queue: collection and matching of claims.
    pub triage: Option<Quantity<Period>>,
    /// Reports per post.
    pub reports: Option<Quantity<Share>>,
    /// Reports an hour about items that have nothing to do with the scenario: the load reviewers carry anyway.
    pub other_reports: Option<Quantity<Frequency>>,
    /// Chance that a claim is matched to a policy at all.
    pub coverage: Option<Quantity<Share>>,
    /// Chance that a reviewer recognises a breach for what it is.
    pub sensitivity: Option<Quantity<Share>>,
    /// Chance that a reviewer leaves an accurate item alone.
    pub specificity: Option<Quantity<Share>>,
    /// What is done with an item found in breach.
    #[serde(default)]
    pub measure: Measure,
    /// Cut in sharing of a labelled item.
    pub label_cut: Option<Quantity<Share>>,
    /// Cut in reach of a downranked item.
    pub downrank_cut: Option<Quantity<Share>>,
    /// Share of copies that a removal catches.
    pub removal_caught: Option<Quantity<Share>>,
    /// Every post of a narrative with the self-exciting kernel is taken down this long after it was posted; never, without this.
    pub posts_last: Option<Quantity<Period>>,
    /// Time from a decision until it has taken effect everywhere.
    pub propagation: Option<Quantity<Period>>,
    /// Breaches after which the accounts that spread a narrative are banned; 0 for never.
    #[serde(default)]
    pub strikes: u32,
    /// Share of a narrative's reach that banned accounts had.
    pub ban_cut: Option<Quantity<Share>>,
    /// An automatic brake on sudden growth, before any review.
    pub circuit_breaker: Option<CircuitBreaker>,
    /// Seeds that each post here plants on another platform.
    #[serde(default)]
    #[schemars(extend("x-key-ref" = "platform"))]
    pub spill: Named<Quantity<Share>>,
    /// Rise in outside drive on the other platforms for a day after a hard action here.
    pub displacement: Option<Quantity<Share>>,
}

/// What a platform does with an item found in breach.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Measure {
    /// Only counted.
    Nothing,
    /// Labelled: sharing falls by `label-cut`.
    #[default]
    Label,
    /// Shown less: reach falls by `downrank-cut`.
    Downrank,
    /// Taken down: `removal-caught` of the copies stop.
    Remove,
}

/// An automatic brake on sudden growth.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct CircuitBreaker {
    /// Posts within 30 minutes that set it off.
    pub above: Quantity<Amount>,
    /// Cut in reach while it holds.
    pub cut: Quantity<Share>,
    /// How long it holds, unless a review lifts it before.
    pub lasts: Quantity<Period>,
}
