//! `[responder.…]`, `[channel.…]` and `[response.…]`: who may act, how word reaches them, what they do.

use super::Effect;
use crate::scenario::{Amount, Condition, Hours, Moment, Names, Period, Quantity, Share, Tags};
use schemars::JsonSchema;
use serde::Deserialize;

/// An organisation that may act.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Responder {
    /// What kind of organisation it is: this decides what it may do.
    pub kind: ResponderKind,
    /// What it is called in reports.
    pub title: Option<String>,
    /// The platform it runs, for `kind = "platform"`.
    #[schemars(extend("x-ref" = "platform"))]
    pub platform: Option<String>,
    /// How many responses it can work on at once.
    pub staff: Option<Quantity<Amount>>,
    /// When it works, as `"always"` or `"Mon-Fri 08:00-18:00"`.
    #[serde(default)]
    pub hours: Hours,
    /// Time after a narrative's first post until it notices by itself; without this it must be told.
    pub notices: Option<Quantity<Period>>,
}

/// What kind of organisation a responder is. The kind decides which effects its responses may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ResponderKind {
    /// A county or city election office.
    LocalElectionOffice,
    /// A state's or nation's election authority.
    StateElectionOffice,
    /// A centre that relays indicators among offices.
    SharingCentre,
    /// A civilian cyber-security agency.
    CyberAgency,
    /// Police and investigators.
    LawEnforcement,
    /// Those who assess and attribute.
    Intelligence,
    /// Prosecutors.
    Justice,
    /// A military cyber command.
    MilitaryCyber,
    /// A platform's trust-and-safety team.
    Platform,
    /// A supplier, host or network provider.
    Vendor,
    /// Newsrooms and their consortia.
    Media,
    /// Fact-checkers and researchers.
    FactChecker,
    /// A court.
    Court,
    /// A canvassing board.
    CanvassBoard,
    /// A legislature.
    Legislature,
    /// A party or campaign.
    Party,
    /// A civic group or other association.
    CivilSociety,
}

/// A way by which what one responder knows reaches another.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Channel {
    /// Who tells.
    #[schemars(extend("x-ref" = "responder"))]
    pub from: String,
    /// Who is told.
    #[schemars(extend("x-ref" = "responder"))]
    pub to: Names,
    /// Time the word takes.
    pub latency: Option<Quantity<Period>>,
    /// Chance that it never arrives.
    pub loss: Option<Quantity<Share>>,
    /// Time it waits until it may be passed on at all.
    pub clearance: Option<Quantity<Period>>,
    /// How often both sides meet: it shortens the latency, and a meeting passes on what is waiting.
    #[serde(default)]
    pub forum: Forum,
    /// What it carries, as `["asset.portal", "narrative.rigged"]`; everything, without this.
    #[serde(default)]
    #[schemars(extend("x-ref" = "subject"))]
    pub about: Names,
}

/// How often two organisations meet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Forum {
    /// Never: word travels at the channel's latency.
    #[default]
    None,
    /// Every 30 days.
    Monthly,
    /// Every 7 days.
    Weekly,
    /// Every day.
    Daily,
}

/// Something a responder may do. Doing nothing is legal: leave the response out of a plan.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Response {
    /// Who does it.
    #[schemars(extend("x-ref" = "responder"))]
    pub owner: String,
    /// What it is called in reports.
    pub title: Option<String>,
    /// When it is due, for a response that is planned ahead.
    pub at: Option<Moment>,
    /// It is called for once this holds and its owner knows of everything the condition names.
    pub when: Option<Condition>,
    /// How long `when` must have held.
    #[serde(rename = "for")]
    pub hold: Option<Quantity<Period>>,
    /// Responses that must be done first.
    #[serde(default)]
    #[schemars(extend("x-ref" = "response"))]
    pub after: Names,
    /// Time from knowing to a decision.
    pub decide: Option<Quantity<Period>>,
    /// Time the decided act waits for clearance.
    pub clearance: Option<Quantity<Period>>,
    /// Working time the act takes; it occupies staff.
    pub takes: Option<Quantity<Period>>,
    /// Time from the act until it has taken effect.
    pub settles: Option<Quantity<Period>>,
    /// Chance that the act works.
    pub success: Option<Quantity<Share>>,
    /// Which goes first when staff are short: lower numbers first.
    #[serde(default)]
    pub priority: u8,
    /// True if it is done again whenever `when` comes to hold again.
    #[serde(default)]
    pub repeats: bool,
    /// Cost in the planner's own points.
    pub cost: Option<Quantity<Amount>>,
    /// What it does.
    pub effect: Effect,
    /// Shown on the timeline.
    pub because: Option<String>,
    /// Technique tags, as `"disarm:C00125"`.
    #[serde(default)]
    pub tags: Tags,
}
