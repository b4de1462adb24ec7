//! No text, however odd, is more than a problem.

use crate::board::Names;
use crate::said;
use canvass::scenario::expression::bind;
use canvass::scenario::{Expression, Hours, Moment, check_quantity, check_text};
use proptest::prelude::*;

const FORMATS: [&str; 8] = ["condition", "formula", "statement", "moment", "hours", "tag", "zone", "date-time"];
const QUANTITIES: [&str; 7] = ["share", "shift", "period", "frequency", "amount", "number", "quantity"];

fn try_all(text: &str) {
    for format in FORMATS {
        if let Err(problems) = check_text(format, text) {
            assert!(!problems.is_empty());
            said(text, &problems);
        }
    }
    for name in QUANTITIES {
        if let Err(problems) = check_quantity(name, text) {
            assert!(!problems.is_empty());
            said(text, &problems);
        }
    }
    if let Ok(expression) = Expression::parse(text)
        && let Err(problems) = bind(&expression, &Names)
    {
        assert!(!problems.is_empty());
        said(text, &problems);
    }
    let _ = (Moment::parse(text), Hours::parse(text));
}

fn words() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "a",
        "b",
        "asset.*.down",
        "polls-close",
        "now",
        "reporting.delay",
        "2h",
        "30",
        "12 %",
        "40/h",
        "1h 30min",
        "to",
        "pert(",
        "uniform(",
        "choice(",
        "lognormal(",
        "normal(",
        "beta(",
        "poisson(",
        "exponential(",
        "mean",
        "p50",
        "sigma",
        "median",
        "(",
        ")",
        ",",
        "+",
        "-",
        "*",
        "/",
        "<",
        ">=",
        "==",
        "=",
        "!",
        "&&",
        "and",
        "or",
        "not",
        "held(",
        "since(",
        "count(",
        "min(",
        "max(",
        "Mon-Fri",
        "08:00-18:00",
        ";",
        "start",
        "end",
        "0",
        "1e308",
        "2026-11-03T20:00:00-05:00",
        "−",
        "é",
        "\u{a0}",
        "_",
        ".",
        "'",
        "true",
        "environment",
    ]);
    (prop::collection::vec((word, any::<bool>()), 0..14)).prop_map(|words| {
        words.into_iter().map(|(word, space)| if space { format!("{word} ") } else { word.to_owned() }).collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn any_characters(text in any::<String>()) {
        try_all(&text);
    }

    #[test]
    fn any_words_of_the_language(text in words()) {
        try_all(&text);
    }

    #[test]
    fn any_marks_and_digits(text in "[0-9a-z.,:;()+*/%<>=! _-]{0,40}") {
        try_all(&text);
    }
}
