//! Narratives: rumours and stories that grow, are fed by facts, spill over, are curbed and fade.
//!
//! While a narrative is alive on a platform it ticks every five minutes; a stream that has gone quiet sleeps until its next
//! post from outside, drawn from the cumulative outside drive. The drive of a push of Y posts at age a is
//! (1 - R) Y G(a), with G a log-normal law of ages. Posts of a tick are negative binomial with variance mu + mu²/phi.
//! Equations, parameters and sources: `docs/model.md`, "Narratives". Curbs and brakes: [`super::curbs`].

use super::board::Slot;
use super::curbs::{Answered, Brakes, Measures, combined};
use super::draw::{Draw, Timing};
use super::event::Event as WorldEvent;
use super::fuel::{Fire, Fuel};
use super::push::Push;
use super::run::{Line, Run};
use super::spread::{Kernel, Linear, SelfExciting, Spread, TICK_MS};
use super::verb::{Brake, Curb, Order};
use super::virality::Virality;
use crate::engine::{Handle, Span, StreamId, Time, exponential_quantile, negative_binomial_quantile, poisson_quantile};

const PROCESS: &str = "narrative";

/// Below this many expected posts a tick a stream sleeps until its next post.
const QUIET: f64 = 0.02;

/// How long the other platforms feel a hard action on one: a day.
const DISPLACED: Span = Span::from_days(1);

/// What can happen to a narrative.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Event {
    /// It starts by itself.
    Starts(u32),
    /// Five minutes of a narrative's life on one platform; true if a post is certain.
    Tick(u32, bool),
    /// An hour has passed: the posts of the last day are counted anew.
    Hour(u32),
    /// A fuel has fed as long as it can.
    FuelSpent(u32),
    /// Posts planted from elsewhere arrive.
    Planted(u32, u32),
}

/// A narrative as the scenario describes it.
#[derive(Clone, Debug)]
pub(super) struct Spec {
    /// Its name with its kind.
    pub(super) path: String,
    /// What it claims.
    pub(super) about: String,
    /// When it starts by itself.
    pub(super) at: Option<Timing>,
    /// Posts in all if nobody does anything.
    pub(super) posts: Draw,
    /// Branching ratio.
    pub(super) branching: Draw,
    /// Median age of the drive.
    pub(super) drive: Draw,
    /// Spread of those ages.
    pub(super) drive_spread: Draw,
    /// Memory per tick.
    pub(super) memory: Draw,
    /// Dispersion.
    pub(super) dispersion: Draw,
    /// Views per post.
    pub(super) views: Draw,
    /// The log-virality model, if it follows that.
    pub(super) virality: Option<Virality>,
    /// Cutoff and exponent of the self-exciting model, if it follows that.
    pub(super) self_exciting: Option<[Draw; 2]>,
    /// Its streams, first and one after the last.
    pub(super) streams: (u32, u32),
    /// The quantities it offers.
    pub(super) slots: Slots,
}

/// The quantities a narrative offers.
#[derive(Clone, Copy, Debug)]
pub(super) struct Slots {
    /// It has surfaced.
    pub(super) surfaced: Slot,
    /// Posts so far.
    pub(super) posts: Slot,
    /// Posts of the last 24 hours.
    pub(super) daily: Slot,
    /// The most posts any 24 hours have brought.
    pub(super) peak: Slot,
    /// Posts made while a measure or brake held them back.
    pub(super) curbed: Slot,
}

/// A narrative's life on one platform, or off all of them.
#[derive(Clone, Debug)]
pub(super) struct Stream {
    /// Its narrative.
    pub(super) narrative: u32,
    /// Its platform.
    pub(super) platform: Option<u32>,
    /// Its share of the outside drive.
    pub(super) share: Draw,
    /// How long a post of the self-exciting model stands.
    pub(super) posts_last: Option<Draw>,
    /// Draws of posts, aligned by tick.
    pub(super) draws: StreamId,
    /// Draws of sleeping times.
    pub(super) sleep: StreamId,
    /// Posts so far, on the board.
    pub(super) posts: Slot,
    /// Seeds per post on other platforms: the stream there, the rate, and the draws.
    pub(super) spills: Vec<Spill>,
}

/// Seeds planted on another platform.
#[derive(Clone, Debug)]
pub(super) struct Spill {
    /// The platform they go to.
    pub(super) platform: u32,
    /// Seeds per post.
    pub(super) rate: Draw,
    /// Draws of their number and lag.
    pub(super) draws: StreamId,
    /// Mean lag.
    pub(super) lag: Draw,
}

#[derive(Clone, Debug, Default)]
struct Life {
    branching: f64,
    drive: f64,
    spread: f64,
    dispersion: f64,
    views: f64,
    pushes: Vec<Push>,
    fire: Fire,
    answers: Vec<Answered>,
    /// Posts by hour, the last 24 of them.
    hours: [f64; 24],
    hour: usize,
    surfaced: bool,
}

#[derive(Clone, Debug)]
struct Flow {
    kernel: Kernel,
    share: f64,
    measures: Measures,
    displaced: f64,
    displaced_until: Time,
    seeds: f64,
    tick: Handle,
    /// It sleeps until its next post from outside.
    asleep: bool,
    /// The drive of pushes is accounted for up to here.
    until: Time,
    /// Posts by fuel that are accounted for.
    burnt: f64,
}

/// All narratives of a scenario.
#[derive(Clone, Debug)]
pub(super) struct Narratives {
    specs: Vec<Spec>,
    streams: Vec<Stream>,
    fuels: Vec<Fuel>,
    /// Displacement by platform.
    displacement: Vec<Draw>,
    lives: Vec<Life>,
    flows: Vec<Flow>,
    brakes: Vec<Brakes>,
    fuel_rates: Vec<f64>,
    fuel_ends: Vec<Handle>,
}

impl Narratives {
    /// Narratives as the scenario describes them; `displacement` by platform.
    pub(super) fn new(specs: Vec<Spec>, streams: Vec<Stream>, fuels: Vec<Fuel>, displacement: Vec<Draw>) -> Narratives {
        let at_rest = Flow {
            kernel: Kernel::Linear(Linear::new(0.0, 0.0)),
            share: 0.0,
            measures: Measures::default(),
            displaced: 1.0,
            displaced_until: Time::ZERO,
            seeds: 0.0,
            tick: Handle::NONE,
            asleep: true,
            until: Time::ZERO,
            burnt: 0.0,
        };
        Narratives {
            lives: vec![Life::default(); specs.len()],
            flows: vec![at_rest; streams.len()],
            brakes: vec![Brakes::default(); displacement.len()],
            fuel_rates: vec![0.0; fuels.len()],
            fuel_ends: vec![Handle::NONE; fuels.len()],
            specs,
            streams,
            fuels,
            displacement,
        }
    }

    /// Nothing is said yet; what starts by itself is scheduled.
    pub(super) fn start(&mut self, run: &mut Run) {
        self.brakes.iter_mut().for_each(Brakes::clear);
        self.fuel_rates.fill(0.0);
        self.fuel_ends.fill(Handle::NONE);
        for position in 0..self.specs.len() {
            let spec = &self.specs[position];
            let life = &mut self.lives[position];
            life.branching = spec.branching.value(run);
            life.drive = spec.drive.value(run);
            life.spread = spec.drive_spread.value(run);
            life.dispersion = spec.dispersion.value(run);
            life.views = spec.views.value(run);
            life.pushes.clear();
            life.fire = Fire::default();
            life.answers.clear();
            life.hours = [0.0; 24];
            life.hour = 0;
            life.surfaced = false;
            let kernel = match &spec.virality {
                None => Kernel::Linear(Linear::new(life.branching, spec.memory.value(run))),
                Some(virality) => Kernel::LogVirality(virality.kernel(run)),
            };
            for stream in spec.streams.0..spec.streams.1 {
                let flow = &mut self.flows[stream as usize];
                match &spec.self_exciting {
                    None => flow.kernel = kernel.clone(),
                    Some([cutoff, exponent]) => {
                        let last = self.streams[stream as usize].posts_last.as_ref();
                        let ticks = last.map_or(f64::INFINITY, |last| libm::round(last.value(run) / TICK_MS as f64));
                        let (cutoff, exponent) = (cutoff.value(run), exponent.value(run));
                        let (branching, ticks) = (life.branching, ticks as u32);
                        match &mut flow.kernel {
                            Kernel::SelfExciting(before) => before.restart(branching, cutoff, exponent, ticks),
                            before => {
                                *before = Kernel::SelfExciting(SelfExciting::new(branching, cutoff, exponent, ticks));
                            }
                        }
                    }
                }
                flow.share = self.streams[stream as usize].share.value(run);
                flow.measures.clear();
                flow.displaced = 1.0;
                flow.displaced_until = Time::ZERO;
                flow.seeds = 0.0;
                flow.tick = Handle::NONE;
                flow.asleep = true;
                flow.until = Time::ZERO;
                flow.burnt = 0.0;
            }
            if let Some(at) = &spec.at {
                let starts = at.time(run);
                run.at(starts, WorldEvent::Narrative(Event::Starts(position as u32)));
            }
        }
    }

    /// Handles what happens to narratives.
    pub(super) fn handle(&mut self, event: Event, run: &mut Run) {
        match event {
            Event::Starts(narrative) => self.begin(narrative, run),
            Event::Tick(stream, certain) => self.tick(stream, certain, run),
            Event::Hour(narrative) => self.roll_hour(narrative, run),
            Event::FuelSpent(fuel) => {
                self.fuel_ends[fuel as usize] = Handle::NONE;
                self.set_fuel(fuel, 0.0, run);
            }
            Event::Planted(stream, posts) => {
                self.flows[stream as usize].seeds += f64::from(posts);
                self.wake(stream, run);
            }
        }
    }

    /// A narrative starts by itself.
    pub(super) fn begin(&mut self, narrative: u32, run: &mut Run) {
        let posts = self.specs[narrative as usize].posts.value(run);
        self.push(narrative, posts, run);
    }

    /// A narrative gets a push that would bring this many posts if nobody did anything.
    pub(super) fn push(&mut self, narrative: u32, posts: f64, run: &mut Run) {
        let now = run.now();
        let life = &mut self.lives[narrative as usize];
        life.pushes.push(Push::new(now, posts * (1.0 - life.branching)));
        let (first, end) = self.specs[narrative as usize].streams;
        for stream in first..end {
            // Where it has no share of the drive, it arrives only with what spills over.
            let flow = &mut self.flows[stream as usize];
            if flow.share > 0.0 {
                flow.kernel.reset_if_spent();
                self.wake(stream, run);
            }
        }
    }

    /// A fact that feeds a narrative came to hold, or ceased to.
    pub(super) fn fuel(&mut self, fuel: u32, rising: bool, run: &mut Run) {
        run.cancel(&mut self.fuel_ends[fuel as usize]);
        if !rising {
            self.set_fuel(fuel, 0.0, run);
            return;
        }
        let spec = &self.fuels[fuel as usize];
        let path = &self.specs[spec.narrative as usize].path;
        run.tell(PROCESS, || Line::inner(path, "what happens feeds the narrative").because(&spec.because));
        let rate = spec.rate.value(run);
        if let Some(lasts) = &spec.lasts {
            let lasts = lasts.span(run);
            self.fuel_ends[fuel as usize] = run.after(lasts, WorldEvent::Narrative(Event::FuelSpent(fuel)));
        }
        self.set_fuel(fuel, rate, run);
    }

    /// A narrative is answered; the cut counts among all people.
    pub(super) fn answer(&mut self, narrative: u32, cut: f64, half_life: f64, run: &mut Run) {
        let at = run.now();
        self.lives[narrative as usize].answers.push(Answered { cut, at, half_life });
        let path = &self.specs[narrative as usize].path;
        run.tell(PROCESS, || Line::inner(path, "the narrative is answered"));
    }

    /// A narrative is curbed on a platform.
    pub(super) fn curb(&mut self, narrative: u32, platform: u32, kind: Curb, cut: f64, until: Time, run: &mut Run) {
        let Some(stream) = self.stream_on(narrative, platform) else { return };
        self.flows[stream as usize].measures.set(kind, cut, run.now(), until);
        let path = &self.specs[narrative as usize].path;
        run.tell(PROCESS, || {
            Line::inner(
                path,
                match kind {
                    Curb::Label => "its posts are labelled",
                    Curb::Downrank => "its posts are shown less",
                    Curb::Remove => "its posts are taken down",
                    Curb::Ban => "accounts that spread it are banned",
                    Curb::CircuitBreaker => "the automatic brake slows it",
                },
            )
        });
        // What takes nothing down drives nobody away.
        if cut > 0.0 && matches!(kind, Curb::Remove | Curb::Ban) {
            self.displace(narrative, platform, run);
        }
    }

    /// A curb on a platform ends.
    pub(super) fn lift(&mut self, narrative: u32, platform: u32, kind: Curb) {
        if let Some(stream) = self.stream_on(narrative, platform) {
            self.flows[stream as usize].measures.lift(kind);
        }
    }

    /// Sharing on a platform is curbed for everything.
    pub(super) fn brake(&mut self, platform: u32, kind: Brake, cut: f64, until: Time, run: &Run) {
        self.brakes[platform as usize].set(kind, cut, run.now(), until);
    }

    /// Posts are planted on another platform.
    pub(super) fn plant(&mut self, narrative: u32, platform: u32, posts: f64, lag: Span, run: &mut Run) {
        if let Some(stream) = self.stream_on(narrative, platform) {
            run.after(lag, WorldEvent::Narrative(Event::Planted(stream, posts as u32)));
        }
    }

    fn stream_on(&self, narrative: u32, platform: u32) -> Option<u32> {
        let (first, end) = self.specs[narrative as usize].streams;
        (first..end).find(|stream| self.streams[*stream as usize].platform == Some(platform))
    }

    /// A hard action on one platform drives posts to the others on which the narrative lives.
    fn displace(&mut self, narrative: u32, platform: u32, run: &mut Run) {
        let rise = self.displacement[platform as usize].value(run);
        let (first, end) = self.specs[narrative as usize].streams;
        for stream in first..end {
            if self.streams[stream as usize].platform != Some(platform) {
                let flow = &mut self.flows[stream as usize];
                flow.displaced = 1.0 + rise;
                flow.displaced_until = run.now() + DISPLACED;
            }
        }
    }

    fn set_fuel(&mut self, fuel: u32, rate: f64, run: &mut Run) {
        let narrative = self.fuels[fuel as usize].narrative;
        let before = std::mem::replace(&mut self.fuel_rates[fuel as usize], rate);
        // Summed afresh: differences of floats would leave a trace of fuels that have long gone out.
        let all = self.fuels.iter().zip(&self.fuel_rates).filter(|(spec, _)| spec.narrative == narrative);
        self.lives[narrative as usize].fire.set(all.map(|(_, rate)| rate).sum(), run.now());
        if rate > before {
            let (first, end) = self.specs[narrative as usize].streams;
            for stream in first..end {
                if self.flows[stream as usize].share > 0.0 {
                    self.wake(stream, run);
                }
            }
        }
    }

    /// Schedules the next full five minutes of a stream that slept.
    fn wake(&mut self, stream: u32, run: &mut Run) {
        let flow = &mut self.flows[stream as usize];
        // A stream that is awake has a tick ahead, at this very moment perhaps, which takes in what is new.
        if !flow.asleep {
            return;
        }
        run.cancel(&mut flow.tick);
        flow.asleep = false;
        let next = Time((run.now().0 / TICK_MS + 1) * TICK_MS);
        flow.until = Time(next.0 - TICK_MS);
        flow.burnt = self.lives[self.streams[stream as usize].narrative as usize].fire.burnt(run.now());
        flow.tick = run.at(next, WorldEvent::Narrative(Event::Tick(stream, false)));
    }

    /// Posts that pushes bring between two moments, on all platforms together.
    fn pushed(&mut self, stream: u32, from: Time, to: Time) -> f64 {
        let life = &mut self.lives[self.streams[stream as usize].narrative as usize];
        let (median, spread) = (life.drive, life.spread);
        life.pushes.iter_mut().map(|push| push.between(from, to, median, spread)).sum()
    }

    /// Expected posts from outside between two moments ahead, before displacement.
    fn drive(&mut self, stream: u32, from: Time, to: Time) -> f64 {
        let pushed = self.pushed(stream, from, to);
        let life = &self.lives[self.streams[stream as usize].narrative as usize];
        let fed = life.fire.rate() * (to - from).as_ms_f64();
        self.flows[stream as usize].share * (pushed + fed)
    }

    fn tick(&mut self, stream: u32, certain: bool, run: &mut Run) {
        let now = run.now();
        let narrative = self.streams[stream as usize].narrative;
        let from = self.flows[stream as usize].until.min(now);
        let pushed = self.pushed(stream, from, now);
        let spec = &self.specs[narrative as usize];
        let life = &mut self.lives[narrative as usize];
        let flow = &mut self.flows[stream as usize];
        flow.tick = Handle::NONE;
        flow.asleep = false;
        flow.until = now;
        let burnt = life.fire.burnt(now);
        let mut drive = flow.share * (pushed + (burnt - flow.burnt).max(0.0));
        flow.burnt = burnt;
        let platform = self.streams[stream as usize].platform;
        let unbraked = Brakes::default();
        let brakes = platform.map_or(&unbraked, |platform| &self.brakes[platform as usize]);
        let mut curbs = combined(&flow.measures, brakes, now);
        let answered: f64 = life.answers.iter().map(|answer| answer.left(now)).product();
        curbs.reach *= answered;
        if now < flow.displaced_until {
            drive *= flow.displaced;
        }
        let unbanned = flow.measures.left(Curb::Ban, now) * brakes.left(Brake::Ban, now);
        drive *= unbanned;
        let kept = flow.measures.left(Curb::Remove, now);
        let mean = kept * flow.kernel.expected(drive, curbs);
        let uniform = run.streams.uniform_at(self.streams[stream as usize].draws, (now.0 / TICK_MS) as u32);
        let drawn = match flow.kernel.opening() {
            Some(posts) => libm::round(kept * posts),
            None => negative_binomial_quantile(mean, life.dispersion, uniform).min(flow.kernel.most()),
        };
        // The post that ends a sleep was drawn from the drive alone; bans and removals catch their share of it.
        let comes = certain && run.streams.chance(self.streams[stream as usize].sleep, kept * unbanned);
        let drawn = if comes { drawn.max(1.0) } else { drawn };
        let posts = drawn + std::mem::take(&mut flow.seeds);
        let followers = match &spec.virality {
            Some(virality) if posts > 0.0 => virality.followers(posts, run),
            _ => 0.0,
        };
        flow.kernel.observe(posts, followers, curbs);
        if posts > 0.0 {
            life.hours[life.hour] += posts;
            let held_back = kept * curbs.reach * curbs.breaker < answered;
            let (slots, seen) = (spec.slots, life.views);
            run.board.add(slots.posts, posts);
            run.board.add(slots.daily, posts);
            let daily = run.board.get(slots.daily);
            run.board.set(slots.peak, daily.max(run.board.get(slots.peak)));
            run.board.add(self.streams[stream as usize].posts, posts);
            if held_back {
                run.board.add(slots.curbed, posts);
            }
            let labelled = flow.measures.left(Curb::Label, now) < 1.0;
            run.order(Order::Posted { narrative, platform, posts, views: posts * seen, labelled });
            self.surface(narrative, run);
            self.spill(stream, posts, run);
        }
        self.rest(stream, run);
    }

    fn surface(&mut self, narrative: u32, run: &mut Run) {
        let life = &mut self.lives[narrative as usize];
        if life.surfaced {
            return;
        }
        life.surfaced = true;
        let spec = &self.specs[narrative as usize];
        run.board.set_truth(spec.slots.surfaced, true);
        run.tell(PROCESS, || Line::aloud(&spec.path, format!("people begin to say: {}", spec.about)));
        run.order(Order::Surfaced { narrative });
        run.after(Span::from_hours(1), WorldEvent::Narrative(Event::Hour(narrative)));
    }

    fn spill(&mut self, stream: u32, posts: f64, run: &mut Run) {
        let narrative = self.streams[stream as usize].narrative;
        for spill in &self.streams[stream as usize].spills {
            let rate = spill.rate.value(run);
            let seeds = poisson_quantile(rate * posts, run.uniform(spill.draws));
            if seeds > 0.0 {
                let mean = spill.lag.value(run);
                let lag = Span::from_ms_f64(exponential_quantile(run.uniform(spill.draws), mean));
                run.order(Order::Planted { narrative, platform: spill.platform, posts: seeds, lag });
            }
        }
    }

    /// Schedules the next tick, or sleeps until the next post from outside.
    fn rest(&mut self, stream: u32, run: &mut Run) {
        let now = run.now();
        let next = Time(now.0 + TICK_MS);
        if !self.flows[stream as usize].kernel.spent() || self.drive(stream, now, next) >= QUIET {
            self.flows[stream as usize].tick = run.at(next, WorldEvent::Narrative(Event::Tick(stream, false)));
            return;
        }
        self.flows[stream as usize].asleep = true;
        // The number of outside posts until a moment is Poisson: the first comes when the cumulative drive reaches an
        // exponential draw with mean one.
        let wanted = exponential_quantile(run.uniform(self.streams[stream as usize].sleep), 1.0);
        let last = run.end.0 / TICK_MS;
        let first = now.0 / TICK_MS + 1;
        let mut reached = |tick: i64| self.drive(stream, now, Time(tick * TICK_MS)) >= wanted;
        if first > last || !reached(last) {
            return;
        }
        let (mut low, mut high) = (first - 1, last);
        while high - low > 1 {
            let middle = low + (high - low) / 2;
            if reached(middle) { high = middle } else { low = middle }
        }
        let flow = &mut self.flows[stream as usize];
        flow.until = Time((high - 1) * TICK_MS);
        flow.burnt = self.lives[self.streams[stream as usize].narrative as usize].fire.burnt(flow.until);
        flow.tick = run.at(Time(high * TICK_MS), WorldEvent::Narrative(Event::Tick(stream, true)));
    }

    fn roll_hour(&mut self, narrative: u32, run: &mut Run) {
        let life = &mut self.lives[narrative as usize];
        life.hour = (life.hour + 1) % 24;
        life.hours[life.hour] = 0.0;
        // Summed afresh each hour, so that whole posts stay whole.
        let daily: f64 = life.hours.iter().sum();
        run.board.set(self.specs[narrative as usize].slots.daily, daily);
        run.after(Span::from_hours(1), WorldEvent::Narrative(Event::Hour(narrative)));
    }
}

impl Kernel {
    /// A new push wakes an event that had run its course.
    fn reset_if_spent(&mut self) {
        if matches!(self, Kernel::LogVirality(_)) && self.spent() {
            self.reset();
        }
    }
}
