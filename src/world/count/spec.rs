//! A jurisdiction's count as the scenario describes it, and the quantities it offers.

use super::MODES;
use crate::engine::StreamId;
use crate::scenario::model::Release;
use crate::world::board::Slot;
use crate::world::draw::{Draw, Timing};

/// A jurisdiction as the scenario describes it.
#[derive(Clone, Debug)]
pub(in crate::world) struct Spec {
    /// What it is called in the story.
    pub(in crate::world) title: String,
    /// Its name with its kind.
    pub(in crate::world) path: String,
    /// Ballots cast.
    pub(in crate::world) ballots: Draw,
    /// Share for others.
    pub(in crate::world) others: Draw,
    /// When the polls close.
    pub(in crate::world) closes: Timing,
    /// Share by mode; in person takes what is left.
    pub(in crate::world) shares: [Draw; MODES],
    /// Gap by mode.
    pub(in crate::world) gaps: [Draw; MODES],
    /// Its counties.
    pub(in crate::world) counties: Counties,
    /// Working hours before the close, in milliseconds.
    pub(in crate::world) pre_processing: Draw,
    /// Working hours of the whole pile, in milliseconds.
    pub(in crate::world) pile: Draw,
    /// Working hours a day after the first night.
    pub(in crate::world) day: Draw,
    /// When processed mail is published.
    pub(in crate::world) release: Release,
    /// Median report time, its growth and its spread.
    pub(in crate::world) reports: [Draw; 3],
    /// From count to publication.
    pub(in crate::world) publication: Draw,
    /// Whether results stand on a system of the scenario.
    pub(in crate::world) feed: Option<Slot>,
    /// How long ballots still come in.
    pub(in crate::world) grace: Draw,
    /// When provisional and overseas ballots are decided.
    pub(in crate::world) review: Draw,
    /// Share of mail rejected in the end.
    pub(in crate::world) rejected: Draw,
    /// Share of provisional ballots that count.
    pub(in crate::world) provisional_counted: Draw,
    /// Chance of a wrong figure by county.
    pub(in crate::world) errors: Draw,
    /// How long it stands.
    pub(in crate::world) error_lasts: Draw,
    /// Stream of rulings on ballots that are set aside.
    pub(in crate::world) ruling: StreamId,
    /// Streams: counties, report times, release times, errors.
    pub(in crate::world) streams: [StreamId; 4],
    /// The quantities it offers.
    pub(in crate::world) slots: Slots,
}

/// The counties of a jurisdiction.
#[derive(Clone, Debug)]
pub(in crate::world) struct Counties {
    /// How many.
    pub(in crate::world) number: u32,
    /// Spread of sizes, spread of leans, lean by size, slowness by size.
    pub(in crate::world) spreads: [Draw; 4],
}

/// The quantities a count offers.
#[derive(Clone, Copy, Debug)]
pub(in crate::world) struct Slots {
    /// The polls have closed.
    pub(in crate::world) closed: Slot,
    /// Ballots cast.
    pub(in crate::world) cast: Slot,
    /// Ballots counted.
    pub(in crate::world) counted: Slot,
    /// Ballots rejected.
    pub(in crate::world) rejected: Slot,
    /// Ballots neither counted nor rejected.
    pub(in crate::world) outstanding: Slot,
    /// Votes published.
    pub(in crate::world) published: Slot,
    /// Published votes as a share of all that will count.
    pub(in crate::world) share: Slot,
    /// Published margin of the first candidate, as a share of published votes.
    pub(in crate::world) lead: Slot,
    /// Highest published lead of the candidate who loses in the end, once a tenth is published.
    pub(in crate::world) mirage: Slot,
    /// Time from the close to the last change of the published lead.
    pub(in crate::world) last_lead_change: Slot,
    /// Time from the close until 95 % were published.
    pub(in crate::world) to_95: Slot,
    /// The moment at which something was last published.
    pub(in crate::world) last_publication: Slot,
    /// The final margin, known to nobody until the count is over.
    pub(in crate::world) final_margin: Slot,
    /// The final share of votes for other candidates.
    pub(in crate::world) final_others: Slot,
    /// Counties in which the first candidate has more votes than the second in the end.
    pub(in crate::world) districts_first: Slot,
    /// The margin of all that will count without what is set aside.
    pub(in crate::world) standing_margin: Slot,
    /// As a count by hand would find it.
    pub(in crate::world) paper_margin: Slot,
    /// Altered online votes have turned who leads in the end.
    pub(in crate::world) outcome_altered: Slot,
    /// Ballots to be returned online.
    pub(in crate::world) online: Slot,
    /// Ballots counted apart until a court rules.
    pub(in crate::world) segregated: Slot,
    /// Ballots a court has rejected after they were set aside.
    pub(in crate::world) excluded: Slot,
    /// Ballots are set aside until a court rules.
    pub(in crate::world) set_aside: Slot,
    /// As many are set aside as the margin holds votes.
    pub(in crate::world) segregation_decides: Slot,
    /// By how long polls stay open beyond the plan.
    pub(in crate::world) extended: Slot,
    /// Time courts take, as a share of what they would take unprepared.
    pub(in crate::world) court_delay: Slot,
    /// A wrong figure is public.
    pub(in crate::world) wrong: Slot,
    /// The count is halted.
    pub(in crate::world) halted: Slot,
    /// What is outstanding is explained by mode.
    pub(in crate::world) explained: Slot,
    /// A large lopsided batch came in the night.
    pub(in crate::world) lopsided: Slot,
    /// Nothing is outstanding.
    pub(in crate::world) done: Slot,
    /// Published votes by mode.
    pub(in crate::world) by_mode: [Slot; MODES],
}
