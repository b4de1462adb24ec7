//! A fixed budget spent by OCBA, against the same budget shared out evenly, whose chance of success is known exactly.

use crate::coin::uniform;
use canvass::engine::{normal_cdf, normal_quantile};
use canvass::study::choose::{Standing, confidence, leader, share_out};
use canvass::study::statistics::Moments;

/// The chance that the first of several normal means with equal numbers of observations comes out best: the integral over
/// its own error of the chances that every other one lies below. Gaps in standard errors of a mean.
fn even_success(gaps: &[f64]) -> f64 {
    let (from, until, steps) = (-9.0, 9.0, 3_600);
    let width = (until - from) / f64::from(steps);
    (0..steps)
        .map(|step| {
            let z = from + (f64::from(step) + 0.5) * width;
            let density = libm::exp(-z * z / 2.0) / libm::sqrt(2.0 * std::f64::consts::PI);
            width * density * gaps.iter().map(|gap| normal_cdf(z + gap)).product::<f64>()
        })
        .sum()
}

/// Bechhofer (1954), *Annals of Mathematical Statistics* 25, 16-39, table I: the gap, in standard errors of a mean, at which
/// the best of k populations comes out best with probability P, all others being equal.
const BECHHOFER: [(usize, f64, f64); 9] = [
    (2, 0.90, 1.8124),
    (2, 0.95, 2.3262),
    (3, 0.95, 2.7101),
    (4, 0.90, 2.4516),
    (4, 0.95, 2.9162),
    (5, 0.95, 3.0552),
    (10, 0.90, 2.9829),
    (10, 0.95, 3.4182),
    (10, 0.99, 4.2456),
];

#[test]
fn the_yardstick_is_that_of_the_published_table() {
    for (contenders, success, gap) in BECHHOFER {
        let found = even_success(&vec![gap; contenders - 1]);
        assert!((found - success).abs() < 2e-5, "{contenders} at {gap}: {found}");
    }
}

/// Spends a budget by OCBA on normal contenders of deviation 1, ten observations of each at first and then fifty at a time.
fn spend(macro_run: u64, means: &[f64], budget: u64) -> Vec<Standing> {
    let mut moments = vec![Moments::default(); means.len()];
    let mut more = vec![10; means.len()];
    let mut left = budget;
    while left > 0 {
        for (contender, &more) in more.iter().enumerate() {
            for number in moments[contender].n()..moments[contender].n() + more {
                let noise = normal_quantile(uniform(macro_run, number, contender as u64));
                moments[contender].push(means[contender] + noise);
            }
        }
        left -= more.iter().sum::<u64>();
        more = share_out(&standings(&moments), 0.0, left.min(50));
    }
    standings(&moments)
}

fn standings(moments: &[Moments]) -> Vec<Standing> {
    let standing = |moments: &Moments| Standing {
        mean: moments.mean().unwrap(),
        variance: moments.variance().unwrap(),
        n: moments.n(),
    };
    moments.iter().map(standing).collect()
}

/// How often OCBA picks the first of these contenders, and what it says of its own success on average.
fn success(means: &[f64], budget: u64) -> (f64, f64) {
    let macro_runs = 1_000;
    let (mut right, mut said) = (0, 0.0);
    for macro_run in 0..macro_runs {
        let found = spend(macro_run, means, budget);
        assert_eq!(found.iter().map(|standing| standing.n).sum::<u64>(), budget);
        right += u64::from(leader(&found) == Some(0));
        said += confidence(&found, 0.0);
    }
    (right as f64 / macro_runs as f64, said / macro_runs as f64)
}

/// All others equal: the hardest case. 36 observations of each of ten would find the best in 90 % (Bechhofer's gap of
/// 2.9829 is half a deviation times the root of 35.6).
#[test]
fn where_all_others_are_equal_a_budget_goes_further_than_shared_out_evenly() {
    let means: Vec<f64> = (0..10).map(|contender| if contender == 0 { 0.0 } else { -0.5 }).collect();
    let even = even_success(&[0.5 * libm::sqrt(36.0); 9]);
    let (found, said) = success(&means, 360);
    println!("equal others: {found} by OCBA, which says {said:.3}; {even:.4} evenly");
    // Three standard errors of a share of 1,000 at 0.9 are 0.028.
    assert!((0.90..0.91).contains(&even) && found > even + 0.028, "{found} against {even}");
}

/// Means that fall in equal steps: most of a budget shared out evenly goes to contenders that are out of the running.
#[test]
fn where_means_fall_in_steps_a_budget_goes_further_than_shared_out_evenly() {
    let step = 0.25;
    let means: Vec<f64> = (0..10).map(|contender| -step * f64::from(contender)).collect();
    let gaps: Vec<f64> = means[1..].iter().map(|mean| -mean * libm::sqrt(36.0)).collect();
    let even = even_success(&gaps);
    let (found, said) = success(&means, 360);
    println!("falling means: {found} by OCBA, which says {said:.3}; {even:.4} evenly");
    assert!(found > even + 0.028, "{found} against {even}");
}

/// By hand: three contenders at 0, -1 and -2 with variances 1, 4 and 4. The second gets 4 / 1, the third 4 / 4, and the best the
/// root of 1 × (16 / 4 + 1 / 4) = 2.0616: in all 7.0616.
#[test]
fn the_parts_are_those_of_the_published_rule() {
    let standing = |mean, variance| Standing { mean, variance, n: 0 };
    let parts = share_out(&[standing(0.0, 1.0), standing(-1.0, 4.0), standing(-2.0, 4.0)], 0.0, 70_616);
    for (found, wanted) in parts.iter().zip([20_616_u64, 40_000, 10_000]) {
        assert!(found.abs_diff(wanted) <= 1, "{parts:?}");
    }
    // Whoever has more than its part already gets nothing more, and nothing is lost in rounding.
    let rich = Standing { n: 1_000, ..standing(-2.0, 4.0) };
    let parts = share_out(&[standing(0.0, 1.0), standing(-1.0, 4.0), rich], 0.0, 101);
    assert_eq!((parts[2], parts.iter().sum::<u64>()), (0, 101));
    // Equals that do not vary share evenly.
    assert_eq!(share_out(&[standing(1.0, 0.0); 4], 0.0, 8), [2, 2, 2, 2]);
}

/// Two contenders a standard error of the difference apart: the one ahead is the better one with a chance of Φ(1).
#[test]
fn its_own_confidence_is_that_of_the_normal_law() {
    let standing = |mean| Standing { mean, variance: 2.0, n: 4 };
    let found = confidence(&[standing(0.0), standing(1.0)], 0.0);
    assert!((found - 0.841_344_746_068_542_9).abs() < 1e-12, "{found}");
    assert_eq!(leader(&[standing(1.0), standing(1.0)]), Some(0));
}
