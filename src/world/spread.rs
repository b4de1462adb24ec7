//! Spread kernels: how many posts the next five minutes bring.
//!
//! Three models stand behind one trait. **Linear branching** with outside drive (default):
//!
//! ```text
//! mu_t = I_t + M R (1 - w) E_{t-1}        E_t = w E_{t-1} + y_t
//! ```
//!
//! with branching ratio R, memory w, curb factor M; under a constant M from the start the expected total is
//! (1 - R) / (1 - M R) of the total without action. **Log-virality** (Bak-Coleman et al. 2022, Nature Human Behaviour 6):
//!
//! ```text
//! mu_t = exp(alpha + beta k v_{t-1})       v_t = v_{t-1} delta exp(-lambda t) + ln(1 + n sum F)
//! ```
//!
//! with F those of step t, or of the step before in the simulator's convention, n the share of exposures left and k the circuit breaker's cut of the *logarithm* of exposure. A scenario states
//! every cut as a cut in reach; a brake that leaves a share m of reach acts as k = 1 - 0.1 ln m / ln 0.126, because the
//! published k = 0.9 acts on totals like m = 0.126 (`docs/model.md`, "Narratives"). **Self-exciting** (Schneider and Rizoiu
//! 2023, PNAS): a post taken down after a time D has made 1 - (c / (c + D))^gamma of its answers
//!
//! ```text
//! mu_t = I_t + M R sum_j y_{t-j} [ (c / (c + j-1))^gamma - (c / (c + j))^gamma ]       j up to D
//! ```

use std::collections::VecDeque;

/// The length of a tick in milliseconds: five minutes, as in the published model.
pub(super) const TICK_MS: i64 = 300_000;

/// What a circuit breaker of k = 0.9 leaves of reach, fitted to the published table.
const BREAKER_REACH: f64 = 0.126;

/// What curbs leave of reach.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Curbs {
    /// What everything but the circuit breaker leaves.
    pub(super) reach: f64,
    /// What the circuit breaker leaves.
    pub(super) breaker: f64,
}

/// A spread kernel.
pub(super) trait Spread {
    /// Expected posts in the next tick, given what comes from outside.
    fn expected(&self, drive: f64, curbs: Curbs) -> f64;
    /// Takes in the posts of a tick and the followers they reached.
    fn observe(&mut self, posts: f64, followers: f64, curbs: Curbs);
    /// True if nothing more will come by itself.
    fn spent(&self) -> bool;
    /// Back to the first moment.
    fn reset(&mut self);
    /// Posts of the next tick where they are given and not drawn.
    fn opening(&self) -> Option<f64> {
        None
    }
    /// The most posts a tick may bring.
    fn most(&self) -> f64 {
        f64::INFINITY
    }
}

/// Linear branching with outside drive.
#[derive(Clone, Copy, Debug)]
pub(super) struct Linear {
    /// Share of posts caused by earlier posts.
    pub(super) branching: f64,
    /// Share of excitement left after a tick.
    pub(super) memory: f64,
    excitement: f64,
}

/// Below this many expected posts a tick the excitement counts as gone: one post in three weeks of ticks.
const SPENT: f64 = 1.0 / 6_048.0;

impl Linear {
    /// A kernel at rest.
    pub(super) fn new(branching: f64, memory: f64) -> Linear {
        Linear { branching, memory, excitement: 0.0 }
    }

    fn echo(&self) -> f64 {
        self.branching * (1.0 - self.memory) * self.excitement
    }
}

impl Spread for Linear {
    fn expected(&self, drive: f64, curbs: Curbs) -> f64 {
        drive + curbs.reach * curbs.breaker * self.echo()
    }

    fn observe(&mut self, posts: f64, _followers: f64, _curbs: Curbs) {
        self.excitement = self.memory * self.excitement + posts;
    }

    fn spent(&self) -> bool {
        self.echo() < SPENT
    }

    fn reset(&mut self) {
        self.excitement = 0.0;
    }
}

/// The log-virality model.
#[derive(Clone, Copy, Debug)]
pub(super) struct LogVirality {
    /// Baseline: the logarithm of posts per step.
    pub(super) alpha: f64,
    /// Effect of virality.
    pub(super) beta: f64,
    /// Share of virality left after a step.
    pub(super) delta: f64,
    /// Extra ageing per step.
    pub(super) lambda: f64,
    /// Steps after which the event is over.
    pub(super) steps: u32,
    /// Posts of the first step, where they are given.
    pub(super) first: Option<f64>,
    /// The most posts of a step.
    pub(super) most: f64,
    /// Posts reach followers one step later, as in the published simulator.
    pub(super) delayed: bool,
    virality: f64,
    /// Followers that the next step reaches.
    waiting: f64,
    step: u32,
}

impl LogVirality {
    /// A kernel at rest, from alpha, beta, delta and lambda.
    pub(super) fn new(coefficients: [f64; 4], steps: u32, first: Option<f64>, most: f64, delayed: bool) -> LogVirality {
        let [alpha, beta, delta, lambda] = coefficients;
        LogVirality { alpha, beta, delta, lambda, steps, first, most, delayed, virality: 0.0, waiting: 0.0, step: 0 }
    }
}

impl Spread for LogVirality {
    fn expected(&self, drive: f64, curbs: Curbs) -> f64 {
        let own = if self.spent() {
            0.0
        } else {
            let cut = 1.0 - 0.1 * libm::log(curbs.breaker.max(1e-6)) / libm::log(BREAKER_REACH);
            libm::exp(self.alpha + self.beta * cut * self.virality)
        };
        own + drive
    }

    fn observe(&mut self, _posts: f64, followers: f64, curbs: Curbs) {
        self.step += 1;
        let age = if self.delayed { self.step - 1 } else { self.step };
        let ageing = libm::exp(-self.lambda * f64::from(age));
        let before = std::mem::replace(&mut self.waiting, followers);
        let reached = if self.delayed && self.step > 1 { before } else { followers };
        self.virality = self.virality * self.delta * ageing + libm::log(1.0 + curbs.reach * reached);
    }

    fn spent(&self) -> bool {
        self.step >= self.steps
    }

    fn reset(&mut self) {
        self.virality = 0.0;
        self.waiting = 0.0;
        self.step = 0;
    }

    fn opening(&self) -> Option<f64> {
        self.first.filter(|_| self.step == 0)
    }

    fn most(&self) -> f64 {
        self.most
    }
}

/// Self-exciting posts: linear branching whose memory fades by a power law, and posts that may be taken down one by one.
#[derive(Clone, Debug)]
pub(super) struct SelfExciting {
    branching: f64,
    cutoff: f64,
    exponent: f64,
    /// Ticks after which a post is taken down.
    lifetime: u32,
    step: u32,
    /// Posts by the step in which they came, oldest first; none that were taken down.
    standing: VecDeque<(u32, f64)>,
    /// The share of answers that come in a post's first tick, in its second, and so on.
    shares: Vec<f64>,
}

impl SelfExciting {
    /// A kernel at rest. `cutoff` in milliseconds; `lifetime` in ticks.
    pub(super) fn new(branching: f64, cutoff: f64, exponent: f64, lifetime: u32) -> SelfExciting {
        let (standing, shares) = (VecDeque::new(), Vec::new());
        SelfExciting { branching, cutoff, exponent, lifetime, step: 0, standing, shares }
    }

    /// At rest again, with other numbers, keeping the memory.
    pub(super) fn restart(&mut self, branching: f64, cutoff: f64, exponent: f64, lifetime: u32) {
        let (mut standing, mut shares) = (std::mem::take(&mut self.standing), std::mem::take(&mut self.shares));
        standing.clear();
        shares.clear();
        *self = SelfExciting { branching, cutoff, exponent, lifetime, step: 0, standing, shares };
    }

    /// The share of answers that are still to come after some ticks.
    fn left(&self, ticks: usize) -> f64 {
        libm::pow(self.cutoff / (self.cutoff + ticks as f64 * TICK_MS as f64), self.exponent)
    }
}

impl Spread for SelfExciting {
    fn expected(&self, drive: f64, curbs: Curbs) -> f64 {
        let answers: f64 =
            self.standing.iter().map(|(step, posts)| posts * self.shares[(self.step - step) as usize]).sum();
        drive + curbs.reach * curbs.breaker * self.branching * answers
    }

    fn observe(&mut self, posts: f64, _followers: f64, _curbs: Curbs) {
        if posts > 0.0 {
            self.standing.push_back((self.step, posts));
        }
        self.step += 1;
        while self.standing.front().is_some_and(|(step, _)| self.step - step > self.lifetime) {
            self.standing.pop_front();
        }
        let oldest = self.standing.front().map_or(0, |(step, _)| (self.step - step) as usize);
        while self.shares.len() <= oldest {
            let age = self.shares.len();
            // Nothing comes in the tick of the post itself: a tick answers those before it.
            self.shares.push(if age == 0 { 0.0 } else { self.left(age - 1) - self.left(age) });
        }
    }

    fn spent(&self) -> bool {
        // A power law is never quite over: while a post stands, the stream stays awake and ages it.
        self.standing.is_empty()
    }

    fn reset(&mut self) {
        self.standing.clear();
        self.step = 0;
    }
}

/// Any of the kernels.
#[derive(Clone, Debug)]
pub(super) enum Kernel {
    /// Linear branching.
    Linear(Linear),
    /// Log-virality.
    LogVirality(LogVirality),
    /// Self-exciting.
    SelfExciting(SelfExciting),
}

impl Spread for Kernel {
    fn expected(&self, drive: f64, curbs: Curbs) -> f64 {
        match self {
            Kernel::Linear(kernel) => kernel.expected(drive, curbs),
            Kernel::LogVirality(kernel) => kernel.expected(drive, curbs),
            Kernel::SelfExciting(kernel) => kernel.expected(drive, curbs),
        }
    }

    fn observe(&mut self, posts: f64, followers: f64, curbs: Curbs) {
        match self {
            Kernel::Linear(kernel) => kernel.observe(posts, followers, curbs),
            Kernel::LogVirality(kernel) => kernel.observe(posts, followers, curbs),
            Kernel::SelfExciting(kernel) => kernel.observe(posts, followers, curbs),
        }
    }

    fn spent(&self) -> bool {
        match self {
            Kernel::Linear(kernel) => kernel.spent(),
            Kernel::LogVirality(kernel) => kernel.spent(),
            Kernel::SelfExciting(kernel) => kernel.spent(),
        }
    }

    fn reset(&mut self) {
        match self {
            Kernel::Linear(kernel) => kernel.reset(),
            Kernel::LogVirality(kernel) => kernel.reset(),
            Kernel::SelfExciting(kernel) => kernel.reset(),
        }
    }

    fn opening(&self) -> Option<f64> {
        match self {
            Kernel::LogVirality(kernel) => kernel.opening(),
            Kernel::Linear(_) | Kernel::SelfExciting(_) => None,
        }
    }

    fn most(&self) -> f64 {
        match self {
            Kernel::LogVirality(kernel) => kernel.most(),
            Kernel::Linear(_) | Kernel::SelfExciting(_) => f64::INFINITY,
        }
    }
}
