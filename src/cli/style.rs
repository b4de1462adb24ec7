//! Colours. They only underline what signs and words say already.

use anstyle::{AnsiColor, Style};

/// What holds.
pub(super) const GOOD: Style = AnsiColor::Green.on_default().bold();
/// What does not.
pub(super) const BAD: Style = AnsiColor::Red.on_default().bold();
/// What should give pause.
pub(super) const DOUBT: Style = AnsiColor::Yellow.on_default();
/// Headings.
pub(super) const HEADING: Style = Style::new().bold();
/// What is good to know but not to be read first.
pub(super) const DIM: Style = Style::new().dimmed();

/// A text in a style.
pub(super) fn paint(style: Style, text: &str) -> String {
    format!("{style}{text}{style:#}")
}
