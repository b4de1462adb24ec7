//! `effect = { … }`: what a step, hazard, inject or response does to the world, one key a verb.

use super::{AuditMethod, BallotMode, Deadline, Release};
use crate::scenario::{Amount, Frequency, Names, Period, Plain, Quantity, Share, Shift};
use schemars::JsonSchema;
use serde::Deserialize;

/// What a step, hazard, inject or response does to the world. Each key is a verb; several may stand together.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Effect {
    /// Systems stop working.
    pub disrupt: Option<Disrupt>,
    /// Systems are entered without anybody noticing yet.
    pub compromise: Option<Compromise>,
    /// What systems hold or show becomes wrong.
    pub alter: Option<Alter>,
    /// Systems work again, at once.
    pub restore: Option<Restore>,
    /// Wrong contents are put right.
    pub correct: Option<Correct>,
    /// Systems are protected from now on.
    pub shield: Option<Shield>,
    /// The fallback of systems takes over.
    pub fail_over: Option<FailOver>,
    /// Systems are looked through: what is hidden in them is found.
    pub inspect: Option<Inspect>,

    /// A narrative is put out, or gets a push.
    pub publish: Option<Publish>,
    /// Posts of a narrative get a label.
    pub label: Option<Curb>,
    /// Posts of a narrative are shown less.
    pub downrank: Option<Curb>,
    /// Posts of a narrative are taken down.
    pub remove: Option<Curb>,
    /// The brake on sudden growth is put on a narrative's posts, whatever their number.
    pub circuit_breaker: Option<Curb>,
    /// Sharing is made slower for everything, true and false alike.
    pub friction: Option<Brake>,
    /// People are asked to think about accuracy before they share.
    pub nudge: Option<Brake>,
    /// Accounts that spread false claims again and again are banned.
    pub ban: Option<Brake>,
    /// Authoritative information is put beside election posts.
    pub information_centre: Option<InformationCentre>,
    /// More reviewers work on a platform.
    pub reviewers: Option<Reviewers>,
    /// A platform is told about a narrative: it is reviewed next.
    pub tip: Option<Tip>,
    /// An adversary's network of accounts is taken down.
    pub takedown: Option<Takedown>,

    /// People are prepared for a narrative before they meet it.
    pub prebunk: Option<Prebunk>,
    /// A narrative is answered with facts.
    pub debunk: Option<Debunk>,
    /// Officials explain what happens and why.
    pub inform: Option<Inform>,
    /// An incident shakes confidence.
    pub shake: Option<Shake>,
    /// An outcome becomes known.
    pub declare: Option<Declare>,

    /// Counting goes faster.
    pub speed_count: Option<SpeedCount>,
    /// Counting stops for a while.
    pub halt_count: Option<HaltCount>,
    /// Mail is processed ahead of the close.
    pub pre_process: Option<PreProcess>,
    /// Mail and early votes are published at another time.
    pub release: Option<ReleaseAs>,
    /// What is outstanding is published by mode.
    pub explain_outstanding: Option<ExplainOutstanding>,
    /// Ballots of some modes are set aside until a court rules on them.
    pub segregate: Option<Segregate>,
    /// A court rules on ballots that are set aside.
    pub rule: Option<Ruling>,
    /// Polls stay open longer.
    pub extend_hours: Option<ExtendHours>,
    /// A court orders boards to certify.
    pub compel: Option<Compel>,
    /// The date of certification is moved.
    pub extend: Option<Extend>,
    /// A vote is annulled: the latest round that was held. It is held again if its contest has a `rerun`.
    pub annul: Option<Annul>,
    /// Ballots are looked at again, or all of them counted by hand, and the result is made public.
    pub order_audit: Option<OrderAudit>,
    /// A recount is asked for.
    pub request_recount: Option<RequestRecount>,
    /// Papers for the court lie ready: it decides sooner.
    pub court_plans: Option<CourtPlans>,

    /// An adversary is named in public.
    pub attribute: Option<Attribute>,
    /// An adversary's means are reduced for a while: charges, seizures, disruption abroad.
    pub deter: Option<Deter>,
    /// Responders are told of something, without a channel.
    pub tell: Option<Tell>,
    /// Responders gain or lose staff.
    pub staff: Option<Staff>,
}

/// Systems stop working.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Disrupt {
    /// Which systems.
    #[schemars(extend("x-ref" = "asset"))]
    pub asset: Names,
    /// How long, if nobody does anything; without it, the asset's own detection and recovery decide.
    pub lasts: Option<Quantity<Period>>,
}

/// Systems are entered without anybody noticing yet.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Compromise {
    /// Which systems.
    #[schemars(extend("x-ref" = "asset"))]
    pub asset: Names,
    /// How many times sooner than usual a noisy intruder is found.
    pub noise: Option<Quantity<Amount>>,
}

/// What systems hold or show becomes wrong.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Alter {
    /// Which systems.
    #[schemars(extend("x-ref" = "asset"))]
    pub asset: Names,
}

/// Systems work again, at once.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Restore {
    /// Which systems.
    #[schemars(extend("x-ref" = "asset"))]
    pub asset: Names,
}

/// Wrong contents are put right.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Correct {
    /// Which systems.
    #[schemars(extend("x-ref" = "asset"))]
    pub asset: Names,
}

/// Systems are protected from now on.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Shield {
    /// Which systems.
    #[schemars(extend("x-ref" = "asset"))]
    pub asset: Names,
    /// Share of attacks that it stops.
    pub stops: Option<Quantity<Share>>,
    /// Cut in the length of an outage that happens all the same.
    pub shortens: Option<Quantity<Share>>,
}

/// The fallback of systems takes over.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct FailOver {
    /// Which systems.
    #[schemars(extend("x-ref" = "asset"))]
    pub asset: Names,
}

/// Systems are looked through: what is hidden in them is found.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Inspect {
    /// Which systems.
    #[schemars(extend("x-ref" = "asset"))]
    pub asset: Names,
}

/// A narrative is put out, or gets a push.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Publish {
    /// Which narratives.
    #[schemars(extend("x-ref" = "narrative"))]
    pub narrative: Names,
    /// Posts expected to follow in all if nobody does anything; without it, the narrative's own `posts`.
    pub posts: Option<Quantity<Amount>>,
}

/// Posts of a narrative are labelled, downranked, removed or slowed.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Curb {
    /// Which narratives.
    #[schemars(extend("x-ref" = "narrative"))]
    pub narrative: Names,
    /// On which platforms; the platform of the response's owner, without this.
    #[serde(default)]
    #[schemars(extend("x-ref" = "platform"))]
    pub on: Names,
    /// Cut in sharing or reach; for a removal, the share of copies it catches. The platform's own figure, without this.
    pub cut: Option<Quantity<Share>>,
    /// How long it holds; to the end, without this.
    pub lasts: Option<Quantity<Period>>,
}

/// Sharing is curbed for everything on a platform, true and false alike.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Brake {
    /// On which platforms; the platform of the response's owner, without this.
    #[serde(default)]
    #[schemars(extend("x-ref" = "platform"))]
    pub on: Names,
    /// Cut in sharing; for a ban, the share of reach the banned accounts had.
    pub cut: Option<Quantity<Share>>,
    /// How long it holds; to the end, without this.
    pub lasts: Option<Quantity<Period>>,
}

/// Authoritative information is put beside election posts.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct InformationCentre {
    /// On which platforms; the platform of the response's owner, without this.
    #[serde(default)]
    #[schemars(extend("x-ref" = "platform"))]
    pub on: Names,
    /// Share of the platform's users that see it.
    pub reach: Option<Quantity<Share>>,
    /// Cut in the uptake of false narratives among those who see it.
    pub cut: Option<Quantity<Share>>,
}

/// More reviewers work on a platform.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Reviewers {
    /// On which platforms; the platform of the response's owner, without this.
    #[serde(default)]
    #[schemars(extend("x-ref" = "platform"))]
    pub on: Names,
    /// How many more.
    pub add: Quantity<Amount>,
}

/// A platform is told about a narrative: it is reviewed next.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Tip {
    /// Which narratives.
    #[schemars(extend("x-ref" = "narrative"))]
    pub narrative: Names,
    /// Which platforms; all on which the narrative lives, without this.
    #[serde(default)]
    #[schemars(extend("x-ref" = "platform"))]
    pub to: Names,
}

/// An adversary's network of accounts is taken down.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Takedown {
    /// Whose network.
    #[schemars(extend("x-ref" = "adversary"))]
    pub adversary: Names,
    /// Cut in its capacity to publish.
    pub cut: Option<Quantity<Share>>,
}

/// People are prepared for a narrative before they meet it.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Prebunk {
    /// Which narratives.
    #[schemars(extend("x-ref" = "narrative"))]
    pub narrative: Names,
    /// Share of people who see it.
    pub reach: Option<Quantity<Share>>,
    /// Cut in sharing among those who have seen it.
    pub cut: Option<Quantity<Share>>,
    /// Time after which half of the effect has worn off.
    pub half_life: Option<Quantity<Period>>,
}

/// A narrative is answered with facts.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Debunk {
    /// Which narratives.
    #[schemars(extend("x-ref" = "narrative"))]
    pub narrative: Names,
    /// Cut in sharing from then on.
    pub cut: Option<Quantity<Share>>,
    /// Time after which half of the effect has worn off.
    pub half_life: Option<Quantity<Period>>,
}

/// Officials explain what happens and why.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Inform {
    /// Share of people who hear it.
    pub reach: Option<Quantity<Share>>,
    /// Change in confidence among those who hear it and do not distrust the speaker, in points, as `"3 %"`.
    pub trust: Option<Quantity<Shift>>,
    /// An incident this takes the edge off, if it was explained before it happened.
    #[schemars(extend("x-ref" = "subject"))]
    pub about: Option<String>,
}

/// An incident shakes confidence.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Shake {
    /// Change in confidence, in points, as `"-6.5 %"`.
    pub confidence: Quantity<Shift>,
    /// Time after which half of it has worn off; it stays, without this.
    pub half_life: Option<Quantity<Period>>,
    /// Segments it shakes; all, without this.
    #[serde(default)]
    #[schemars(extend("x-ref" = "segment"))]
    pub segment: Names,
    /// The incident, so that an explanation given before may take the edge off.
    #[schemars(extend("x-ref" = "subject"))]
    pub about: Option<String>,
}

/// An outcome becomes known.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Declare {
    /// The camp that has won.
    pub winner: String,
}

/// A vote is annulled.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Annul {
    /// Which contests.
    #[schemars(extend("x-ref" = "contest"))]
    pub contest: Names,
}

/// An adversary is named in public.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Attribute {
    /// Who is named.
    #[schemars(extend("x-ref" = "adversary"))]
    pub adversary: Names,
    /// Time the assessment takes; a proxy makes it longer.
    pub takes: Option<Quantity<Period>>,
}

/// An adversary's means are reduced for a while.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Deter {
    /// Whose means.
    #[schemars(extend("x-ref" = "adversary"))]
    pub adversary: Names,
    /// Cut in tempo.
    pub cut: Quantity<Share>,
    /// How long.
    pub lasts: Option<Quantity<Period>>,
}

/// Responders are told of something, without a channel.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Tell {
    /// Who is told.
    #[schemars(extend("x-ref" = "responder"))]
    pub responder: Names,
    /// What of, as `"asset.portal"`, `"narrative.rigged"` or `"campaign.mails"`.
    #[schemars(extend("x-ref" = "subject"))]
    pub about: Names,
}

/// Responders gain or lose staff.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Staff {
    /// Whose staff.
    #[schemars(extend("x-ref" = "responder"))]
    pub responder: Names,
    /// How many more, or, with a minus, how many fewer.
    pub change: i32,
}

/// Counting goes faster.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct SpeedCount {
    /// Where.
    #[schemars(extend("x-ref" = "jurisdiction"))]
    pub jurisdiction: Names,
    /// How many times faster, by more staff and equipment.
    pub factor: Option<Quantity<Amount>>,
    /// True if counting goes on day and night.
    #[serde(default)]
    pub round_the_clock: bool,
}

/// Counting stops for a while.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct HaltCount {
    /// Where.
    #[schemars(extend("x-ref" = "jurisdiction"))]
    pub jurisdiction: Names,
    /// How long.
    pub lasts: Quantity<Period>,
}

/// Mail is processed ahead of the close.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct PreProcess {
    /// Where.
    #[schemars(extend("x-ref" = "jurisdiction"))]
    pub jurisdiction: Names,
    /// Working hours more than the file allows.
    pub hours: Quantity<Period>,
}

/// Mail and early votes are published at another time.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ReleaseAs {
    /// Where.
    #[schemars(extend("x-ref" = "jurisdiction"))]
    pub jurisdiction: Names,
    /// When.
    pub policy: Release,
}

/// What is outstanding is published by mode.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ExplainOutstanding {
    /// Where.
    #[schemars(extend("x-ref" = "jurisdiction"))]
    pub jurisdiction: Names,
}

/// A court orders boards to certify.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Compel {
    /// Where.
    #[schemars(extend("x-ref" = "jurisdiction"))]
    pub jurisdiction: Names,
}

/// Ballots of some modes are set aside: counted apart, and held out of every total until a court rules.
///
/// Only what is not yet counted can be set aside: a ballot that lies among the others cannot be found again.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Segregate {
    /// Where.
    #[schemars(extend("x-ref" = "jurisdiction"))]
    pub jurisdiction: Names,
    /// Which ballots.
    #[schemars(length(min = 1))]
    pub modes: Vec<BallotMode>,
    /// Time until the court rules; no ruling comes by itself, without this.
    pub ruling: Option<Quantity<Period>>,
    /// Chance that the ruling admits them; otherwise they are rejected.
    pub admits: Option<Quantity<Share>>,
}

/// A court rules on all ballots that are set aside.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Ruling {
    /// Where.
    #[schemars(extend("x-ref" = "jurisdiction"))]
    pub jurisdiction: Names,
    /// Chance that it admits them; otherwise they are rejected.
    pub admits: Option<Quantity<Share>>,
}

/// Polls stay open longer, if they are still open.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ExtendHours {
    /// Where.
    #[schemars(extend("x-ref" = "jurisdiction"))]
    pub jurisdiction: Names,
    /// How much longer.
    pub by: Quantity<Period>,
}

/// Ballots are looked at again once the count is done, and what is found is made public.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct OrderAudit {
    /// Where.
    #[schemars(extend("x-ref" = "jurisdiction"))]
    pub jurisdiction: Names,
    /// How it is done.
    #[serde(default)]
    pub method: AuditMethod,
    /// Chance at most that a wrong outcome passes.
    pub risk_limit: Option<Quantity<Share>>,
    /// Teams at work.
    pub teams: Option<Quantity<Amount>>,
    /// Ballots an hour that one team looks at.
    pub pace: Option<Quantity<Frequency>>,
    /// Working hours a day.
    pub day: Option<Quantity<Plain>>,
    /// Time to set it up.
    pub set_up: Option<Quantity<Period>>,
}

/// A recount is asked for after the canvass and before certification, whatever the margin.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct RequestRecount {
    /// Where.
    #[schemars(extend("x-ref" = "jurisdiction"))]
    pub jurisdiction: Names,
    /// Time it takes; the jurisdiction's own figure, without this.
    pub takes: Option<Quantity<Period>>,
}

/// Papers for the court lie ready: what it has yet to take up it decides sooner.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct CourtPlans {
    /// Where.
    #[schemars(extend("x-ref" = "jurisdiction"))]
    pub jurisdiction: Names,
    /// Cut in the time courts take.
    pub cut: Option<Quantity<Share>>,
}

/// The date of certification is moved.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Extend {
    /// Where.
    #[schemars(extend("x-ref" = "jurisdiction"))]
    pub jurisdiction: Names,
    /// Which date.
    #[serde(default)]
    pub date: Deadline,
    /// How far.
    pub by: Quantity<Period>,
}
