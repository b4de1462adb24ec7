//! The public: who is reached, how confident each segment is, and, where asked for, what it believes.
//!
//! Reach of a narrative in a segment of N people with m views a head is N (1 - (1 + m/kappa)^-kappa): views concentrate on few.
//! Confidence is a start value, moved by the outcome itself, by incidents that wear off, by explanations, and by the doubt a
//! narrative sows among those it reaches. Belief is an index with weak evidence, off unless the scenario asks for it:
//!
//! ```text
//! logit b = a + eta ln(1 + m | reached) - c_label labelled share - c_answer answered share
//! ```
//!
//! Sources and grades: `docs/model.md`, "The public".

use super::board::{Slot, Subject};
use super::draw::Draw;
use super::event::Event as WorldEvent;
use super::run::{Line, Run};
use crate::engine::{Handle, Span, Time};

const PROCESS: &str = "audience";

/// Concentration of views among people [assumed].
const KAPPA: f64 = 0.15;
/// Effect of the logarithm of views on the log-odds of belief [assumed; the shape is from experiments].
const ETA: f64 = 0.3;
/// Views a head at which belief is taken to be saturated [assumed].
const SATURATED: f64 = 50.0;
/// Effect of a label on the log-odds of belief: -ln(1 - 0.276) (Martel and Rand 2024).
const LABEL: f64 = 0.323;
/// Effect of an answer on the log-odds of belief [assumed, half of a label's].
const ANSWER: f64 = 0.16;
/// How the outcome moves the confidence of those who hoped for it, and of the others: from 72 to 94 % and from 50 to 21 %
/// between October and November 2020 (Pew Research Center 2020).
const WINNERS: f64 = 0.22;
const LOSERS: f64 = -0.29;

/// What can happen to the public.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Event {
    /// What has shaken confidence wears off a little.
    WearsOff,
}

/// A segment as the scenario describes it.
#[derive(Clone, Debug)]
pub(super) struct Segment {
    /// Its share of the population.
    pub(super) share: Draw,
    /// Its camp, by position.
    pub(super) camp: Option<u32>,
    /// Use of each platform.
    pub(super) uses: Vec<Draw>,
    /// Whether it distrusts each responder.
    pub(super) distrusts: Vec<bool>,
    /// Confidence at the start.
    pub(super) confidence: Draw,
    /// Belief when saturated.
    pub(super) believes: Draw,
    /// Its confidence on the board.
    pub(super) slot: Slot,
}

/// What the public makes of a narrative.
#[derive(Clone, Debug)]
pub(super) struct Heard {
    /// Whether it is accurate.
    pub(super) accurate: bool,
    /// Share of the reached who then do not vote.
    pub(super) deters: Draw,
    /// Change in the confidence of the reached.
    pub(super) doubt: Draw,
    /// Share of the public reached, on the board, and segment by segment.
    pub(super) reach: Slot,
    /// The same by segment.
    pub(super) reach_by_segment: Vec<Slot>,
    /// Belief in all and by segment, where belief is on.
    pub(super) belief: Option<(Slot, Vec<Slot>)>,
}

/// The quantities the public offers besides.
#[derive(Clone, Copy, Debug)]
pub(super) struct Slots {
    /// Confidence of all.
    pub(super) confidence: Slot,
    /// Highest minus lowest confidence among segments.
    pub(super) gap: Slot,
    /// Share of people kept from voting by what they heard.
    pub(super) lost_participation: Slot,
}

#[derive(Clone, Copy, Debug)]
struct Shaken {
    segment: u32,
    change: f64,
    at: Time,
    half_life: f64,
}

#[derive(Clone, Copy, Debug, Default)]
struct Exposure {
    /// Views a head.
    views: f64,
    labelled: f64,
    reached: f64,
}

#[derive(Clone, Copy, Debug, Default)]
struct Mood {
    people: f64,
    share: f64,
    start: f64,
    lasting: f64,
    ceiling: f64,
}

/// The public of a scenario.
#[derive(Clone, Debug)]
pub(super) struct Audience {
    population: Draw,
    segments: Vec<Segment>,
    heard: Vec<Heard>,
    slots: Slots,
    moods: Vec<Mood>,
    /// Use of each platform in this run, by platform, then segment.
    uses: Vec<f64>,
    /// By narrative, then segment.
    exposures: Vec<Exposure>,
    deters: Vec<f64>,
    /// By narrative: what it moves the confidence of those it reaches by.
    doubt: Vec<f64>,
    /// By segment: what all narratives together have moved confidence by.
    doubted: Vec<f64>,
    answered: Vec<f64>,
    explained: Vec<f64>,
    shaken: Vec<Shaken>,
    winner: Option<u32>,
    wearing: Handle,
}

impl Audience {
    /// The public as the scenario describes it; `subjects` is how many subjects there are.
    pub(super) fn new(
        population: Draw,
        segments: Vec<Segment>,
        heard: Vec<Heard>,
        slots: Slots,
        subjects: usize,
    ) -> Audience {
        Audience {
            population,
            moods: vec![Mood::default(); segments.len()],
            uses: Vec::new(),
            exposures: vec![Exposure::default(); segments.len() * heard.len()],
            deters: vec![0.0; heard.len()],
            doubt: vec![0.0; heard.len()],
            doubted: vec![0.0; segments.len()],
            answered: vec![0.0; heard.len()],
            explained: vec![0.0; subjects],
            shaken: Vec::new(),
            winner: None,
            wearing: Handle::NONE,
            segments,
            heard,
            slots,
        }
    }

    /// Nobody has heard anything yet.
    pub(super) fn start(&mut self, run: &mut Run) {
        self.exposures.fill(Exposure::default());
        self.doubted.fill(0.0);
        self.answered.fill(0.0);
        self.explained.fill(0.0);
        self.shaken.clear();
        self.winner = None;
        self.wearing = Handle::NONE;
        for (narrative, heard) in self.heard.iter().enumerate() {
            self.deters[narrative] = heard.deters.value(run);
            self.doubt[narrative] = heard.doubt.value(run);
        }
        self.uses.clear();
        let platforms = self.segments.first().map_or(0, |segment| segment.uses.len());
        for platform in 0..platforms {
            for segment in &self.segments {
                self.uses.push(segment.uses[platform].value(run));
            }
        }
        let population = self.population.value(run);
        for (segment, mood) in self.segments.iter().zip(&mut self.moods) {
            let share = segment.share.value(run);
            *mood = Mood {
                people: population * share,
                share,
                start: segment.confidence.value(run),
                lasting: 0.0,
                ceiling: segment.believes.value(run),
            };
        }
        self.publish_confidence(run);
    }

    /// What has shaken confidence wears off.
    pub(super) fn handle(&mut self, event: Event, run: &mut Run) {
        let Event::WearsOff = event;
        let now = run.now();
        self.wearing = Handle::NONE;
        // A ten-thousandth of a point is beyond any survey: gone.
        self.shaken.retain(|shaken| shaken.half_life.is_infinite() || left(shaken, now).abs() > 1e-6);
        self.publish_confidence(run);
        self.schedule_wearing(run);
    }

    /// People see posts of a narrative, on a platform or off all of them.
    pub(super) fn exposed(&mut self, narrative: u32, platform: Option<u32>, views: f64, labelled: bool, run: &mut Run) {
        let segments = self.segments.len();
        let used = platform.map(|platform| &self.uses[platform as usize * segments..][..segments]);
        let uses = |segment: usize| used.map_or(1.0, |used| used[segment]);
        let total: f64 = self.moods.iter().enumerate().map(|(segment, mood)| mood.share * uses(segment)).sum();
        if total <= 0.0 {
            return;
        }
        let heard = &self.heard[narrative as usize];
        let first = narrative as usize * segments;
        let mut reach = 0.0;
        for (position, mood) in self.moods.iter().enumerate() {
            let exposure = &mut self.exposures[first + position];
            if mood.people > 0.0 {
                let seen = views * mood.share * uses(position) / total / mood.people;
                exposure.views += seen;
                if labelled {
                    exposure.labelled += seen;
                }
                let reached = 1.0 - libm::pow(1.0 + exposure.views / KAPPA, -KAPPA);
                self.doubted[position] += self.doubt[narrative as usize] * (reached - exposure.reached);
                exposure.reached = reached;
            }
            reach += mood.share * exposure.reached;
            run.board.set(heard.reach_by_segment[position], exposure.reached);
        }
        run.board.set(heard.reach, reach);
        self.publish_belief(narrative, run);
        if self.doubt[narrative as usize] != 0.0 {
            self.publish_confidence(run);
        }
        if self.deters[narrative as usize] > 0.0 {
            self.publish_participation(run);
        }
    }

    /// A narrative is answered before some share of the people.
    pub(super) fn answered(&mut self, narrative: u32, reach: f64) {
        let answered = &mut self.answered[narrative as usize];
        *answered = 1.0 - (1.0 - *answered) * (1.0 - reach);
    }

    /// A speaker explains; those who hear and do not distrust it are moved.
    pub(super) fn inform(
        &mut self,
        reach: f64,
        trust: f64,
        about: Option<Subject>,
        speaker: Option<u32>,
        run: &mut Run,
    ) {
        for (segment, mood) in self.segments.iter().zip(&mut self.moods) {
            let distrusted = speaker.is_some_and(|speaker| segment.distrusts[speaker as usize]);
            if !distrusted {
                mood.lasting += reach * trust;
            }
        }
        if let Some(subject) = about {
            let explained = &mut self.explained[subject.0 as usize];
            *explained = explained.max(reach);
        }
        self.publish_confidence(run);
    }

    /// An incident shakes confidence, less so where it was explained before.
    pub(super) fn shake(
        &mut self,
        change: f64,
        half_life: Option<f64>,
        segments: &[u32],
        about: Option<Subject>,
        run: &mut Run,
    ) {
        let explained = about.map_or(0.0, |subject| self.explained[subject.0 as usize]);
        let change = change * (1.0 - explained);
        let at = run.now();
        for segment in 0..self.segments.len() as u32 {
            if segments.is_empty() || segments.contains(&segment) {
                self.shaken.push(Shaken { segment, change, at, half_life: half_life.unwrap_or(f64::INFINITY) });
            }
        }
        run.tell(PROCESS, || Line::inner("audience", "confidence is shaken"));
        self.publish_confidence(run);
        self.schedule_wearing(run);
    }

    /// An outcome becomes known.
    pub(super) fn declare(&mut self, winner: u32, run: &mut Run) {
        self.winner = Some(winner);
        run.tell(PROCESS, || Line::aloud("audience", "the outcome is known, and confidence moves with it"));
        self.publish_confidence(run);
    }

    fn schedule_wearing(&mut self, run: &mut Run) {
        let wears = self.shaken.iter().any(|shaken| shaken.half_life.is_finite());
        if wears && self.wearing == Handle::NONE {
            self.wearing = run.after(Span::from_hours(1), WorldEvent::Audience(Event::WearsOff));
        }
    }

    fn publish_confidence(&mut self, run: &mut Run) {
        let now = run.now();
        let mut all = 0.0;
        let mut shares = 0.0;
        let (mut lowest, mut highest) = (f64::INFINITY, f64::NEG_INFINITY);
        for (position, (segment, mood)) in self.segments.iter().zip(&self.moods).enumerate() {
            let outcome = match (self.winner, segment.camp) {
                (Some(winner), Some(camp)) if winner == camp => WINNERS,
                (Some(_), Some(_)) => LOSERS,
                _ => 0.0,
            };
            let incidents: f64 = self
                .shaken
                .iter()
                .filter(|shaken| shaken.segment as usize == position)
                .map(|shaken| left(shaken, now))
                .sum();
            let confidence = (mood.start + mood.lasting + outcome + incidents + self.doubted[position]).clamp(0.0, 1.0);
            run.board.set(segment.slot, confidence);
            all += mood.share * confidence;
            shares += mood.share;
            lowest = confidence.min(lowest);
            highest = confidence.max(highest);
        }
        if shares > 0.0 {
            run.board.set(self.slots.confidence, all / shares);
            run.board.set(self.slots.gap, highest - lowest);
        }
    }

    fn publish_participation(&mut self, run: &mut Run) {
        let segments = self.segments.len();
        let mut lost = 0.0;
        for (position, mood) in self.moods.iter().enumerate() {
            // Deterred by one narrative or another, taken as independent.
            let kept: f64 = (0..self.heard.len())
                .map(|narrative| 1.0 - self.deters[narrative] * self.exposures[narrative * segments + position].reached)
                .product();
            lost += mood.share * (1.0 - kept);
        }
        run.board.set(self.slots.lost_participation, lost);
    }

    fn publish_belief(&mut self, narrative: u32, run: &mut Run) {
        let heard = &self.heard[narrative as usize];
        let Some((slot, by_segment)) = &heard.belief else { return };
        if heard.accurate {
            return;
        }
        let first = narrative as usize * self.segments.len();
        let mut all = 0.0;
        for (position, mood) in self.moods.iter().enumerate() {
            let exposure = &self.exposures[first + position];
            let belief = if exposure.reached > 0.0 {
                let logit = logit(mood.ceiling) - ETA * libm::log(1.0 + SATURATED)
                    + ETA * libm::log(1.0 + exposure.views / exposure.reached)
                    - LABEL * exposure.labelled / exposure.views
                    - ANSWER * self.answered[narrative as usize];
                exposure.reached / (1.0 + libm::exp(-logit))
            } else {
                0.0
            };
            run.board.set(by_segment[position], belief);
            all += mood.share * belief;
        }
        run.board.set(*slot, all);
    }
}

fn logit(share: f64) -> f64 {
    let share = share.clamp(1e-6, 1.0 - 1e-6);
    libm::log(share / (1.0 - share))
}

fn left(shaken: &Shaken, now: Time) -> f64 {
    if shaken.half_life.is_infinite() {
        return shaken.change;
    }
    shaken.change * libm::exp2(-(now - shaken.at).as_ms_f64() / shaken.half_life.max(1.0))
}
