//! Spread kernels: how many posts the next five minutes bring.
//!
//! Two models stand behind one trait. **Linear branching** with outside drive (default):
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
//! with n the share of exposures left and k the circuit breaker's cut of the *logarithm* of exposure. A scenario states
//! every cut as a cut in reach; a brake that leaves a share m of reach acts as k = 1 - 0.1 ln m / ln 0.126, because the
//! published k = 0.9 acts on totals like m = 0.126 (`docs/model.md`, "Narratives").

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
    virality: f64,
    step: u32,
}

impl LogVirality {
    /// A kernel at rest.
    pub(super) fn new(alpha: f64, beta: f64, delta: f64, lambda: f64, steps: u32) -> LogVirality {
        LogVirality { alpha, beta, delta, lambda, steps, virality: 0.0, step: 0 }
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
        let ageing = libm::exp(-self.lambda * f64::from(self.step));
        self.virality = self.virality * self.delta * ageing + libm::log(1.0 + curbs.reach * followers);
    }

    fn spent(&self) -> bool {
        self.step >= self.steps
    }

    fn reset(&mut self) {
        self.virality = 0.0;
        self.step = 0;
    }
}

/// Either kernel.
#[derive(Clone, Copy, Debug)]
pub(super) enum Kernel {
    /// Linear branching.
    Linear(Linear),
    /// Log-virality.
    LogVirality(LogVirality),
}

impl Spread for Kernel {
    fn expected(&self, drive: f64, curbs: Curbs) -> f64 {
        match self {
            Kernel::Linear(kernel) => kernel.expected(drive, curbs),
            Kernel::LogVirality(kernel) => kernel.expected(drive, curbs),
        }
    }

    fn observe(&mut self, posts: f64, followers: f64, curbs: Curbs) {
        match self {
            Kernel::Linear(kernel) => kernel.observe(posts, followers, curbs),
            Kernel::LogVirality(kernel) => kernel.observe(posts, followers, curbs),
        }
    }

    fn spent(&self) -> bool {
        match self {
            Kernel::Linear(kernel) => kernel.spent(),
            Kernel::LogVirality(kernel) => kernel.spent(),
        }
    }

    fn reset(&mut self) {
        match self {
            Kernel::Linear(kernel) => kernel.reset(),
            Kernel::LogVirality(kernel) => kernel.reset(),
        }
    }
}
