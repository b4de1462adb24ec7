//! The best portfolio of responses within a budget. It searches responses only: the adversary's side is never optimised.
//!
//! Three stages, each on runs of its own, so that none flatters the next: a search among portfolios, if they are too many to
//! try them all; a selection of the best with a stated probability of being right; and a judgement of what was found.

mod allocation;
mod portfolio;
mod selection;

pub use allocation::{Standing, confidence, leader, share_out};
pub use portfolio::{FEW, Portfolio, all_within, frontier, price, search, sort, within};
pub use selection::Selection;

use super::batch::{self, BatchError, Settings};
use super::paired::{Pairs, holm};
use super::replication::Replicable;
use super::statistics::{Interval, Moments, Share};
use crate::world::{Outcome, Status, Unit};
use std::convert::Infallible;
use std::ops::Range;
use std::sync::atomic::{AtomicBool, Ordering};

/// Runs in one observation of the selection: their mean is close to normal.
const BLOCK: u64 = 32;

/// Observations before any portfolio drops out.
const FIRST_STAGE: u64 = 20;

/// Observations made between two looks, so that threads have enough to do.
const ROUND: u64 = 8;

/// Into how many parts the runs of a fixed budget are divided: two are shared out evenly, each other one by what those before show.
const PARTS: u64 = 16;

/// How many of the portfolios that the search liked best go on to the selection.
const FINALISTS: usize = 16;

/// How many points on the frontier are judged, where the search tried many portfolios.
const JUDGED: usize = 24;

/// Share of the runs in which a portfolio may need more staff than there are.
const SHORT: f64 = 0.05;

/// The smallest difference of a share that is worth telling apart, if nothing else was said.
const WORTH_OF_SHARE: f64 = 0.01;

/// Of a measure: this part of its standard deviation without any response.
const WORTH_OF_SPREAD: f64 = 0.05;

/// What is to be made better, and where to read it in an outcome.
#[derive(Clone, Debug, PartialEq)]
pub struct Goal {
    /// Position of the contingency or measure.
    pub column: usize,
    /// Whether it is a contingency: then its share of runs is to become less.
    pub contingency: bool,
    /// The unit of a measure.
    pub unit: Unit,
    /// Whether more of a measure is better.
    pub higher: bool,
    /// Position of the measure that says what a run cost.
    pub cost: Option<usize>,
    /// Position of the measure that says how many people were at work at once.
    pub staff: Option<usize>,
    /// Positions of the measures of what was done to accurate speech: wrong actions, and accurate posts held back.
    pub speech: [Option<usize>; 2],
}

/// How the best of the contenders is picked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// With a stated probability, however many runs that takes up to `most` of each: the procedure KN.
    Sure {
        /// Most runs of any one portfolio.
        most: u64,
    },
    /// With a fixed number of runs of all portfolios together, spent where they help most: OCBA.
    Budget {
        /// How many.
        runs: u64,
    },
}

/// The limits and the effort of a choice.
#[derive(Clone, Debug)]
pub struct Terms {
    /// The price of each response, in the planner's points.
    pub prices: Vec<f64>,
    /// What the portfolio may cost.
    pub budget: f64,
    /// How many people there are; without it as many as are needed.
    pub staff: Option<f64>,
    /// The smallest difference worth telling apart, in the written unit.
    pub worth: Option<f64>,
    /// Probability of a wrong selection that is allowed.
    pub outside: f64,
    /// How the best is picked.
    pub method: Method,
    /// Master seed and threads; `runs` is how many runs the search and the judgement make each, from 0.
    pub settings: Settings,
}

/// Why nothing could be chosen.
#[derive(Debug, thiserror::Error)]
pub enum ChooseError<E> {
    /// A portfolio does not compile.
    #[error("a portfolio cannot be run")]
    Compile(E),
    /// A thread failed.
    #[error(transparent)]
    Worker(#[from] BatchError<Infallible>),
    /// The measure has no value in some runs, so its mean cannot be compared.
    #[error("the measure has no value in some runs")]
    Absent,
    /// No portfolio is within the limits.
    #[error("no portfolio keeps within these limits")]
    Nothing,
    /// The fixed number of runs is too small to learn anything of each.
    #[error("{contenders} portfolios need at least {needed} runs in all")]
    Few {
        /// How many are needed.
        needed: u64,
        /// How many portfolios there are.
        contenders: usize,
    },
    /// It was interrupted.
    #[error("interrupted before the choice was made")]
    Interrupted,
}

/// What was chosen, and what the choice rests on.
#[derive(Clone, Debug)]
pub struct Choice {
    /// Judged portfolios, the cheaper ones first.
    pub judged: Vec<Judged>,
    /// Position of the chosen one.
    pub chosen: usize,
    /// What each response adds to the chosen portfolio, or would add.
    pub marginal: Vec<Marginal>,
    /// How the selection ended.
    pub sureness: Sureness,
    /// How many runs the judgement rests on.
    pub runs: u64,
}

/// A portfolio with what it costs and does.
#[derive(Clone, Debug)]
pub struct Judged {
    /// Its responses.
    pub portfolio: Portfolio,
    /// What they cost together, as priced.
    pub price: f64,
    /// What a run cost, on average, as they were used.
    pub spend: Option<f64>,
    /// Wrong actions, and accurate posts held back, of a run on average; nothing where no response acts on posts.
    pub speech: [Option<f64>; 2],
    /// The share of a contingency, or the mean of a measure.
    pub value: Option<f64>,
    /// Its interval at 95 %.
    pub interval: Option<Interval>,
    /// Whether no portfolio that costs as little does as well.
    pub on_frontier: bool,
    /// Whether it keeps within budget and staff.
    pub allowed: bool,
}

/// What one response is worth beside the chosen portfolio: with it less without it.
#[derive(Clone, Debug)]
pub struct Marginal {
    /// The response.
    pub response: usize,
    /// Whether it is in the chosen portfolio.
    pub chosen: bool,
    /// The change it makes.
    pub difference: Option<f64>,
    /// The interval of that at 95 %, on its own.
    pub interval: Option<Interval>,
    /// The probability of such a change if it made none, adjusted for all responses together.
    pub p_holm: Option<f64>,
    /// Whether the portfolio with it is within budget.
    pub within_budget: bool,
}

/// How sure the selection is.
#[derive(Clone, Debug, PartialEq)]
pub struct Sureness {
    /// How many portfolios were selected from.
    pub contenders: usize,
    /// Whether those were all within the limits; if not, a search had left out the others.
    pub exhaustive: bool,
    /// The smallest difference that was to be told apart.
    pub worth: f64,
    /// The probability of a right selection: that which was asked for, or with a budget that which was reached, estimated.
    pub confidence: f64,
    /// How it was made.
    pub method: Method,
    /// Whether the selection came to an end before the runs did. With a budget it always does.
    pub settled: bool,
    /// How many portfolios had not dropped out. With a budget none does.
    pub remaining: usize,
    /// Runs of each portfolio that stayed to the end; with a budget, of the chosen one.
    pub runs: u64,
}

impl Goal {
    fn value(&self, outcome: &Outcome) -> f64 {
        if self.contingency {
            f64::from(outcome.contingencies[self.column].onset.is_some())
        } else {
            self.unit.external(outcome.measures[self.column])
        }
    }

    /// More is better.
    fn gain(&self, value: f64) -> f64 {
        if self.higher { value } else { -value }
    }
}

/// What runs left of some portfolios: values, spend and staff, portfolio by portfolio, run by run.
#[derive(Clone, Debug, Default)]
struct Values {
    values: Vec<Vec<f64>>,
    spend: Vec<Moments>,
    speech: Vec<[Moments; 2]>,
    short: Vec<Share>,
}

/// Chooses among portfolios. `compile` makes a portfolio ready to run.
///
/// # Errors
///
/// When a portfolio does not compile, a thread fails, or nothing can be chosen.
pub fn choose<P: Replicable, E>(
    goal: &Goal,
    terms: &Terms,
    stop: &AtomicBool,
    compile: impl Fn(&[usize]) -> Result<P, E>,
) -> Result<Choice, ChooseError<E>> {
    let bench = Bench { goal, terms, stop, compile };
    let length = terms.settings.runs.end;
    let candidates = bench.candidates()?;
    let (best, sureness) = bench.select(&candidates, length)?;
    // Beyond every run that had a part in the choice.
    let (Method::Sure { most } | Method::Budget { runs: most }) = terms.method;
    let fresh = length.max(FIRST_STAGE * BLOCK) + most + (FIRST_STAGE + ROUND) * BLOCK;
    bench.judge(&candidates.tried, &best, sureness, fresh..fresh + length)
}

/// Portfolios to select from.
struct Candidates {
    /// Each with its estimated gain, the cheaper ones first.
    tried: Vec<(Portfolio, f64)>,
    /// Whether those are all that are within the limits.
    exhaustive: bool,
}

struct Bench<'a, C> {
    goal: &'a Goal,
    terms: &'a Terms,
    stop: &'a AtomicBool,
    compile: C,
}

impl<P: Replicable, E, C: Fn(&[usize]) -> Result<P, E>> Bench<'_, C> {
    fn candidates(&self) -> Result<Candidates, ChooseError<E>> {
        let terms = self.terms;
        let pilot = 0..terms.settings.runs.end.max(FIRST_STAGE * BLOCK);
        let judge = |portfolios: &[Portfolio]| -> Result<Vec<f64>, ChooseError<E>> {
            let values = self.run(portfolios, pilot.clone())?;
            let gain = |position: usize| {
                if self.is_short(&values, position) { f64::NAN } else { self.goal.gain(mean(&values.values[position])) }
            };
            Ok((0..portfolios.len()).map(gain).collect())
        };
        let all = all_within(&terms.prices, terms.budget);
        let exhaustive = all.is_some();
        let mut tried: Vec<(Portfolio, f64)> = match all {
            // Nothing has to be estimated before all of them are selected from.
            Some(all) if terms.staff.is_none() => all.into_iter().map(|portfolio| (portfolio, 0.0)).collect(),
            Some(all) => {
                let gains = judge(&all)?;
                all.into_iter().zip(gains).filter(|(_, gain)| !gain.is_nan()).collect()
            }
            None => search(&terms.prices, terms.budget, judge)?,
        };
        if tried.is_empty() {
            return Err(ChooseError::Nothing);
        }
        tried.sort_by(|a, b| price(&a.0, &terms.prices).total_cmp(&price(&b.0, &terms.prices)));
        Ok(Candidates { tried, exhaustive })
    }

    /// The best of them, on runs the search has not seen.
    fn select(
        &self,
        Candidates { tried, exhaustive }: &Candidates,
        first: u64,
    ) -> Result<(Portfolio, Sureness), ChooseError<E>> {
        let mut contenders: Vec<Portfolio> = if *exhaustive {
            tried.iter().map(|(portfolio, _)| portfolio.clone()).collect()
        } else {
            let mut ranked: Vec<&(Portfolio, f64)> = tried.iter().collect();
            ranked.sort_by(|a, b| b.1.total_cmp(&a.1));
            ranked.into_iter().take(FINALISTS).map(|(portfolio, _)| portfolio.clone()).collect()
        };
        sort(&mut contenders, &self.terms.prices);
        let worth = self.worth()?;
        let start = first.max(FIRST_STAGE * BLOCK);
        match self.terms.method {
            Method::Sure { most } => self.select_surely(&contenders, *exhaustive, worth, start, most),
            Method::Budget { runs } => self.select_within(&contenders, *exhaustive, worth, start, runs),
        }
    }

    /// By KN: runs of all that have not dropped out, until one is left.
    fn select_surely(
        &self,
        contenders: &[Portfolio],
        exhaustive: bool,
        worth: f64,
        start: u64,
        most: u64,
    ) -> Result<(Portfolio, Sureness), ChooseError<E>> {
        let mut selection = Selection::new(contenders.len(), self.terms.outside, worth, FIRST_STAGE);
        let mut made = 0;
        while !selection.is_settled() && made < most {
            let blocks = if made == 0 { FIRST_STAGE } else { ROUND };
            let remaining = selection.remaining();
            let portfolios: Vec<Portfolio> = remaining.iter().map(|&position| contenders[position].clone()).collect();
            let runs = start + made..start + made + blocks * BLOCK;
            let values = self.run(&portfolios, runs)?.values;
            let length = values.first().map_or(0, Vec::len);
            for from in (0..length).step_by(BLOCK as usize) {
                let until = length.min(from + BLOCK as usize);
                let mut observed = vec![f64::NAN; contenders.len()];
                for (&position, values) in remaining.iter().zip(&values) {
                    observed[position] = self.goal.gain(mean(&values[from..until]));
                }
                selection.push(&observed);
            }
            made += blocks * BLOCK;
        }
        let best = selection.best().map(|best| contenders[best].clone()).ok_or(ChooseError::Nothing)?;
        let sureness = Sureness {
            contenders: contenders.len(),
            exhaustive,
            worth,
            confidence: 1.0 - self.terms.outside,
            method: self.terms.method,
            settled: selection.is_settled(),
            remaining: selection.remaining().len(),
            runs: selection.observed() * BLOCK,
        };
        Ok((best, sureness))
    }

    /// By OCBA: a fixed number of runs, each part of them shared out by what the parts before have shown. Runs of one number
    /// are the same world under every portfolio that gets so far.
    fn select_within(
        &self,
        contenders: &[Portfolio],
        exhaustive: bool,
        worth: f64,
        start: u64,
        runs: u64,
    ) -> Result<(Portfolio, Sureness), ChooseError<E>> {
        let count = contenders.len() as u64;
        let needed = 2 * BLOCK * count;
        if runs < needed {
            return Err(ChooseError::Few { needed, contenders: contenders.len() });
        }
        let mut moments = vec![Moments::default(); contenders.len()];
        let mut made = vec![0; contenders.len()];
        let mut more = even(count, (2 * runs / PARTS).max(BLOCK * count));
        let mut left = runs;
        while left > 0 {
            for (position, &more) in more.iter().enumerate().filter(|(_, more)| **more > 0) {
                let from = start + made[position];
                let found = self.run(&contenders[position..=position], from..from + more)?;
                found.values.iter().flatten().for_each(|&value| moments[position].push(self.goal.gain(value)));
                made[position] += more;
            }
            left -= more.iter().sum::<u64>();
            let standings: Vec<Standing> = moments.iter().map(|moments| self.standing(moments)).collect();
            more = share_out(&standings, worth, (runs / PARTS).max(1).min(left));
        }
        let standings: Vec<Standing> = moments.iter().map(|moments| self.standing(moments)).collect();
        let best = leader(&standings).ok_or(ChooseError::Nothing)?;
        let sureness = Sureness {
            contenders: contenders.len(),
            exhaustive,
            worth,
            confidence: confidence(&standings, worth),
            method: self.terms.method,
            settled: true,
            remaining: contenders.len(),
            runs: standings[best].n,
        };
        Ok((contenders[best].clone(), sureness))
    }

    /// What is known of a contender. A share that was the same in all runs so far is not certain for that, so its variance is taken
    /// with one hit and one miss added.
    fn standing(&self, moments: &Moments) -> Standing {
        let (mean, n) = (moments.mean().unwrap_or(0.0), moments.n());
        let share = (mean.abs() * n as f64 + 1.0) / (n as f64 + 2.0);
        let variance = if self.goal.contingency { share * (1.0 - share) } else { moments.variance().unwrap_or(0.0) };
        Standing { mean, variance, n }
    }

    fn worth(&self) -> Result<f64, ChooseError<E>> {
        if let Some(worth) = self.terms.worth {
            return Ok(worth);
        }
        if self.goal.contingency {
            return Ok(WORTH_OF_SHARE);
        }
        let nothing = self.run(&[Portfolio::new()], 0..FIRST_STAGE * BLOCK)?;
        let mut moments = Moments::default();
        nothing.values.iter().flatten().for_each(|&value| moments.push(value));
        let spread = libm::sqrt(moments.variance().unwrap_or(0.0));
        // A measure that never moves without a response still needs some zone.
        Ok(if spread > 0.0 { WORTH_OF_SPREAD * spread } else { WORTH_OF_SHARE })
    }

    fn judge(
        &self,
        tried: &[(Portfolio, f64)],
        best: &Portfolio,
        sureness: Sureness,
        runs: Range<u64>,
    ) -> Result<Choice, ChooseError<E>> {
        let prices = &self.terms.prices;
        let mut portfolios: Vec<Portfolio> = self.promising(tried);
        portfolios.extend([best.clone(), Portfolio::new()]);
        let neighbours: Vec<Portfolio> = (0..prices.len()).map(|response| toggled(best, response)).collect();
        portfolios.extend(neighbours.iter().cloned());
        sort(&mut portfolios, prices);
        portfolios.dedup();
        let found = self.run(&portfolios, runs)?;
        let allowed = |position: usize| {
            within(price(&portfolios[position], prices), self.terms.budget) && !self.is_short(&found, position)
        };
        let position_of = |wanted: &Portfolio| portfolios.iter().position(|portfolio| portfolio == wanted);
        let chosen = position_of(best).ok_or(ChooseError::Nothing)?;
        let eligible: Vec<usize> = (0..portfolios.len()).filter(|&position| allowed(position)).collect();
        let priced =
            |&position: &usize| (price(&portfolios[position], prices), self.goal.gain(mean(&found.values[position])));
        let front: Vec<usize> = frontier(&eligible.iter().map(priced).collect::<Vec<_>>());
        let on_frontier = |position: usize| front.iter().any(|&rank| eligible[rank] == position);
        let judged = portfolios.iter().enumerate().map(|(position, portfolio)| {
            let (value, interval) = self.level(&found.values[position]);
            Judged {
                portfolio: portfolio.clone(),
                price: price(portfolio, prices),
                spend: found.spend[position].mean(),
                speech: [0, 1].map(|which| found.speech[position][which].mean()),
                value,
                interval,
                on_frontier: on_frontier(position),
                allowed: allowed(position),
            }
        });
        let judged: Vec<Judged> = judged.collect();
        let compared = neighbours.iter().enumerate().filter_map(|(response, neighbour)| {
            let other = position_of(neighbour)?;
            let taken = best.contains(&response);
            let (with, without) = if taken { (chosen, other) } else { (other, chosen) };
            let mut pairs = Pairs::default();
            let values = found.values[without].iter().zip(&found.values[with]);
            values.for_each(|(&without, &with)| pairs.push(without, with));
            Some((response, taken, pairs, within(price(&portfolios[with], prices), self.terms.budget)))
        });
        let compared: Vec<_> = compared.collect();
        let tests: Vec<Option<f64>> = compared
            .iter()
            .map(|(_, _, pairs, _)| if self.goal.contingency { Some(pairs.mcnemar().mid_p) } else { pairs.t_test() })
            .collect();
        let mut adjusted = holm(&tests.iter().flatten().copied().collect::<Vec<f64>>()).into_iter();
        let marginal =
            compared.into_iter().zip(tests).map(|((response, chosen, pairs, within_budget), test)| Marginal {
                response,
                chosen,
                difference: if self.goal.contingency { pairs.share_difference() } else { pairs.mean() },
                interval: if self.goal.contingency { pairs.share_interval(Z) } else { pairs.t_interval(OUTSIDE) },
                p_holm: test.and_then(|_| adjusted.next()),
                within_budget,
            });
        let runs = found.values.first().map_or(0, Vec::len) as u64;
        Ok(Choice { chosen, marginal: marginal.collect(), judged, sureness, runs })
    }

    /// Portfolios that may lie on the frontier: all of them if they are few, else the best ones of each price.
    fn promising(&self, tried: &[(Portfolio, f64)]) -> Vec<Portfolio> {
        if tried.len() <= FEW {
            return tried.iter().map(|(portfolio, _)| portfolio.clone()).collect();
        }
        let priced: Vec<(f64, f64)> =
            tried.iter().map(|(portfolio, gain)| (price(portfolio, &self.terms.prices), *gain)).collect();
        frontier(&priced).into_iter().rev().take(JUDGED).map(|position| tried[position].0.clone()).collect()
    }

    fn level(&self, values: &[f64]) -> (Option<f64>, Option<Interval>) {
        if self.goal.contingency {
            let mut share = Share::default();
            values.iter().for_each(|&value| share.push(value == 1.0));
            ((share.n > 0).then(|| share.value()), share.wilson())
        } else {
            let mut moments = Moments::default();
            values.iter().for_each(|&value| moments.push(value));
            (moments.mean(), moments.interval())
        }
    }

    fn is_short(&self, found: &Values, position: usize) -> bool {
        self.terms.staff.is_some() && found.short[position].value() > SHORT
    }

    /// Makes runs of some portfolios. A run counts only if it was finished under all of them.
    fn run(&self, portfolios: &[Portfolio], runs: Range<u64>) -> Result<Values, ChooseError<E>> {
        let models = portfolios.iter().map(|portfolio| (self.compile)(portfolio)).collect::<Result<Vec<P>, E>>();
        let models = models.map_err(ChooseError::Compile)?;
        let count = portfolios.len();
        let mut found = Values {
            values: vec![Vec::new(); count],
            spend: vec![Moments::default(); count],
            speech: vec![[Moments::default(); 2]; count],
            short: vec![Share::default(); count],
        };
        let settings = Settings { runs, ..self.terms.settings.clone() };
        let mut absent = false;
        batch::run(&models, &settings, self.stop, |_, outcomes| {
            if outcomes.iter().any(|outcome| outcome.status != Status::Ok) {
                return Ok(());
            }
            for (position, outcome) in outcomes.iter().enumerate() {
                let value = self.goal.value(outcome);
                absent |= value.is_nan();
                found.values[position].push(value);
                found.spend[position].push(self.goal.cost.map_or(f64::NAN, |cost| outcome.measures[cost]));
                for (moments, column) in found.speech[position].iter_mut().zip(self.goal.speech) {
                    moments.push(column.map_or(f64::NAN, |column| outcome.measures[column]));
                }
                if let (Some(column), Some(staff)) = (self.goal.staff, self.terms.staff) {
                    found.short[position].push(outcome.measures[column] > staff);
                }
            }
            Ok(())
        })?;
        if self.stop.load(Ordering::Relaxed) {
            return Err(ChooseError::Interrupted);
        }
        if absent { Err(ChooseError::Absent) } else { Ok(found) }
    }
}

/// Probability that the intervals leave out, and the normal quantile that belongs to it.
const OUTSIDE: f64 = 0.05;
const Z: f64 = 1.959963984540054;

/// So many runs, shared out evenly.
fn even(count: u64, runs: u64) -> Vec<u64> {
    (0..count).map(|position| runs / count + u64::from(position < runs % count)).collect()
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

/// A portfolio with a response taken out, or added if it was not in.
fn toggled(portfolio: &[usize], response: usize) -> Portfolio {
    let mut other: Portfolio = portfolio.iter().copied().filter(|&each| each != response).collect();
    if other.len() == portfolio.len() {
        other.push(response);
        other.sort_unstable();
    }
    other
}
