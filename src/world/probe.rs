//! What is drawn in a run, for studies of what drives its outcome: reading it, and holding it at a chosen place.
//!
//! Every drawn quantity has a stream of its own, so the number it would be drawn as exists in every run, whether or not the
//! run comes to use it. That number is what is recorded: it does not depend on anything else that happens, which is
//! what makes indices of first order add up.

use super::compile::{evidence, unit};
use super::outcome::{Column, Unit};
use super::run::Run;
use crate::engine::{Distribution, StreamId, Streams};
use crate::scenario::{Basis, Dimensioned, Quantity, Share, Value};

/// How an input comes about from a uniform draw.
#[derive(Clone, Debug)]
enum Law {
    /// By inversion, kept to a range.
    Quantile(Distribution, (f64, f64)),
    /// Yes with this probability; how favourable the draw is where the probability itself differs from run to run.
    Roll(Option<f64>),
}

/// A number that differs from run to run because the scenario gives a distribution for it, or the roll behind a
/// probability.
#[derive(Clone, Debug)]
pub struct Input {
    /// Its id, what it is, its unit and how it was written. The id of an uncertainty is its name; that of any other
    /// quantity is its path in the file.
    pub column: Column,
    /// On what it rests, if the file says.
    pub basis: Option<Basis>,
    /// For an uncertainty, its position among the model's uncertainties.
    pub uncertainty: Option<usize>,
    law: Law,
    stream: StreamId,
}

impl Input {
    /// A quantity of the file; nothing if it is always the same.
    pub(super) fn of_quantity<D: Dimensioned>(
        path: &str,
        quantity: &Quantity<D>,
        law: &Distribution,
        stream: StreamId,
        range: (f64, f64),
    ) -> Option<Input> {
        if law.is_fixed() {
            return None;
        }
        let unit = match &quantity.value {
            Value::Choice(_, labels) => Unit::Choice(labels.clone()),
            _ => unit(quantity.dimension, Vec::new()),
        };
        Some(Input::unnamed(path, path.replace('-', " "), unit, quantity, Law::Quantile(law.clone(), range), stream))
    }

    /// An uncertainty, with the column it fills and its position.
    pub(super) fn of_uncertainty(
        column: &Column,
        position: usize,
        basis: Option<Basis>,
        law: &Distribution,
        stream: StreamId,
    ) -> Input {
        let law = Law::Quantile(law.clone(), (f64::NEG_INFINITY, f64::INFINITY));
        Input { column: column.clone(), basis, uncertainty: Some(position), law, stream }
    }

    /// The roll behind a probability; nothing if it is certain. `path` is that of the roll's stream.
    pub(super) fn of_roll(path: &str, quantity: &Quantity<Share>, stream: StreamId) -> Option<Input> {
        let (law, unit) = match quantity.value {
            Value::Fixed(probability) if probability <= 0.0 || probability >= 1.0 => return None,
            Value::Fixed(probability) => (Law::Roll(Some(probability)), Unit::Truth),
            _ => (Law::Roll(None), Unit::Number),
        };
        let title = format!("the roll of {}", path.replace('-', " "));
        Some(Input::unnamed(path, title, unit, quantity, law, stream))
    }

    /// The roll behind a probability that comes about within the run, as that of an attack on a system which responses protect: how
    /// favourable the draw is, whatever it is held against.
    pub(super) fn of_luck(path: &str, quantity: &Quantity<Share>, stream: StreamId) -> Option<Input> {
        let title = format!("the roll of {}", path.replace('-', " "));
        Some(Input::unnamed(path, title, Unit::Number, quantity, Law::Roll(None), stream))
    }

    /// A standard normal error, in deviations; nothing if its size is none.
    pub(super) fn of_error<D: Dimensioned>(path: &str, size: &Quantity<D>, stream: StreamId) -> Option<Input> {
        if matches!(size.value, Value::Fixed(size) if size == 0.0) {
            return None;
        }
        let law = Law::Quantile(Distribution::Normal { mean: 0.0, sd: 1.0 }, (f64::NEG_INFINITY, f64::INFINITY));
        let title = format!("{}, in standard deviations", path.replace('-', " "));
        Some(Input::unnamed(path, title, Unit::Number, size, law, stream))
    }

    fn unnamed<D: Dimensioned>(
        path: &str,
        title: String,
        unit: Unit,
        quantity: &Quantity<D>,
        law: Law,
        stream: StreamId,
    ) -> Input {
        let source = evidence(&quantity.written, quantity.basis, &quantity.source, &None);
        let column = Column { id: path.to_owned(), title, unit, source, better_higher: None };
        Input { column, basis: quantity.basis, uncertainty: None, law, stream }
    }

    /// Whether it is the roll behind a probability.
    pub fn is_roll(&self) -> bool {
        matches!(self.law, Law::Roll(_))
    }

    /// Gives the evidence of a built-in number.
    pub(super) fn rest_on(&mut self, basis: Basis, source: &str) {
        self.basis = Some(basis);
        let written = std::mem::take(&mut self.column.source);
        self.column.source = evidence(&written, self.basis, &Some(format!("built in: {source}")), &None);
    }

    /// Its value at a place of its distribution between 0 and 1, in canonical units. A roll comes out no below its probability of a no.
    pub fn quantile(&self, place: f64) -> f64 {
        match &self.law {
            Law::Quantile(law, (low, high)) => law.quantile(place).clamp(*low, *high),
            Law::Roll(Some(probability)) => f64::from(u8::from(1.0 - place < *probability)),
            Law::Roll(None) => place,
        }
    }
}

/// Which draws are recorded or held. The default does neither, and costs one branch a draw.
#[derive(Clone, Debug, Default)]
pub(super) struct Probe {
    /// The input drawn from each stream; empty if nothing is recorded or held.
    inputs: Vec<Option<u32>>,
    /// What each input was first drawn as, as a place of its distribution; NaN for not yet.
    first: Vec<f64>,
    /// Where each input is held, as a uniform; NaN for nowhere.
    held: Vec<f64>,
    recording: bool,
}

impl Probe {
    /// A probe for these inputs that does nothing yet.
    pub(super) fn new(inputs: &[Input]) -> Probe {
        let streams = inputs.iter().map(|input| input.stream.position() + 1).max().unwrap_or(0);
        let mut probe = Probe {
            inputs: vec![None; streams],
            first: vec![f64::NAN; inputs.len()],
            held: vec![f64::NAN; inputs.len()],
            recording: false,
        };
        for (position, input) in inputs.iter().enumerate() {
            probe.inputs[input.stream.position()] = Some(position as u32);
        }
        probe
    }

    /// From now on, values are recorded.
    pub(super) fn record(&mut self) {
        self.recording = true;
    }

    /// Holds inputs at these uniforms from now on; NaN lets one be drawn.
    pub(super) fn hold(&mut self, uniforms: &[f64]) {
        self.held.fill(f64::NAN);
        self.held.iter_mut().zip(uniforms).for_each(|(held, uniform)| *held = *uniform);
    }

    /// A run begins.
    pub(super) fn start(&mut self) {
        self.first.fill(f64::NAN);
    }

    /// Whether it records or holds what is drawn from a stream.
    #[inline]
    pub(super) fn minds(&self, stream: StreamId) -> bool {
        matches!(self.inputs.get(stream.position()), Some(Some(_)))
    }

    /// What a stream's draw counts as.
    #[inline]
    pub(super) fn pass(&mut self, stream: StreamId, drawn: f64) -> f64 {
        let Some(&Some(input)) = self.inputs.get(stream.position()) else { return drawn };
        let input = input as usize;
        let uniform = if self.held[input].is_nan() { drawn } else { self.held[input] };
        if self.first[input].is_nan() {
            self.first[input] = uniform;
        }
        uniform
    }

    /// Notes the draw of a roll. A small one means yes, so its place is counted from the other end. Says what it is held at.
    pub(super) fn pass_roll(&mut self, stream: StreamId, drawn: f64) -> Option<f64> {
        let &Some(input) = self.inputs.get(stream.position())? else { return None };
        let held = 1.0 - self.held[input as usize];
        if self.first[input as usize].is_nan() {
            self.first[input as usize] = 1.0 - if held.is_nan() { drawn } else { held };
        }
        (!held.is_nan()).then_some(held)
    }

    /// At the end of a run: the value of every input. What has not been used is drawn now, as it would have been.
    pub(super) fn values(&self, inputs: &[Input], streams: &mut Streams, drawn: &[f64], values: &mut Vec<f64>) {
        values.clear();
        if !self.recording {
            return;
        }
        for (position, input) in inputs.iter().enumerate() {
            values.push(match input.uncertainty {
                // Correlated uncertainties are not drawn from their own stream alone.
                Some(uncertainty) => drawn[uncertainty],
                None => {
                    let first = [self.first[position], self.held[position]].into_iter().find(|each| !each.is_nan());
                    let unused = |drawn: f64| if input.is_roll() { 1.0 - drawn } else { drawn };
                    input.quantile(first.unwrap_or_else(|| unused(streams.uniform(input.stream))))
                }
            });
        }
    }
}

impl Run {
    /// The probe, made ready for these inputs if it is not yet.
    pub(super) fn probe(&mut self, inputs: &[Input]) -> &mut Probe {
        if self.probe.first.len() != inputs.len() {
            self.probe = Probe::new(inputs);
        }
        &mut self.probe
    }
}
