//! `[segment.…]`: parts of the public.

use super::Named;
use crate::scenario::{Names, Quantity, Share};
use schemars::JsonSchema;
use serde::Deserialize;

/// A part of the public, by how it hears, whom it trusts and which outcome it hopes for.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Segment {
    /// Its share of the population.
    pub share: Quantity<Share>,
    /// The camp whose win it hopes for, a fictional name; without it the segment is indifferent.
    pub camp: Option<String>,
    /// The share of the segment that uses each platform; platforms not named are used by their own `reach`.
    #[serde(default)]
    #[schemars(extend("x-key-ref" = "platform"))]
    pub uses: Named<Quantity<Share>>,
    /// Responders whose words do not move this segment.
    #[serde(default)]
    #[schemars(extend("x-ref" = "responder"))]
    pub distrusts: Names,
    /// Confidence that votes are counted as cast, at the start.
    pub confidence: Option<Quantity<Share>>,
    /// Share that believes a false narrative once everybody in the segment has met it often. Used only when belief is on.
    pub believes: Option<Quantity<Share>>,
}
