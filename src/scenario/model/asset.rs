//! `[asset.…]`: systems that can fail, be attacked and recover.

use crate::scenario::{Names, Period, Quantity, Share};
use schemars::JsonSchema;
use serde::Deserialize;

/// A system: a results page, a portal, a database, a mail server.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Asset {
    /// What it is called in reports.
    pub title: Option<String>,
    /// The responder who runs it and learns first of its troubles.
    #[schemars(extend("x-ref" = "responder"))]
    pub owner: Option<String>,
    /// Time from a visible trouble until the owner knows.
    pub detect: Option<Quantity<Period>>,
    /// Time from a break-in until the owner knows.
    pub detect_intrusion: Option<Quantity<Period>>,
    /// Time from detection until service is back without any response.
    pub recover: Option<Quantity<Period>>,
    /// Time from detection until wrong contents are corrected without any response; without it they stay wrong.
    pub correct: Option<Quantity<Period>>,
    /// What takes over when it is down.
    pub fallback: Option<Fallback>,
    /// Systems without which this one is down as well.
    #[serde(default)]
    #[schemars(extend("x-ref" = "asset"))]
    pub depends: Names,
    /// Systems whose contents this one shows: if theirs are wrong, so are these. Nothing flows the other way.
    #[serde(default)]
    #[schemars(extend("x-ref" = "asset"))]
    pub reads: Names,
    /// Chance that an attack which succeeds elsewhere is stopped here.
    pub hardened: Option<Quantity<Share>>,
}

/// What takes over when a system is down.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Fallback {
    /// Time from detection until it works; it works at once without this.
    pub takes: Option<Quantity<Period>>,
    /// Service it gives, as a share of the normal one.
    pub rate: Quantity<Share>,
    /// True if it starts only when a response switches it on.
    #[serde(default)]
    pub on_request: bool,
}
