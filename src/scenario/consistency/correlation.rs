//! Correlations between uncertainties: each pair once, and all of them possible together.

use crate::scenario::model::Scenario;
use crate::scenario::problem::Problem;
use crate::scenario::quantity::Value;

struct Pair {
    position: usize,
    first: usize,
    second: usize,
    value: f64,
}

pub(super) fn check(scenario: &Scenario) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut pairs: Vec<Pair> = Vec::new();
    for (position, correlation) in scenario.correlation.iter().enumerate() {
        let path = format!("correlation[{position}]");
        let [first, second] = correlation.between.as_slice() else {
            continue;
        };
        let places = (scenario.uncertainty.get_index_of(first), scenario.uncertainty.get_index_of(second));
        let (Some(one), Some(two)) = places else {
            continue;
        };
        if one == two {
            problems.push(
                Problem::error(format!("{path}.between"), format!("`{first}` cannot be correlated with itself"))
                    .help("name two uncertainties"),
            );
            continue;
        }
        let Value::Fixed(value) = correlation.value.value else {
            problems.push(
                Problem::error(format!("{path}.value"), "a correlation cannot be uncertain itself")
                    .help("write one number from -1 to 1"),
            );
            continue;
        };
        if !(-1.0..=1.0).contains(&value) {
            problems.push(
                Problem::error(format!("{path}.value"), format!("a correlation lies between -1 and 1, not at {value}"))
                    .help("write one number from -1 to 1"),
            );
            continue;
        }
        let (first_at, second_at) = (one.min(two), one.max(two));
        if pairs.iter().any(|pair| pair.first == first_at && pair.second == second_at) {
            problems.push(
                Problem::error(
                    format!("{path}.between"),
                    format!("the correlation of `{first}` and `{second}` is given twice"),
                )
                .help("keep one of the two"),
            );
            continue;
        }
        pairs.push(Pair { position, first: first_at, second: second_at, value });
    }
    if problems.is_empty() && !positive_definite(&matrix(scenario.uncertainty.len(), &pairs)) {
        problems.extend(soften(scenario, &pairs));
    }
    problems
}

fn matrix(size: usize, pairs: &[Pair]) -> Vec<Vec<f64>> {
    let mut matrix: Vec<Vec<f64>> =
        (0..size).map(|row| (0..size).map(|column| f64::from(u8::from(row == column))).collect()).collect();
    for pair in pairs {
        matrix[pair.first][pair.second] = pair.value;
        matrix[pair.second][pair.first] = pair.value;
    }
    matrix
}

/// Whether a symmetric matrix has a Cholesky factor (Golub and Van Loan, Matrix Computations, 4.2).
fn positive_definite(matrix: &[Vec<f64>]) -> bool {
    const LEAST_PIVOT: f64 = 1e-10;
    let size = matrix.len();
    let mut factor = vec![vec![0.0_f64; size]; size];
    for row in 0..size {
        for column in 0..=row {
            let known: f64 = (0..column).map(|below| factor[row][below] * factor[column][below]).sum();
            let rest = matrix[row][column] - known;
            if row == column {
                if rest < LEAST_PIVOT {
                    return false;
                }
                factor[row][row] = libm::sqrt(rest);
            } else {
                factor[row][column] = rest / factor[column][column];
            }
        }
    }
    true
}

/// Names the pair whose change mends the most: the one that needs the least softening, if one alone will do.
fn soften(scenario: &Scenario, pairs: &[Pair]) -> Option<Problem> {
    const STEPS: i32 = 20;
    // The search grows with the square of the pairs; beyond this the strongest pair is named instead.
    const SEARCHED: usize = 64;
    let size = scenario.uncertainty.len();
    let fits = |chosen: usize, value: f64| {
        let changed: Vec<Pair> = pairs
            .iter()
            .enumerate()
            .map(|(at, pair)| Pair { value: if at == chosen { value } else { pair.value }, ..*pair })
            .collect();
        positive_definite(&matrix(size, &changed))
    };
    let mend = (0..pairs.len())
        .filter(|_| pairs.len() <= SEARCHED)
        .filter_map(|chosen| {
            let share = (0..STEPS)
                .rev()
                .map(|step| f64::from(step) / f64::from(STEPS))
                .find(|share| fits(chosen, pairs[chosen].value * share))?;
            Some((chosen, pairs[chosen].value * share))
        })
        .min_by(|one, other| (pairs[one.0].value - one.1).abs().total_cmp(&(pairs[other.0].value - other.1).abs()));
    let strongest =
        (0..pairs.len()).max_by(|one, other| pairs[*one].value.abs().total_cmp(&pairs[*other].value.abs()))?;
    let name = |at: usize| scenario.uncertainty.get_index(at).map_or("", |(name, _)| name.as_str());
    let chosen = mend.map_or(strongest, |(chosen, _)| chosen);
    let pair = &pairs[chosen];
    let message = "these correlations cannot all hold at once";
    let help = match mend {
        Some((_, value)) => format!(
            "soften `{}` and `{}`: {:.2} would do",
            name(pair.first),
            name(pair.second),
            (value * 100.0).trunc() / 100.0
        ),
        None => format!("soften several of them, `{}` and `{}` first", name(pair.first), name(pair.second)),
    };
    Some(Problem::error(format!("correlation[{}].value", pair.position), message).help(help))
}
