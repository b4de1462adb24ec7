//! `[contest.…]` and `[jurisdiction.…]`: what is voted on, where, and how ballots become a certified result.

use super::Named;
use crate::scenario::{Amount, Frequency, Moment, Names, Period, Plain, Quantity, Share, Shift};
use schemars::JsonSchema;
use serde::Deserialize;

/// What is voted on. Margins are those of the first candidate over the second, as a share of all votes.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Contest {
    /// What it is called in reports.
    pub title: Option<String>,
    /// The two leading candidates, fictional and neutral names; others are a share of the votes.
    #[schemars(length(min = 2, max = 2))]
    pub candidates: Vec<String>,
    /// Further candidates or lists, each with its expected share of all votes. They share the votes for others in these proportions.
    #[serde(default)]
    pub further: Named<Quantity<Share>>,
    /// How votes become a winner.
    #[serde(default)]
    pub award: Award,
    /// How the seats of a jurisdiction are shared out, for `award = "seats"`.
    #[serde(default)]
    pub allocation: Allocation,
    /// Electors of several jurisdictions together, for the winner of all their votes, as in Maine and Nebraska.
    #[serde(default)]
    pub at_large: Named<AtLarge>,
    /// Electors or seats needed to win; more than half of all, without this, and of those appointed when electors' votes are counted.
    pub to_win: Option<Quantity<Amount>>,
    /// Share of the votes needed to win outright, for `award = "majority"`; below it there is a run-off. For seats by proportion: share
    /// of all votes below which a list gets none.
    pub threshold: Option<Quantity<Share>>,
    /// A second round between the two with most votes, if nobody passes the threshold.
    pub runoff: Option<Runoff>,
    /// The vote that is held again if a court or commission annuls one; without it, an annulled vote leaves nobody elected.
    pub rerun: Option<Rerun>,
    /// When the office or chamber must be filled: from then on it is vacant until somebody has won.
    pub office_from: Option<Moment>,
    /// Standard deviation of the error that all jurisdictions share.
    pub shared_error: Option<Quantity<Share>>,
    /// Standard deviation of the error that jurisdictions of a region share.
    pub region_error: Option<Quantity<Share>>,
    /// Standard deviation of a jurisdiction's own error.
    pub own_error: Option<Quantity<Share>>,
    /// How far off expectations are everywhere, as the change they need: the mean of the error that all jurisdictions share.
    pub polls_miss: Option<Quantity<Shift>>,
    /// Correlations of the errors between jurisdictions, row by row in the order of the file, in place of regions.
    #[serde(default)]
    pub correlations: Vec<Vec<f64>>,
    /// Which calendar and rules hold after the count.
    #[serde(default)]
    pub rules: RuleSet,
    /// Chance that the candidate who leads the published count claims victory although nobody has called the contest.
    pub claims: Option<Quantity<Share>>,
    /// Time after the polls close at which such a claim may come.
    pub claims_after: Option<Quantity<Period>>,
    /// Chance that the loser concedes once the contest is called.
    pub concedes: Option<Quantity<Share>>,
    /// Time from the call to the concession.
    pub concedes_after: Option<Quantity<Period>>,
    /// Lawsuits an hour against the count of each close jurisdiction.
    pub lawsuits: Option<Quantity<Frequency>>,
    /// Chance that a suit halts a count.
    pub halts: Option<Quantity<Share>>,
    /// Chance that a suit has ballots set aside until the court rules on them.
    pub segregates: Option<Quantity<Share>>,
    /// Which ballots such a suit is about; late mail, without this.
    #[serde(default)]
    pub set_aside: Vec<BallotMode>,
    /// Chance that the ruling admits ballots that were set aside.
    pub admits: Option<Quantity<Share>>,
    /// Chance that a suit moves the last day of certification.
    pub extends: Option<Quantity<Share>>,
    /// How far such a suit moves it.
    pub extends_by: Option<Quantity<Period>>,
    /// Time until a court decides.
    pub decides: Option<Quantity<Period>>,
    /// Whoever calls the contest.
    pub caller: Option<Caller>,
}

/// How votes become a winner.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Award {
    /// Most votes over all jurisdictions.
    #[default]
    Plurality,
    /// More than half of the votes, or a run-off.
    Majority,
    /// Electors of the jurisdictions, each for its own winner.
    Electors,
    /// Seats of a chamber, shared out as `allocation` says.
    Seats,
}

/// How the seats of a jurisdiction are shared out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Allocation {
    /// All to whoever has most votes there.
    #[default]
    Winner,
    /// One for each of its counties, to whichever of the two leading candidates has more votes in it.
    Districts,
    /// In proportion: divisors 1, 2, 3 and so on.
    Dhondt,
    /// In proportion: divisors 1, 3, 5 and so on.
    SainteLague,
}

/// Electors of several jurisdictions together.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct AtLarge {
    /// How many.
    pub electors: Quantity<Amount>,
    /// Whose votes decide them.
    #[schemars(extend("x-ref" = "jurisdiction"))]
    pub of: Names,
}

/// A second round.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Runoff {
    /// The close of its polls, if that is a date of the calendar.
    pub at: Option<Moment>,
    /// Time from the close of the first round to that of the second; it is never before the result of the first.
    pub after: Option<Quantity<Period>>,
    /// Ballots cast as a share of those of the first round.
    pub turnout: Option<Quantity<Share>>,
    /// Change of the margin from what the first round and the transfers give.
    pub swing: Option<Quantity<Shift>>,
    /// Of those who voted for a candidate who is out: the share that now votes for the finalist who comes first in the file.
    #[serde(default)]
    pub transfers: Named<Quantity<Share>>,
}

/// A vote that is held again.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Rerun {
    /// Time from the annulment to the close of the polls.
    pub after: Quantity<Period>,
    /// Ballots cast as a share of those of the vote that was annulled.
    pub turnout: Option<Quantity<Share>>,
    /// Change of the margin from that of the vote that was annulled.
    pub swing: Option<Quantity<Shift>>,
}

/// Which calendar and rules hold after the count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum RuleSet {
    /// Only the dates the file gives.
    #[default]
    Generic,
    /// United States, law of 2020: safe harbour on day 35, electors vote on day 41, one member of each house may object.
    #[serde(rename = "us-2020")]
    Us2020,
    /// United States, Electoral Count Reform Act: certificates by day 36, electors vote on day 42, a fifth of each house must object.
    #[serde(rename = "us-ecra")]
    UsEcra,
}

/// Whoever calls a contest from the published count.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Caller {
    /// Standard deviation of the expectation before the close.
    pub prior: Option<Quantity<Share>>,
    /// Standard deviation of the margin of outstanding ballots of one mode.
    pub doubt: Option<Quantity<Share>>,
    /// How many standard deviations the lead must be clear of zero.
    pub confidence: Option<Quantity<Plain>>,
    /// Time from being sure to saying so.
    pub deliberates: Option<Quantity<Period>>,
}

/// Where ballots are cast, counted, canvassed and certified: a state, or one county alone.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Jurisdiction {
    /// What it is called in reports.
    pub title: Option<String>,
    /// What is voted on here.
    #[schemars(extend("x-ref" = "contest"))]
    pub contest: String,
    /// Who counts.
    #[schemars(extend("x-ref" = "responder"))]
    pub owner: Option<String>,
    /// The region whose error it shares.
    pub region: Option<String>,
    /// Electors it awards.
    pub electors: Option<Quantity<Amount>>,
    /// Seats it awards; one for each of its counties with `allocation = "districts"`.
    pub seats: Option<Quantity<Amount>>,
    /// Ballots cast.
    pub ballots: Quantity<Amount>,
    /// Expected final margin of the first candidate over the second.
    pub margin: Quantity<Shift>,
    /// Share of votes for other candidates.
    pub others: Option<Quantity<Share>>,
    /// When the last polls close.
    pub closes: Moment,
    /// Its counties; one, without this.
    pub counties: Option<Counties>,
    /// Share of ballots by mode; what is left is cast in person on the day.
    #[serde(default)]
    pub modes: Modes,
    /// How much better the first candidate does in a mode than in person on the day, as a difference of margins.
    #[serde(default)]
    pub gaps: Modes,
    /// Working hours during which ballots that came before the day may be processed before the polls close.
    pub pre_processing: Option<Quantity<Period>>,
    /// Working hours in which the whole pile of mail would be processed.
    pub pile: Option<Quantity<Period>>,
    /// Working hours a day after the first night; day and night, with 24.
    pub day: Option<Quantity<Plain>>,
    /// When processed mail and early votes are published.
    #[serde(default)]
    pub release: Release,
    /// Median time after the close at which a county of 50,000 voters reports its in-person votes.
    pub reports: Option<Quantity<Period>>,
    /// How that time grows with the size of a county: its power.
    pub reports_growth: Option<Quantity<Plain>>,
    /// Spread of that time among counties: the standard deviation of its logarithm.
    pub reports_spread: Option<Quantity<Plain>>,
    /// Time from a count to its publication.
    pub publication: Option<Quantity<Period>>,
    /// The system on which results are published: while it is dark, publications wait. News media have their own channel.
    #[schemars(extend("x-ref" = "asset"))]
    pub feed: Option<String>,
    /// Days after the close on which ballots still come in, as a period.
    pub grace: Option<Quantity<Period>>,
    /// Time after the close at which provisional and overseas ballots are decided.
    pub review: Option<Quantity<Period>>,
    /// Share of the mail received that is rejected in the end; what was at fault and cured in time is not among it.
    pub rejected: Option<Quantity<Share>>,
    /// Share of provisional ballots that count.
    pub provisional_counted: Option<Quantity<Share>>,
    /// Chance, by county, that a wrong figure is published on the night.
    pub errors: Option<Quantity<Share>>,
    /// Time until a wrong figure is put right.
    pub error_lasts: Option<Quantity<Period>>,
    /// Lines at polling places.
    pub lines: Option<Lines>,
    /// Returning ballots online.
    pub online: Option<Online>,
    /// Canvass and certification.
    pub certification: Option<Certification>,
    /// Recounts.
    pub recount: Option<RecountRule>,
    /// The audit after the count.
    pub audit: Option<Audit>,
}

/// The counties of a jurisdiction, as a template.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Counties {
    /// How many.
    #[schemars(range(min = 1, max = 3_200))]
    pub number: u32,
    /// Sizes relative to each other: the standard deviation of their logarithm.
    pub size_spread: Option<Quantity<Plain>>,
    /// Standard deviation of their margins around that of the whole.
    pub lean_spread: Option<Quantity<Share>>,
    /// How much better the first candidate does in a county ten times as large.
    pub lean_by_size: Option<Quantity<Shift>>,
    /// How much longer mail takes in a county ten times as large: a factor.
    pub slower_by_size: Option<Quantity<Plain>>,
}

/// One quantity by mode of voting.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Modes {
    /// In person before the day.
    pub early: Option<Quantity<Shift>>,
    /// By mail, received before the day.
    pub mail: Option<Quantity<Shift>>,
    /// By mail, handed in on the day.
    pub drop_off: Option<Quantity<Shift>>,
    /// By mail, received after the day within the grace.
    pub late: Option<Quantity<Shift>>,
    /// Provisional.
    pub provisional: Option<Quantity<Shift>>,
    /// From overseas and the military.
    pub overseas: Option<Quantity<Shift>>,
    /// Returned online.
    pub online: Option<Quantity<Shift>>,
}

/// A mode of voting.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum BallotMode {
    /// In person on the day.
    InPerson,
    /// In person before the day.
    Early,
    /// By mail, received before the day.
    Mail,
    /// By mail, handed in on the day.
    DropOff,
    /// By mail, received after the day within the grace.
    Late,
    /// Provisional.
    Provisional,
    /// From overseas and the military.
    Overseas,
    /// Returned online.
    Online,
}

/// A date of certification.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Deadline {
    /// That of the counties.
    Local,
    /// That of the whole.
    #[default]
    State,
}

/// When processed mail and early votes are published.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Release {
    /// Soon after the close, before in-person votes.
    #[default]
    First,
    /// Together with in-person votes.
    Merged,
    /// As one batch in the middle of the night.
    Middle,
    /// As one batch when all of it is done.
    End,
    /// From the next morning.
    AfterNight,
}

/// Lines at polling places on the day.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Lines {
    /// Polling places.
    pub places: Quantity<Amount>,
    /// Check-in stations at each.
    pub stations: Quantity<Amount>,
    /// Time one check-in takes.
    pub check_in: Quantity<Period>,
    /// Hours the places are open.
    pub open: Quantity<Period>,
    /// How much busier the busiest hour is than the mean.
    pub peak: Option<Quantity<Amount>>,
    /// Poll workers at work as a share of those needed.
    pub staffing: Option<Quantity<Share>>,
}

/// Returning ballots online.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Online {
    /// The portal.
    #[schemars(extend("x-ref" = "asset"))]
    pub portal: String,
    /// Share of online voters who check that their vote arrived as cast.
    pub verify: Option<Quantity<Share>>,
    /// Chance that one who finds a fault reports it.
    pub report: Option<Quantity<Share>>,
    /// Ballots altered if the portal's contents are wrong, as a share of online ballots.
    pub altered: Option<Quantity<Share>>,
    /// For whom altered ballots are recorded; for the candidate who would lose, without this.
    pub altered_for: Option<Candidate>,
    /// When voting online begins; with the scenario, without this.
    pub opens: Option<Moment>,
    /// Share of voters turned away by a portal that comes back before the close who try again.
    pub retry: Option<Quantity<Share>>,
    /// Share of voters the portal failed who vote on paper instead; the rest do not vote.
    pub paper_fallback: Option<Quantity<Share>>,
    /// How a voter may vote again.
    #[serde(default)]
    pub revote: Revote,
    /// Share of online voters who vote again although nothing is wrong.
    pub revotes: Option<Quantity<Share>>,
    /// True if each online ballot leaves a paper record that can be audited.
    #[serde(default)]
    pub paper: bool,
}

/// One of the two leading candidates.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Candidate {
    /// The first.
    First,
    /// The second.
    Second,
}

/// How a voter may vote again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Revote {
    /// Not at all.
    #[default]
    None,
    /// Online: the last vote counts.
    Online,
    /// At a polling place: the paper ballot counts, the online one does not.
    Paper,
}

/// Canvass and certification.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Certification {
    /// Time the canvass takes once counting is done.
    pub canvass: Option<Quantity<Period>>,
    /// The date by which counties certify.
    pub local: Moment,
    /// The date by which the whole is certified.
    pub state: Moment,
    /// Chance, by county, that its board refuses or ties.
    pub refuses: Option<Quantity<Share>>,
    /// Time until a refusal is resolved by a court or a fallback.
    pub compelled: Option<Quantity<Period>>,
    /// Chance that it is resolved at all.
    pub resolved: Option<Quantity<Share>>,
    /// Responders whose boards these are.
    #[serde(default)]
    #[schemars(extend("x-ref" = "responder"))]
    pub boards: Names,
}

/// When votes are counted again.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct RecountRule {
    /// Margin at or below which a recount is automatic.
    pub automatic: Option<Quantity<Share>>,
    /// Margin at or below which the loser may ask for one.
    pub on_request: Option<Quantity<Share>>,
    /// Time it takes.
    pub takes: Option<Quantity<Period>>,
}

/// The audit after the count.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Audit {
    /// How it is done.
    #[serde(default)]
    pub method: AuditMethod,
    /// Chance at most that a wrong outcome passes.
    pub risk_limit: Option<Quantity<Share>>,
    /// Ballots beyond which everything is counted by hand.
    pub cap: Option<Quantity<Amount>>,
    /// Ballots an hour that all teams together look at.
    pub pace: Option<Quantity<Frequency>>,
    /// Time to set it up.
    pub set_up: Option<Quantity<Period>>,
}

/// How an audit is done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum AuditMethod {
    /// Ballots are compared with their machine records.
    #[default]
    Comparison,
    /// Ballots are drawn and read (BRAVO).
    Polling,
    /// All ballots are counted by hand.
    HandCount,
}
