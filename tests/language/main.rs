//! The language of scenario files, through the public API: what every form means, and what is said when it is wrong.

mod board;
mod conditions;
mod crossings;
mod fuzz;
mod moments;
mod quantities;
mod toml_values;
mod units;

use canvass::scenario::expression::TextProblem;

/// Problems as `the bytes they point at: message | help`, one a line.
fn said(text: &str, problems: &[TextProblem]) -> String {
    let lines: Vec<String> = problems
        .iter()
        .map(|problem| {
            let at = text.get(problem.range.clone()).expect("a problem points at whole characters");
            match &problem.help {
                Some(help) => format!("{at}: {} | {help}", problem.message),
                None => format!("{at}: {}", problem.message),
            }
        })
        .collect();
    lines.join("\n")
}
