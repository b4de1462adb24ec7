//! Errors with correlations given in the file, and what is said of correlations that cannot be.

use crate::case::{Case, taken};
use canvass::scenario::Loaded;
use canvass::world::Model;

fn text(correlations: &str) -> String {
    let mut text = format!(
        "[scenario]\ntitle = \"Errors\"\nquestion = \"Do they come together?\"\nstart = 2026-11-03T20:00:00Z\nend = 2026-11-04T02:00:00Z\n\
         [contest.top]\ncandidates = [\"ash\", \"birch\"]\nshared-error = \"3 %\"\nregion-error = \"0 %\"\nown-error = \"4 %\"\n\
         correlations = {correlations}\n"
    );
    for name in ["one", "two", "three"] {
        text += &format!(
            "[jurisdiction.{name}]\ncontest = \"top\"\nballots = 100_000\nmargin = \"1 %\"\ncloses = \"start\"\n"
        );
    }
    text + &taken(
        "last",
        &[("a", "count.one.final-margin"), ("b", "count.two.final-margin"), ("c", "count.three.final-margin")],
    )
}

/// The correlation of pairs.
pub(crate) fn pearson(pairs: &[(f64, f64)]) -> f64 {
    let count = pairs.len() as f64;
    let (x, y) = pairs.iter().fold((0.0, 0.0), |(x, y), pair| (x + pair.0 / count, y + pair.1 / count));
    let (mut xx, mut yy, mut xy) = (0.0, 0.0, 0.0);
    for (a, b) in pairs {
        xx += (a - x) * (a - x);
        yy += (b - y) * (b - y);
        xy += (a - x) * (b - y);
    }
    xy / (xx * yy).sqrt()
}

fn seen(correlations: &str, runs: u64) -> (Vec<Vec<f64>>, [f64; 3]) {
    let seen = Case::of(&text(correlations)).runs(runs);
    let rows: Vec<Vec<f64>> = seen.iter().map(|seen| seen.measures().to_vec()).collect();
    let of = |one: usize, other: usize| pearson(&rows.iter().map(|row| (row[one], row[other])).collect::<Vec<_>>());
    let correlations = [of(0, 1), of(0, 2), of(1, 2)];
    (rows, correlations)
}

#[test]
fn margins_come_together_as_the_matrix_says() {
    const RUNS: u64 = 2_000;
    let (rows, found) = seen("[[1, 0.8, -0.3], [0.8, 1, 0.1], [-0.3, 0.1, 1]]", RUNS);
    for (found, wanted) in found.iter().zip([0.8, -0.3, 0.1]) {
        // Four standard errors of a sample correlation.
        let bound = 4.0 * (1.0 - wanted * wanted) / (RUNS as f64).sqrt();
        assert!((found - wanted).abs() < bound, "{found} for {wanted}");
    }
    // The spread is the root of the sum of variances: 5 points, whatever the correlations.
    for place in 0..3 {
        let mean = rows.iter().map(|row| row[place]).sum::<f64>() / RUNS as f64;
        let sd = (rows.iter().map(|row| (row[place] - mean) * (row[place] - mean)).sum::<f64>() / RUNS as f64).sqrt();
        assert!((sd - 0.05).abs() < 0.004 && (mean - 0.01).abs() < 0.005, "{mean} {sd}");
    }
}

#[test]
fn what_is_wholly_given_by_another_is_allowed() {
    let (rows, _) = seen("[[1, 1, -1], [1, 1, -1], [-1, -1, 1]]", 20);
    for row in rows {
        assert!((row[0] - row[1]).abs() < 1e-9 && (row[0] + row[2] - 0.02).abs() < 1e-9, "{row:?}");
    }
}

#[test]
fn correlations_that_cannot_be_are_named_with_their_mend() {
    for (matrix, says, mends) in [
        (
            "[[1, 0.9, 0.9], [0.9, 1, -0.9], [0.9, -0.9, 1]]",
            "not positive semidefinite",
            "multiply all but the diagonal by 0.55",
        ),
        ("[[1, 0.5], [0.5, 1]]", "not correlations of 3 jurisdictions", "3 rows of 3 numbers"),
        ("[[1, 0.5, 0], [0.4, 1, 0], [0, 0, 1]]", "row 1, column 2 says 0.5", "the same number in both places"),
        ("[[2, 0, 0], [0, 1, 0], [0, 0, 1]]", "is 1, not 2 (row 1, column 1)", "along the diagonal"),
        ("[[1, 1.5, 0], [1.5, 1, 0], [0, 0, 1]]", "between -1 and 1, not at 1.5", "a number from -1 to 1"),
    ] {
        let loaded = Loaded::from_text("case.toml", &text(matrix));
        let scenario = loaded.scenario().unwrap_or_else(|| panic!("{:#?}", loaded.problems()));
        let problems = Model::compile(scenario).expect_err(matrix);
        assert_eq!(problems.len(), 1, "{problems:?}");
        assert_eq!(problems[0].path, "contest.top.correlations");
        assert!(problems[0].message.contains(says), "{problems:?}");
        assert!(problems[0].help.as_deref().is_some_and(|help| help.contains(mends)), "{problems:?}");
    }
}
