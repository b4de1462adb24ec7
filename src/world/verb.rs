//! Verbs: what steps, hazards, injects and responses ask of the processes; and the outbox that carries them.

use super::board::Subject;
use super::draw::Draw;
use super::votes::LaterPoll;
use super::watch::Trigger;
use crate::engine::{Span, Time};
use crate::scenario::model::{AuditMethod, Deadline, Release};

/// Who carries an effect out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Actor {
    /// A responder.
    Responder(u32),
    /// An adversary, perhaps through one of its proxies: its volume is this share of what the file says.
    Adversary {
        /// Its volume, in thousandths, so that an order stays comparable.
        volume_permille: u32,
    },
    /// Nobody: a hazard or the exercise planner.
    Nobody,
}

/// How posts of one narrative on one platform are curbed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Curb {
    /// A label: less sharing.
    Label,
    /// Shown less.
    Downrank,
    /// Taken down.
    Remove,
    /// Repeat spreaders banned.
    Ban,
    /// The automatic brake.
    CircuitBreaker,
}

/// How sharing on a platform is curbed for everything.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Brake {
    /// A pause before sharing.
    Friction,
    /// A prompt to think of accuracy.
    Nudge,
    /// Repeat spreaders banned.
    Ban,
    /// Authoritative information beside posts.
    InformationCentre,
}

/// How a narrative is answered, on and off the platforms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Answer {
    /// Before people meet it.
    Prebunk,
    /// Afterwards.
    Debunk,
}

/// A compiled verb with its targets and strengths.
#[derive(Clone, Debug)]
pub(super) enum Verb {
    /// A system stops working.
    Disrupt { asset: u32, lasts: Option<Draw> },
    /// A system is entered.
    Compromise { asset: u32, noise: Option<Draw> },
    /// What a system holds becomes wrong.
    Alter { asset: u32 },
    /// A system works again.
    Restore { asset: u32 },
    /// Wrong contents are put right.
    Correct { asset: u32 },
    /// A system is protected.
    Shield { asset: u32, stops: Draw, shortens: Draw },
    /// A fallback takes over.
    FailOver { asset: u32 },
    /// A system is looked through.
    Inspect { asset: u32 },
    /// A narrative is put out or pushed.
    Publish { narrative: u32, posts: Draw },
    /// One narrative is curbed on one platform.
    Curb { narrative: u32, platform: u32, kind: Curb, cut: Draw, lasts: Option<Draw> },
    /// Sharing on a platform is curbed for everything.
    Brake { platform: u32, kind: Brake, cut: Draw, lasts: Option<Draw> },
    /// Authoritative information stands beside posts: seen by some, with an effect among those.
    Centre { platform: u32, reach: Draw, cut: Draw },
    /// More reviewers.
    Reviewers { platform: u32, add: Draw },
    /// A narrative is reviewed next.
    Tip { narrative: u32, platform: u32 },
    /// A network of accounts is taken down.
    Takedown { adversary: u32, cut: Draw },
    /// A narrative is answered.
    Answer { narrative: u32, kind: Answer, reach: Draw, cut: Draw, half_life: Draw },
    /// Officials explain.
    Inform { reach: Draw, trust: Draw, about: Option<Subject> },
    /// An incident shakes confidence; no segments stands for all.
    Shake { confidence: Draw, half_life: Option<Draw>, segments: Vec<u32>, about: Option<Subject> },
    /// An outcome becomes known.
    Declare { winner: u32 },
    /// Counting goes faster.
    SpeedCount { jurisdiction: u32, factor: Draw, round_the_clock: bool },
    /// Counting stops.
    HaltCount { jurisdiction: u32, lasts: Draw },
    /// Mail is processed ahead of the close.
    PreProcess { jurisdiction: u32, hours: Draw },
    /// Mail is published at another time.
    Release { jurisdiction: u32, policy: Release },
    /// What is outstanding is explained.
    ExplainOutstanding { jurisdiction: u32 },
    /// Ballots are set aside; `modes` has a bit for each mode.
    Segregate { jurisdiction: u32, modes: u8, ruling: Option<Draw>, admits: Draw },
    /// A court rules on ballots that are set aside.
    Rule { jurisdiction: u32, admits: Draw },
    /// Polls stay open longer.
    ExtendHours { jurisdiction: u32, by: Draw },
    /// Boards are compelled.
    Compel { jurisdiction: u32 },
    /// A date is moved.
    Extend { jurisdiction: u32, date: Deadline, by: Draw },
    /// A vote is annulled.
    Annul { contest: u32 },
    /// Ballots are looked at again: risk limit, teams, ballots per millisecond and team, hours a day, set-up.
    OrderAudit { jurisdiction: u32, method: AuditMethod, terms: [Draw; 5] },
    /// A recount is asked for.
    RequestRecount { jurisdiction: u32, takes: Draw },
    /// Courts decide sooner.
    CourtPlans { jurisdiction: u32, cut: Draw },
    /// An adversary is named.
    Attribute { adversary: u32, takes: Draw },
    /// An adversary's means are reduced.
    Deter { adversary: u32, cut: Draw, lasts: Option<Draw> },
    /// Responders are told.
    Tell { responder: u32, about: Subject },
    /// Staff come or go.
    Staff { responder: u32, change: i32 },
}

/// Something one process asks of another, or tells it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Order {
    /// Carry out all verbs of an effect.
    Effect { effect: u32, by: Actor },
    /// A watched condition came to hold, or ceased to.
    Edge { trigger: Trigger, rising: bool },
    /// A responder learns of something.
    Learn { responder: u32, subject: Subject },
    /// A responder has just learnt of something.
    Learnt { responder: u32 },
    /// Something new happens to a subject: what was known of it before is not knowledge of this.
    News { subject: Subject },
    /// Everybody learns of something.
    Public { subject: Subject },
    /// Two or more responders meet: what one knows all know. The position of the meeting follows.
    Meet { meeting: u32 },
    /// A narrative's first post.
    Surfaced { narrative: u32 },
    /// Posts of a narrative in one tick, on a platform or off all of them.
    Posted { narrative: u32, platform: Option<u32>, posts: f64, views: f64, labelled: bool },
    /// A narrative is curbed on a platform, until then.
    Curb { narrative: u32, platform: u32, kind: Curb, cut: f64, until: Time },
    /// A curb ends.
    Lift { narrative: u32, platform: u32, kind: Curb },
    /// The polls of a jurisdiction close.
    PollsClosed { jurisdiction: u32 },
    /// Nothing is outstanding any more.
    AllCounted,
    /// A result has come to stand, or stands no longer.
    ResultsChanged,
    /// A later vote is to be held in a jurisdiction, so much later than the first.
    Announced { jurisdiction: u32, later: Span },
    /// A later vote is held in a jurisdiction.
    Poll { jurisdiction: u32, poll: LaterPoll },
    /// A later vote is held, in all its jurisdictions.
    Round { contest: u32 },
    /// A vote is annulled.
    Void { jurisdiction: u32 },
    /// Something of a count was published.
    Published,
    /// Calls have changed.
    CallsChanged,
    /// Somebody is known to have won: the camp that hoped for it.
    Outcome { winner: u32 },
    /// A court halts a count.
    HaltCount { jurisdiction: u32, lasts: Span },
    /// A court has ballots set aside until it rules.
    Segregate { jurisdiction: u32, modes: u8, ruling: Span, admits: f64 },
    /// A court moves the last day of certification.
    Extend { jurisdiction: u32, by: Span },
    /// A court has ruled on ballots that were set aside.
    Ruled { jurisdiction: u32 },
    /// Polls close later than planned.
    CloseMoved { jurisdiction: u32, closes: Time },
    /// Online voting is over: ballots lost, cast on paper instead, and altered, and for whom; and whether paper shows it.
    OnlineSettled { jurisdiction: u32, lost: f64, on_paper: f64, altered: f64, for_first: Option<bool>, paper: bool },
    /// A full count by hand puts wrong figures right.
    FiguresRight { jurisdiction: u32 },
    /// What is certified is no longer what was counted: a call may have to be taken back.
    Turned { jurisdiction: u32 },
    /// Posts planted on another platform after a lag.
    Planted { narrative: u32, platform: u32, posts: f64, lag: Span },
}
