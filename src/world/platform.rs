//! Platforms: reports, triage, a queue before a limited number of reviewers, decisions, and what they do.
//!
//! An item is a claim, not a post: one narrative on one platform. Posts are reported with some chance each; the first report
//! opens the item, which after triage waits for a reviewer. Reviewers carry other reports as well, in a class behind election
//! items, so that a flood of those lengthens their own wait first. Each item is matched to a policy with the platform's
//! coverage, once; a reviewer recognises a breach with its sensitivity and leaves an accurate item alone with its specificity.
//! An item is looked at again when its posts have doubled. Sources: `docs/model.md`, "Platforms".

use super::board::{Slot, Subject};
use super::draw::Draw;
use super::event::Event as WorldEvent;
use super::run::{Line, Run};
use super::spread::TICK_MS;
use super::verb::{Curb, Order};
use crate::engine::{Handle, Shifts, Span, StaffedQueue, StreamId, Ticket, Time};

const PROCESS: &str = "platform";

/// Priority classes of the queue: what a partner reported, election items, everything else.
const TIPPED: u8 = 0;
const ELECTION: u8 = 1;
const OTHER: u8 = 2;

/// The job of a report that has nothing to do with the scenario.
const UNRELATED: u32 = u32::MAX;

/// Ticks in the window of the circuit breaker: half an hour.
const WINDOW: usize = 6;

/// What can happen on a platform.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Event {
    /// An item stands in the queue.
    Opened(u32),
    /// A review ends: of an item, or of an unrelated report on a platform.
    Reviewed(u32, u32),
    /// An unrelated report arrives.
    Unrelated(u32),
    /// Reviewers come to work.
    Opens(u32),
    /// A decision has taken effect.
    Effective(u32),
}

/// A platform as the scenario describes it.
#[derive(Clone, Debug)]
pub(super) struct Spec {
    /// What it is called in the story.
    pub(super) title: String,
    /// Its name with its kind.
    pub(super) path: String,
    /// Reviewers.
    pub(super) reviewers: Draw,
    /// When they work.
    pub(super) shifts: Shifts,
    /// One review.
    pub(super) review: Draw,
    /// From report to queue.
    pub(super) triage: Draw,
    /// Reports per post.
    pub(super) reports: Draw,
    /// Unrelated reports per millisecond.
    pub(super) unrelated: Option<Draw>,
    /// Stream of their arrivals.
    pub(super) arrivals: StreamId,
    /// Stream of decisions on them.
    pub(super) unrelated_decisions: StreamId,
    /// Chance that a claim is matched at all.
    pub(super) coverage: Draw,
    /// Chance that a breach is recognised.
    pub(super) sensitivity: Draw,
    /// Chance that an accurate item is left alone.
    pub(super) specificity: Draw,
    /// What is done with a breach: the measure and its cut; nothing where it is only counted.
    pub(super) measure: Option<(Curb, Draw)>,
    /// From decision to effect.
    pub(super) propagation: Draw,
    /// Breaches before accounts are banned; 0 for never.
    pub(super) strikes: u32,
    /// Reach of banned accounts.
    pub(super) ban_cut: Draw,
    /// Posts in half an hour that set off the automatic brake, its cut, how long it holds.
    pub(super) breaker: Option<[Draw; 3]>,
    /// Those who run it and hear of what is reported.
    pub(super) teams: Vec<u32>,
    /// The quantities it offers.
    pub(super) slots: Slots,
}

/// The quantities a platform offers.
#[derive(Clone, Copy, Debug)]
pub(super) struct Slots {
    /// Items and reports waiting for review.
    pub(super) backlog: Slot,
    /// Reviews done.
    pub(super) reviewed: Slot,
    /// Measures taken against items in breach.
    pub(super) actions: Slot,
    /// Measures taken against accurate items.
    pub(super) wrong_actions: Slot,
    /// Mean wait of election items.
    pub(super) wait: Slot,
}

/// A narrative on a platform.
#[derive(Clone, Debug)]
pub(super) struct Item {
    /// The narrative.
    pub(super) narrative: u32,
    /// The platform.
    pub(super) platform: u32,
    /// What its teams learn of.
    pub(super) subject: Subject,
    /// Whether the narrative is accurate.
    pub(super) accurate: bool,
    /// Stream of reports.
    pub(super) reporting: StreamId,
    /// Stream of decisions.
    pub(super) decisions: StreamId,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Stage {
    #[default]
    Quiet,
    Triage,
    Queued,
    Reviewed,
}

#[derive(Clone, Copy, Debug, Default)]
struct Progress {
    stage: Stage,
    tipped: bool,
    /// The end of triage.
    opening: Handle,
    ticket: Option<Ticket>,
    posts: f64,
    posts_at_review: f64,
    matched: Option<bool>,
    breaches: u32,
    breaker_until: Time,
    window: [(i64, f64); WINDOW],
}

/// All platforms of a scenario and the narratives on them.
#[derive(Clone, Debug)]
pub(super) struct Platforms {
    specs: Vec<Spec>,
    items: Vec<Item>,
    /// The item of each narrative on each platform, narrative by narrative; asked for at every tick that brings posts.
    places: Vec<Option<u32>>,
    progress: Vec<Progress>,
    queues: Vec<StaffedQueue<u32>>,
    base: Vec<u32>,
    openings: Vec<Handle>,
    busy: Vec<bool>,
    waits: Vec<(f64, f64)>,
}

impl Platforms {
    /// Platforms as the scenario describes them.
    pub(super) fn new(specs: Vec<Spec>, items: Vec<Item>) -> Platforms {
        let narratives = items.iter().map(|item| item.narrative as usize + 1).max().unwrap_or(0);
        let mut places = vec![None; narratives * specs.len()];
        for (position, item) in items.iter().enumerate() {
            places[item.narrative as usize * specs.len() + item.platform as usize] = Some(position as u32);
        }
        Platforms {
            places,
            progress: vec![Progress::default(); items.len()],
            queues: specs.iter().map(|spec| StaffedQueue::new(0, spec.shifts.clone())).collect(),
            base: vec![0; specs.len()],
            openings: vec![Handle::NONE; specs.len()],
            busy: vec![false; specs.len()],
            waits: vec![(0.0, 0.0); specs.len()],
            specs,
            items,
        }
    }

    /// Nothing has been reported yet.
    pub(super) fn start(&mut self, run: &mut Run) {
        self.progress.fill(Progress::default());
        self.openings.fill(Handle::NONE);
        self.busy.fill(false);
        self.waits.fill((0.0, 0.0));
        for (position, spec) in self.specs.iter().enumerate() {
            self.base[position] = spec.reviewers.count(run);
            self.queues[position].clear();
            self.queues[position].set_servers(self.base[position]);
        }
    }

    /// Handles what happens on platforms.
    pub(super) fn handle(&mut self, event: Event, run: &mut Run) {
        match event {
            Event::Opened(item) => {
                self.progress[item as usize].opening = Handle::NONE;
                self.enqueue(item, run);
            }
            Event::Reviewed(platform, UNRELATED) => self.reviewed_unrelated(platform, run),
            Event::Reviewed(_, item) => self.reviewed(item, run),
            Event::Unrelated(platform) => {
                let review = self.specs[platform as usize].review.span(run);
                self.queues[platform as usize].enqueue(run.now(), UNRELATED, OTHER, review);
                self.assign(platform, run);
                self.schedule_unrelated(platform, run);
            }
            Event::Opens(platform) => {
                self.openings[platform as usize] = Handle::NONE;
                self.assign(platform, run);
            }
            Event::Effective(item) => self.effective(item, run),
        }
    }

    /// Posts of a narrative appear on a platform: some are reported, many at once set off the automatic brake.
    pub(super) fn posted(&mut self, narrative: u32, platform: u32, posts: f64, run: &mut Run) {
        let Some(item) = self.item(narrative, platform) else { return };
        if !std::mem::replace(&mut self.busy[platform as usize], true) {
            self.schedule_unrelated(platform, run);
        }
        self.brake(item, posts, run);
        let spec = &self.specs[platform as usize];
        let progress = &mut self.progress[item as usize];
        progress.posts += posts;
        let may_open = match progress.stage {
            Stage::Quiet => true,
            Stage::Reviewed => progress.posts >= 2.0 * progress.posts_at_review,
            Stage::Triage | Stage::Queued => false,
        };
        if !may_open {
            return;
        }
        let per_post = spec.reports.value(run);
        let any = 1.0 - libm::pow(1.0 - per_post, posts);
        if run.streams.chance(self.items[item as usize].reporting, any) {
            progress.stage = Stage::Triage;
            let triage = spec.triage.span(run);
            progress.opening = run.after(triage, WorldEvent::Platform(Event::Opened(item)));
        }
    }

    /// A partner reports a narrative: it goes to the head of the queue.
    pub(super) fn tip(&mut self, narrative: u32, platform: u32, run: &mut Run) {
        let Some(item) = self.item(narrative, platform) else { return };
        let progress = &mut self.progress[item as usize];
        if std::mem::replace(&mut progress.tipped, true) {
            return;
        }
        run.tell(PROCESS, || Line::inner(&self.specs[platform as usize].path, "a partner reports a narrative"));
        match (progress.stage, progress.ticket) {
            // A partner's report needs no triage, and one that is under way is over with it.
            (Stage::Quiet | Stage::Triage, _) => {
                run.cancel(&mut progress.opening);
                self.enqueue(item, run);
            }
            (Stage::Queued, Some(ticket)) if self.queues[platform as usize].renege(run.now(), ticket).is_some() => {
                self.enqueue(item, run);
            }
            _ => {}
        }
    }

    /// More reviewers.
    pub(super) fn add_reviewers(&mut self, platform: u32, add: u32, run: &mut Run) {
        let base = &mut self.base[platform as usize];
        *base = base.saturating_add(add);
        self.queues[platform as usize].set_servers(*base);
        self.assign(platform, run);
    }

    fn item(&self, narrative: u32, platform: u32) -> Option<u32> {
        self.places.get(narrative as usize * self.specs.len() + platform as usize).copied().flatten()
    }

    fn brake(&mut self, item: u32, posts: f64, run: &mut Run) {
        let Item { narrative, platform, .. } = self.items[item as usize];
        let Some([above, cut, lasts]) = &self.specs[platform as usize].breaker else { return };
        let progress = &mut self.progress[item as usize];
        let tick = run.now().0 / TICK_MS;
        let cell = &mut progress.window[tick.rem_euclid(WINDOW as i64) as usize];
        *cell = if cell.0 == tick { (tick, cell.1 + posts) } else { (tick, posts) };
        let recent: f64 =
            progress.window.iter().filter(|(at, _)| *at > tick - WINDOW as i64).map(|(_, posts)| posts).sum();
        if run.now() >= progress.breaker_until && recent > above.value(run) {
            let (cut, lasts) = (cut.value(run), lasts.span(run));
            progress.breaker_until = run.now() + lasts;
            let until = progress.breaker_until;
            run.order(Order::Curb { narrative, platform, kind: Curb::CircuitBreaker, cut, until });
        }
    }

    fn schedule_unrelated(&mut self, platform: u32, run: &mut Run) {
        let spec = &self.specs[platform as usize];
        let Some(rate) = &spec.unrelated else { return };
        let rate = rate.value(run);
        if rate > 0.0 {
            let wait = Span::from_ms_f64(run.exponential(spec.arrivals, 1.0 / rate));
            run.after(wait, WorldEvent::Platform(Event::Unrelated(platform)));
        }
    }

    fn enqueue(&mut self, item: u32, run: &mut Run) {
        let Item { platform, subject, .. } = self.items[item as usize];
        let spec = &self.specs[platform as usize];
        let progress = &mut self.progress[item as usize];
        progress.stage = Stage::Queued;
        for team in &spec.teams {
            run.learn(*team, subject);
        }
        let review = spec.review.span(run);
        let class = if progress.tipped { TIPPED } else { ELECTION };
        progress.ticket = self.queues[platform as usize].enqueue(run.now(), item, class, review);
        self.assign(platform, run);
    }

    fn assign(&mut self, platform: u32, run: &mut Run) {
        let position = platform as usize;
        let spec = &self.specs[position];
        while let Some(started) = self.queues[position].start_next(run.now()) {
            if started.job != UNRELATED {
                self.progress[started.job as usize].ticket = None;
                let (sum, count) = &mut self.waits[position];
                *sum += started.waited.as_ms_f64();
                *count += 1.0;
                run.board.set(spec.slots.wait, *sum / *count);
            }
            run.at(started.finish, WorldEvent::Platform(Event::Reviewed(platform, started.job)));
        }
        let queue = &self.queues[position];
        run.board.set(spec.slots.backlog, queue.waiting() as f64);
        // Where all are busy, the first to finish will look.
        if queue.waiting() > 0 && queue.busy() < queue.servers() && self.openings[position] == Handle::NONE {
            let opens = queue.opens_at(run.now());
            if opens > run.now() && opens < Time::NEVER {
                self.openings[position] = run.at(opens, WorldEvent::Platform(Event::Opens(platform)));
            }
        }
    }

    fn reviewed_unrelated(&mut self, platform: u32, run: &mut Run) {
        let spec = &self.specs[platform as usize];
        run.board.add(spec.slots.reviewed, 1.0);
        let wrong = 1.0 - spec.specificity.value(run);
        if run.streams.chance(spec.unrelated_decisions, wrong) {
            run.board.add(spec.slots.wrong_actions, 1.0);
        }
        self.queues[platform as usize].release(run.now());
        self.assign(platform, run);
    }

    fn reviewed(&mut self, item: u32, run: &mut Run) {
        let Item { narrative, platform, accurate, decisions, .. } = self.items[item as usize];
        let spec = &self.specs[platform as usize];
        let progress = &mut self.progress[item as usize];
        progress.stage = Stage::Reviewed;
        progress.posts_at_review = progress.posts;
        run.board.add(spec.slots.reviewed, 1.0);
        let coverage = spec.coverage.value(run);
        let drawn = run.streams.chance(decisions, coverage);
        let matched = *progress.matched.get_or_insert(drawn);
        let recognised = if accurate { 1.0 - spec.specificity.value(run) } else { spec.sensitivity.value(run) };
        let in_breach = run.streams.chance(decisions, recognised) && matched;
        if in_breach {
            progress.breaches += 1;
            run.board.add(if accurate { spec.slots.wrong_actions } else { spec.slots.actions }, 1.0);
            run.tell(PROCESS, || {
                Line::aloud(&spec.path, format!("reviewers of {} find posts in breach of the rules", spec.title))
            });
            let propagation = spec.propagation.span(run);
            run.after(propagation, WorldEvent::Platform(Event::Effective(item)));
        } else {
            run.tell(PROCESS, || Line::inner(&spec.path, format!("reviewers of {} leave the posts alone", spec.title)));
            run.order(Order::Lift { narrative, platform, kind: Curb::CircuitBreaker });
        }
        self.queues[platform as usize].release(run.now());
        self.assign(platform, run);
    }

    fn effective(&mut self, item: u32, run: &mut Run) {
        let Item { narrative, platform, .. } = self.items[item as usize];
        let spec = &self.specs[platform as usize];
        if let Some((kind, cut)) = &spec.measure {
            let cut = cut.value(run);
            run.order(Order::Curb { narrative, platform, kind: *kind, cut, until: Time::NEVER });
        }
        if spec.strikes > 0 && self.progress[item as usize].breaches >= spec.strikes {
            let cut = spec.ban_cut.value(run);
            run.order(Order::Curb { narrative, platform, kind: Curb::Ban, cut, until: Time::NEVER });
        }
    }
}
