//! The patient rule induction method: a box is made smaller, a slice at a time, so that the share of bad runs in it grows.
//!
//! Friedman and Fisher 1999 (doi:10.1023/A:1008894516817); its use for scenarios, coverage, density and quasi-p are those of
//! Bryant and Lempert 2010 (doi:10.1016/j.techfore.2009.08.002).

use super::Cases;
use crate::study::statistics::Share;

/// How much of the box a slice takes at most.
const PATIENCE: f64 = 0.05;

/// A box never holds fewer than this share of the runs, nor fewer than this many.
const SMALLEST: f64 = 0.02;
const FEWEST: usize = 20;

/// A restriction must be this unlikely by chance, for each input that could have been chosen instead.
const UNLIKELY: f64 = 0.05;

/// What a box says of one input.
#[derive(Clone, Debug, PartialEq)]
pub enum Restriction {
    /// Values from the first to the second, both included; without end where infinite.
    Between(f64, f64),
    /// Not these values.
    Not(Vec<f64>),
}

impl Restriction {
    /// Whether a value is allowed.
    pub fn allows(&self, value: f64) -> bool {
        match self {
            Restriction::Between(low, high) => *low <= value && value <= *high,
            Restriction::Not(values) => !values.contains(&value),
        }
    }
}

/// A box: restrictions of some inputs, by position.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PrimBox {
    /// Inputs that are restricted, in the order in which they first were.
    pub restrictions: Vec<(usize, Restriction)>,
}

impl PrimBox {
    /// Whether a run lies in the box.
    pub fn holds(&self, cases: &Cases, run: usize) -> bool {
        self.restrictions.iter().all(|(input, restriction)| restriction.allows(cases.inputs[*input][run]))
    }

    /// The share of bad runs that lie in the box.
    pub fn coverage(&self, cases: &Cases) -> Share {
        let mut share = Share::default();
        (0..cases.len()).filter(|&run| cases.bad[run]).for_each(|run| share.push(self.holds(cases, run)));
        share
    }

    /// The share of runs in the box that are bad.
    pub fn density(&self, cases: &Cases) -> Share {
        let mut share = Share::default();
        (0..cases.len()).filter(|&run| self.holds(cases, run)).for_each(|run| share.push(cases.bad[run]));
        share
    }

    fn without(&self, input: usize) -> PrimBox {
        PrimBox { restrictions: self.restrictions.iter().filter(|(each, _)| *each != input).cloned().collect() }
    }

    fn tighten(&mut self, input: usize, cut: Cut) {
        let place = self.restrictions.iter().position(|(each, _)| *each == input).unwrap_or_else(|| {
            let open = match cut {
                Cut::Category(_) => Restriction::Not(Vec::new()),
                Cut::From(_) | Cut::To(_) => Restriction::Between(f64::NEG_INFINITY, f64::INFINITY),
            };
            self.restrictions.push((input, open));
            self.restrictions.len() - 1
        });
        match (&mut self.restrictions[place].1, cut) {
            (Restriction::Between(low, _), Cut::From(value)) => *low = value,
            (Restriction::Between(_, high), Cut::To(value)) => *high = value,
            (Restriction::Not(values), Cut::Category(value)) => values.push(value),
            _ => {}
        }
    }
}

/// One box of the trade-off: smaller boxes hold fewer of the bad runs, and fewer of the others.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// The box.
    pub bounds: PrimBox,
    /// On the runs it was made from.
    pub coverage: Share,
    /// On the runs it was made from.
    pub density: Share,
    /// On the runs kept back.
    pub held_coverage: Share,
    /// On the runs kept back.
    pub held_density: Share,
}

/// The box that is reported.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// The box.
    pub bounds: PrimBox,
    /// Share of the bad runs in the box, among the runs kept back.
    pub coverage: Share,
    /// Share of the box's runs that are bad, among the runs kept back.
    pub density: Share,
    /// Share of all runs kept back that are bad.
    pub overall: Share,
    /// For each restriction, the chance that leaving its input to itself would give as dense a box.
    pub quasi_p: Vec<f64>,
}

/// What the search for a box finds.
#[derive(Clone, Debug, PartialEq)]
pub struct Search {
    /// The trade-off, from all runs to the smallest box.
    pub trajectory: Vec<Step>,
    /// The box to report; nothing if none holds on the runs kept back.
    pub found: Option<Found>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Cut {
    /// Keep what is at least this.
    From(f64),
    /// Keep what is at most this.
    To(f64),
    /// Leave out this choice.
    Category(f64),
}

/// Looks for a box of bad runs.
pub fn prim(cases: &Cases) -> Search {
    let (fit, held) = (cases.half(false), cases.half(true));
    let step = |bounds: PrimBox| Step {
        coverage: bounds.coverage(&fit),
        density: bounds.density(&fit),
        held_coverage: bounds.coverage(&held),
        held_density: bounds.density(&held),
        bounds,
    };
    let mut trajectory = vec![step(PrimBox::default())];
    let bad = fit.count_bad();
    if bad == 0 || bad == fit.len() {
        return Search { trajectory, found: None };
    }
    let smallest = FEWEST.max((SMALLEST * fit.len() as f64) as usize);
    let mut inside = Inside::new(&fit);
    let mut bounds = PrimBox::default();
    while let Some((input, cut)) = inside.best_cut(&fit, smallest) {
        inside.keep(&fit, input, cut);
        bounds.tighten(input, cut);
        trajectory.push(step(bounds.clone()));
    }
    // The harmonic mean of coverage and density weighs both alike; of equals the larger box.
    let balance = |step: &Step| harmonic(step.coverage.value(), step.density.value());
    let best = trajectory.iter().rev().max_by(|a, b| balance(a).total_cmp(&balance(b)));
    let found = best.and_then(|step| simplified(step.bounds.clone(), &fit)).and_then(|(bounds, quasi_p)| {
        let (coverage, density) = (bounds.coverage(&held), bounds.density(&held));
        let overall = PrimBox::default().density(&held);
        let holds = density.wilson()?.low > overall.value();
        holds.then_some(Found { bounds, coverage, density, overall, quasi_p })
    });
    Search { trajectory, found }
}

fn harmonic(a: f64, b: f64) -> f64 {
    if a + b > 0.0 { 2.0 * a * b / (a + b) } else { 0.0 }
}

/// The box without the restrictions that chance alone would explain, with the quasi-p of the others; nothing if none is left.
fn simplified(mut bounds: PrimBox, fit: &Cases) -> Option<(PrimBox, Vec<f64>)> {
    let limit = UNLIKELY / fit.inputs.len().max(1) as f64;
    loop {
        let density = bounds.density(fit);
        let chances: Vec<f64> = bounds
            .restrictions
            .iter()
            .map(|(input, _)| at_least(density.n, density.hits, bounds.without(*input).density(fit).value()))
            .collect();
        match (0..chances.len()).max_by(|&a, &b| chances[a].total_cmp(&chances[b])) {
            Some(worst) if chances[worst] > limit => {
                bounds.restrictions.remove(worst);
            }
            Some(_) => return Some((bounds, chances)),
            None => return None,
        }
    }
}

/// P(B >= hits) for B binomial with `n` trials of probability `p`.
fn at_least(n: u64, hits: u64, p: f64) -> f64 {
    if p <= 0.0 || p >= 1.0 {
        return f64::from(u8::from(hits == 0 || p >= 1.0));
    }
    let (ln_p, ln_q) = (libm::log(p), libm::log1p(-p));
    let choose =
        |k: u64| libm::lgamma(n as f64 + 1.0) - libm::lgamma(k as f64 + 1.0) - libm::lgamma((n - k) as f64 + 1.0);
    (hits..=n).map(|k| libm::exp(choose(k) + k as f64 * ln_p + (n - k) as f64 * ln_q)).sum::<f64>().min(1.0)
}

/// The runs in a box, in the order of every input.
struct Inside {
    orders: Vec<Vec<u32>>,
}

impl Inside {
    fn new(cases: &Cases) -> Inside {
        let order = |input: &Vec<f64>| {
            let mut order: Vec<u32> = (0..input.len() as u32).collect();
            order.sort_by(|&a, &b| input[a as usize].total_cmp(&input[b as usize]));
            order
        };
        Inside { orders: cases.inputs.iter().map(order).collect() }
    }

    /// The slice with the lowest share of bad runs, nothing if none is below the box's own or the box is small. That is the gain in density,
    /// times the runs left, over the runs taken (Kwakkel and Jaxa-Rozen 2016, doi:10.1016/j.envsoft.2015.11.020): an input of two values, of
    /// which one slice takes half the box or more, gets no more than its due.
    fn best_cut(&self, cases: &Cases, smallest: usize) -> Option<(usize, Cut)> {
        let n = self.orders.first()?.len();
        let bad = self.orders[0].iter().filter(|&&run| cases.bad[run as usize]).count();
        let before = bad as f64 / n as f64;
        let mut best: Option<(f64, usize, Cut)> = None;
        for (input, order) in self.orders.iter().enumerate() {
            for (cut, taken) in cuts(&cases.inputs[input], cases.unordered[input], order) {
                let left = n - taken.len();
                if taken.is_empty() || left < smallest {
                    continue;
                }
                let bad_taken = taken.iter().filter(|&&run| cases.bad[run as usize]).count();
                let gain = before - bad_taken as f64 / taken.len() as f64;
                if gain > 0.0 && best.is_none_or(|(most, ..)| gain > most) {
                    best = Some((gain, input, cut));
                }
            }
        }
        best.map(|(_, input, cut)| (input, cut))
    }

    fn keep(&mut self, cases: &Cases, input: usize, cut: Cut) {
        let values = &cases.inputs[input];
        let kept = |run: &u32| match cut {
            Cut::From(low) => values[*run as usize] >= low,
            Cut::To(high) => values[*run as usize] <= high,
            Cut::Category(value) => values[*run as usize] != value,
        };
        self.orders.iter_mut().for_each(|order| order.retain(kept));
    }
}

/// The slices that can be taken off a box along one input, each with the runs it takes.
fn cuts<'o>(values: &[f64], unordered: bool, order: &'o [u32]) -> Vec<(Cut, &'o [u32])> {
    let value = |place: usize| values[order[place] as usize];
    let n = order.len();
    if n == 0 || value(0) == value(n - 1) {
        return Vec::new();
    }
    if unordered {
        let mut found = Vec::new();
        let mut start = 0;
        while start < n {
            let tied = order[start..].iter().take_while(|&&run| values[run as usize] == value(start)).count();
            found.push((Cut::Category(value(start)), &order[start..start + tied]));
            start += tied;
        }
        return found;
    }
    let slice = ((PATIENCE * n as f64) as usize).max(1);
    // Equal values go together: the slice ends where the next value begins.
    let low = (slice..n).find(|&place| value(place) != value(place - 1));
    let high = (1..=n - slice).rev().find(|&place| value(place) != value(place - 1));
    let from = low.map(|place| (Cut::From(value(place)), &order[..place]));
    let to = high.map(|place| (Cut::To(value(place - 1)), &order[place..]));
    from.into_iter().chain(to).collect()
}
