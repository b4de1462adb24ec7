//! An axis: its ends, and round numbers between them.

/// An axis of a drawing.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Scale {
    pub(super) low: f64,
    pub(super) high: f64,
    step: f64,
}

impl Scale {
    /// An axis that holds these values, with about so many steps of a round width. Its ends are round too.
    pub(super) fn holding(low: f64, high: f64, steps: usize) -> Self {
        let (low, high) = if low.is_finite() && high.is_finite() { (low, high) } else { (0.0, 1.0) };
        let span = if high > low { high - low } else { high.abs().max(1.0) };
        let high = if high > low { high } else { low + span };
        let rough = span / steps.max(1) as f64;
        let power = libm::pow(10.0, libm::log10(rough).floor());
        let round = [1.0, 2.0, 2.5, 5.0, 10.0].into_iter().find(|round| round * power >= rough * 0.999_999);
        let step = round.unwrap_or(10.0) * power;
        let (first, last) = ((low / step + 1e-9).floor() * step, (high / step - 1e-9).ceil() * step);
        Scale { low: first, high: if last > first { last } else { first + step }, step }
    }

    /// An axis around zero that reaches as far to both sides.
    pub(super) fn around_zero(reach: f64, steps: usize) -> Self {
        let half = Scale::holding(0.0, if reach > 0.0 { reach } else { 1.0 }, steps.div_ceil(2));
        Scale { low: -half.high, ..half }
    }

    /// Between exactly these ends.
    pub(super) fn between(low: f64, high: f64, step: f64) -> Self {
        Scale { low, high, step }
    }

    /// How far along the axis a value lies, from 0 to 1.
    pub(super) fn part(&self, value: f64) -> f64 {
        ((value - self.low) / (self.high - self.low)).clamp(0.0, 1.0)
    }

    /// Round values from end to end.
    pub(super) fn ticks(&self) -> Vec<f64> {
        let count = ((self.high - self.low) / self.step + 1e-6).floor() as usize;
        (0..=count.min(40)).map(|position| self.low + position as f64 * self.step).collect()
    }

    /// A tick as it is written: with the digits that its step has use for.
    pub(super) fn label(&self, value: f64) -> String {
        let digits = (0..6).find(|&digits| {
            let scaled = self.step * libm::pow(10.0, f64::from(digits));
            (scaled - scaled.round()).abs() < 1e-6 * scaled.max(1e-9)
        });
        let digits = digits.unwrap_or(6) as usize;
        // What is zero but for rounding is zero.
        let value = if value.abs() < self.step * 1e-6 { 0.0 } else { value };
        let text =
            if value.abs() >= 1_000.0 { super::super::words::number(value) } else { format!("{value:.digits$}") };
        text.replace('-', "−")
    }
}

/// On which side of its place a label stands, so that it does not leave the drawing.
pub(super) fn anchor(part: f64) -> &'static str {
    match part {
        part if part < 0.02 => "start",
        part if part > 0.98 => "end",
        _ => "middle",
    }
}

#[cfg(test)]
mod tests {
    use super::Scale;

    #[test]
    fn ends_and_ticks_are_round_and_hold_the_values() {
        for (low, high, ticks) in [
            (0.0, 0.55, vec!["0.0", "0.2", "0.4", "0.6"]),
            (0.0, 1.0, vec!["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"]),
            (0.0, 0.0, vec!["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"]),
            (-3.0, 7.0, vec!["−4", "−2", "0", "2", "4", "6", "8"]),
            (0.0, 2_400.0, vec!["0", "500", "1,000", "1,500", "2,000", "2,500"]),
            (0.99, 1.0, vec!["0.990", "0.992", "0.994", "0.996", "0.998", "1.000"]),
        ] {
            let scale = Scale::holding(low, high, 5);
            assert!(scale.low <= low && scale.high >= high, "{scale:?}");
            let found: Vec<String> = scale.ticks().into_iter().map(|tick| scale.label(tick)).collect();
            assert_eq!(found, ticks, "{low} to {high}");
        }
        let scale = Scale::around_zero(0.37, 4);
        assert_eq!(scale.low, -scale.high);
        assert_eq!(scale.part(0.0), 0.5);
        assert!(Scale::holding(f64::NAN, 1.0, 4).ticks().len() > 1);
    }
}
