//! A paper as Markdown: plain text that reads well as it is, and better where tables are drawn (GitHub, Pandoc).

use super::paper::{Block, Look, Paper, Span, Table, Text, Tone};
use super::printable;
use crate::report::text::SIMULATED;
use std::fmt::Write as _;

/// A line to write on.
const LINE: &str = "________________________________________________________________________";

/// The paper as text.
pub(super) fn markdown(paper: &Paper) -> String {
    let marking = format!("**{} · {SIMULATED}**", paper.tlp.marking());
    let mut out = format!("{marking}\n\n# {}: {}\n", plain(&paper.kind), plain(&paper.title));
    for block in paper.blocks() {
        out.push('\n');
        put(block, paper, &mut out);
    }
    let _ = write!(out, "\n{marking}\n");
    out
}

fn put(block: &Block, paper: &Paper, out: &mut String) {
    match block {
        Block::Heading { level, text, .. } => {
            let _ = writeln!(out, "{} {}", "#".repeat(usize::from(*level) + 1), plain(text));
        }
        Block::Words(text) => {
            let _ = writeln!(out, "{}", paragraph(text, "  \n"));
        }
        Block::Bullets(items) => {
            for item in items {
                let _ = writeln!(out, "- {}", paragraph(item, "  \n  "));
            }
        }
        Block::Steps(items) => {
            for (position, item) in items.iter().enumerate() {
                let _ = writeln!(out, "{}. {}", position + 1, paragraph(item, "  \n   "));
            }
        }
        Block::Box(tone, texts) => {
            let quoted: Vec<String> = texts.iter().map(|text| format!("> {}", paragraph(text, "  \n> "))).collect();
            if *tone == Tone::Aloud {
                out.push_str("> **Read aloud**\n>\n");
            }
            let _ = writeln!(out, "{}", quoted.join("\n>\n"));
        }
        Block::Table(table) => put_table(table, out),
        Block::Lines(count) => {
            let lines: Vec<&str> = std::iter::repeat_n(LINE, *count).collect();
            let _ = writeln!(out, "{}", lines.join("\n\n"));
        }
        Block::Ask(question, count) => {
            let _ = writeln!(out, "- {}", paragraph(question, "  \n  "));
            for _ in 0..*count {
                let _ = writeln!(out, "\n  {LINE}");
            }
        }
        Block::Contents => {
            for section in paper.sections() {
                let _ = writeln!(out, "- {}", plain(section));
            }
        }
    }
}

fn put_table(table: &Table, out: &mut String) {
    let row = |cells: Vec<String>| format!("| {} |", cells.join(" | "));
    let heading = match &table.heading {
        Some(titles) => titles.iter().map(|title| plain(title)).collect(),
        None => vec![String::new(); table.widths.len()],
    };
    let _ = writeln!(out, "{}\n|{}", row(heading), "---|".repeat(table.widths.len()));
    for line in &table.rows {
        let cell = |texts: &Vec<Text>| texts.iter().flat_map(lines).collect::<Vec<_>>().join("<br>");
        let _ = writeln!(out, "{}", row(line.cells.iter().map(cell).collect()));
    }
}

/// A paragraph, with this in place of its line breaks.
fn paragraph(text: &Text, line_break: &str) -> String {
    lines(text).iter().map(|line| guarded(line)).collect::<Vec<_>>().join(line_break)
}

/// The lines of a paragraph, for a place where no line can begin a list.
fn lines(text: &Text) -> Vec<String> {
    let dressed = |span: &Span| span.text.split('\n').map(|line| dress(line, span.look)).collect::<Vec<_>>().join("\n");
    let whole: String = text.0.iter().map(dressed).collect();
    whole.split('\n').map(str::to_owned).collect()
}

/// A line of one look. Marks stand at its words: `** x**` would not be bold.
fn dress(line: &str, look: Look) -> String {
    let words = line.trim();
    let (before, after) = line.split_at(line.len() - line.trim_start().len());
    let after = &after[words.len()..];
    match look {
        Look::Tick => "☐".to_owned(),
        _ if words.is_empty() => line.to_owned(),
        Look::Plain => plain(line),
        Look::Strong => format!("{before}**{}**{after}", plain(words)),
        Look::Code => format!("{before}`{}`{after}", printable(words).replace('`', "'").replace('|', "\\|")),
    }
}

/// Words that mean nothing but themselves within a line.
fn plain(text: &str) -> String {
    let mut out = String::new();
    for letter in printable(text).chars() {
        if matches!(letter, '\\' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '`' | '~' | '&') {
            out.push('\\');
        }
        out.push(letter);
    }
    out
}

/// A line that begins no heading, list or rule.
fn guarded(line: &str) -> String {
    let digits = line.len() - line.trim_start_matches(|letter: char| letter.is_ascii_digit()).len();
    if line.starts_with(['-', '+', '=', '#']) {
        format!("\\{line}")
    } else if digits > 0 && line[digits..].starts_with(['.', ')']) {
        format!("{}\\{}", &line[..digits], &line[digits..])
    } else {
        line.to_owned()
    }
}
