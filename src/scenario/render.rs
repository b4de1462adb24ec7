//! Problems as people read them in a terminal, and as editors do.

use super::loaded::Loaded;
use super::problem::{Place, Problem, Severity};
use super::tree::SourceFile;
use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet, normalize_untrusted_str};
use serde_json::json;
use std::ops::Range;

/// How problems are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    /// With colours, as ANSI escapes.
    pub colour: bool,
    /// With box-drawing characters; plain ASCII otherwise.
    pub unicode: bool,
    /// Width of the terminal in columns.
    pub width: usize,
}

impl Default for Style {
    fn default() -> Self {
        Style { colour: false, unicode: true, width: 100 }
    }
}

/// Problems with the lines they are about, in the order of the files, and how many there are. Empty if there are none.
pub fn render(loaded: &Loaded, problems: &[Problem], style: Style) -> String {
    let decoration = if style.unicode { DecorStyle::Unicode } else { DecorStyle::Ascii };
    let renderer = if style.colour { Renderer::styled() } else { Renderer::plain() };
    let renderer = renderer.decor_style(decoration).term_width(style.width);
    let mut text = String::new();
    for (problem, place) in sorted(loaded, problems) {
        text.push_str(&renderer.render(&[group(loaded.files(), problem, &place)]));
        text.push_str("\n\n");
    }
    if let Some(count) = counted(loaded, problems) {
        text.push_str(&count);
        text.push('\n');
    }
    text
}

/// Problems as a JSON array of `{severity, file, line, column, end_line, end_column, path, message, help}`. Lines and
/// columns count from 1, columns in characters; the end is the column after the last character.
pub fn render_json(loaded: &Loaded, problems: &[Problem]) -> String {
    let entries: Vec<_> = sorted(loaded, problems)
        .into_iter()
        .map(|(problem, place)| {
            let file = &loaded.files()[place.file];
            let span = within(&file.text, &place.span);
            let (line, column) = position(&file.text, span.start);
            let (end_line, end_column) = position(&file.text, span.end);
            let severity = match problem.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
            };
            json!({
                "severity": severity, "file": file.name, "line": line, "column": column, "end_line": end_line,
                "end_column": end_column, "path": problem.path, "message": problem.message, "help": problem.help,
            })
        })
        .collect();
    format!("{:#}", serde_json::Value::Array(entries))
}

fn sorted<'p>(loaded: &Loaded, problems: &'p [Problem]) -> Vec<(&'p Problem, Place)> {
    let mut placed: Vec<_> = problems.iter().map(|problem| (problem, loaded.locate(problem))).collect();
    placed.sort_by_key(|(problem, place)| (place.file, place.span.start, place.span.end, problem.severity));
    placed
}

fn group<'a>(files: &'a [SourceFile], problem: &'a Problem, place: &Place) -> Group<'a> {
    let level = match problem.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let mut main = snippet(&files[place.file], AnnotationKind::Primary, &place.span, None);
    let mut other = None;
    if let Some((related, label)) = &problem.related {
        if related.file == place.file {
            let span = within(&files[related.file].text, &related.span);
            main = main.annotation(AnnotationKind::Context.span(span).label(label.as_str()));
        } else {
            other = Some(snippet(&files[related.file], AnnotationKind::Context, &related.span, Some(label)));
        }
    }
    let mut group = level.primary_title(normalize_untrusted_str(&problem.message)).element(main);
    if let Some(other) = other {
        group = group.element(other);
    }
    if let Some(help) = &problem.help {
        group = group.element(Level::HELP.message(normalize_untrusted_str(help)));
    }
    group
}

fn snippet<'a>(
    file: &'a SourceFile,
    kind: AnnotationKind,
    span: &Range<usize>,
    label: Option<&'a str>,
) -> Snippet<'a, annotate_snippets::Annotation<'a>> {
    let annotation = kind.span(within(&file.text, span)).label(label);
    Snippet::source(file.text.as_str()).path(file.name.as_str()).annotation(annotation)
}

/// The span, moved into the text and onto whole characters.
fn within(text: &str, span: &Range<usize>) -> Range<usize> {
    let mut start = span.start.min(text.len());
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    let mut end = span.end.clamp(start, text.len());
    while !text.is_char_boundary(end) {
        end += 1;
    }
    start..end
}

fn position(text: &str, at: usize) -> (usize, usize) {
    let before = &text[..at];
    let line = before.matches('\n').count() + 1;
    let start = before.rfind('\n').map_or(0, |found| found + 1);
    (line, before[start..].chars().count() + 1)
}

fn counted(loaded: &Loaded, problems: &[Problem]) -> Option<String> {
    let of = |severity| problems.iter().filter(|problem| problem.severity == severity).count();
    let words = |count: usize, one: &str| match count {
        1 => format!("1 {one}"),
        _ => format!("{count} {one}s"),
    };
    let (errors, warnings) = (of(Severity::Error), of(Severity::Warning));
    let found = match (errors, warnings) {
        (0, 0) => return None,
        (_, 0) => words(errors, "error"),
        (0, _) => words(warnings, "warning"),
        _ => format!("{} and {}", words(errors, "error"), words(warnings, "warning")),
    };
    let name = loaded.files().first().map_or("", |file| file.name.as_str());
    Some(format!("found {found} in {name}"))
}
