//! What a narrative of the log-virality model draws in a run: its parameters, and the followers its posts reach.

use super::draw::Draw;
use super::run::Run;
use super::spread::{LogVirality, TICK_MS};
use crate::engine::{StreamId, normal_quantile};

/// Parameters of the log-virality model.
#[derive(Clone, Debug)]
pub(super) struct Virality {
    /// alpha, beta, delta, lambda.
    pub(super) coefficients: [Draw; 4],
    /// Median followers and the spread of their logarithm.
    pub(super) followers: [Draw; 2],
    /// How long it lasts.
    pub(super) lasts: Draw,
    /// Posts of the first step.
    pub(super) first: Option<Draw>,
    /// The most posts of a step.
    pub(super) most: Option<Draw>,
    /// Followers are reached one step later, as in the published simulator.
    pub(super) delayed: bool,
    /// Stream of followers.
    pub(super) stream: StreamId,
}

impl Virality {
    /// The kernel of a run.
    pub(super) fn kernel(&self, run: &mut Run) -> LogVirality {
        let coefficients = [0, 1, 2, 3].map(|each| self.coefficients[each].value(run));
        let steps = libm::round(self.lasts.value(run) / TICK_MS as f64) as u32;
        let first = self.first.as_ref().map(|first| first.value(run));
        let most = self.most.as_ref().map_or(f64::INFINITY, |most| most.value(run));
        LogVirality::new(coefficients, steps, first, most, self.delayed)
    }

    /// Followers reached by the posts of a tick: the first eight drawn one by one, the rest together by a log-normal with the same
    /// mean and variance (Fenton and Wilkinson).
    pub(super) fn followers(&self, posts: f64, run: &mut Run) -> f64 {
        const ONE_BY_ONE: f64 = 8.0;
        let median = self.followers[0].value(run);
        let sigma = self.followers[1].value(run);
        let mut sum = 0.0;
        let singles = posts.min(ONE_BY_ONE) as u32;
        for _ in 0..singles {
            sum += median * libm::exp(sigma * normal_quantile(run.uniform(self.stream)));
        }
        let rest = posts - f64::from(singles);
        if rest > 0.0 {
            let variance = libm::log(1.0 + (libm::exp(sigma * sigma) - 1.0) / rest);
            let mean = libm::log(median * rest) + (sigma * sigma - variance) / 2.0;
            sum += libm::exp(mean + libm::sqrt(variance) * normal_quantile(run.uniform(self.stream)));
        }
        // Each who posts counts once besides the followers, as in the published nudge equation.
        sum + posts
    }
}
