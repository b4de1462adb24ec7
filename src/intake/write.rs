//! The scenario as a file that a person goes on with.

use super::account::{Account, Fate, is_harmful};
use super::assemble::{Assembly, Placed};
use super::book::Sheet;
use super::cast::kind_word;
use super::list::{Draft, one_line};
use super::options::Options;
use super::schedule::Schedule;
use super::table::Block;
use super::words::method_word;
use crate::scenario::DateTime;
use crate::scenario::model::Tlp;
use toml_writer::{ToTomlValue as _, TomlStringBuilder};

/// Width of captions between sections.
const WIDTH: usize = 80;
/// Comments are broken at this width.
const COMMENT_WIDTH: usize = 100;

/// All that is written.
pub(super) struct Writing<'a> {
    /// Name of the file that was read.
    pub(super) source: &'a str,
    pub(super) sheets: &'a [Sheet],
    pub(super) block: &'a Block,
    pub(super) assembly: &'a Assembly,
    pub(super) schedule: &'a Schedule,
    pub(super) options: &'a Options,
    pub(super) assumed: &'a [String],
    pub(super) account: &'a Account,
}

/// A table, its keys aligned.
#[derive(Default)]
struct Keys {
    keys: Vec<(&'static str, String, Option<&'static str>)>,
}

impl Keys {
    fn text(&mut self, key: &'static str, text: &str) {
        self.keys.push((key, quoted(text), None));
    }

    fn maybe(&mut self, key: &'static str, text: Option<&String>) {
        if let Some(text) = text {
            self.text(key, text);
        }
    }

    fn raw(&mut self, key: &'static str, value: String) {
        self.keys.push((key, value, None));
    }

    fn noted(&mut self, key: &'static str, value: String, note: &'static str) {
        self.keys.push((key, value, Some(note)));
    }

    fn names(&mut self, key: &'static str, names: &[String]) {
        match names {
            [] => {}
            [one] => self.raw(key, quoted(one)),
            several => {
                let names: Vec<String> = several.iter().map(|name| quoted(name)).collect();
                self.raw(key, format!("[{}]", names.join(", ")));
            }
        }
    }

    fn write(self, header: &str, text: &mut String) {
        text.push_str(header);
        text.push('\n');
        let longest = self.keys.iter().map(|(key, ..)| key.len()).max().unwrap_or(0);
        for (key, value, note) in self.keys {
            text.push_str(&format!("{key:longest$} = {value}"));
            if let Some(note) = note {
                text.push_str(&format!(" # {note}"));
            }
            text.push('\n');
        }
        text.push('\n');
    }
}

/// A text in quotes. Letters that turn the direction of writing are written by their numbers, so that none hides what follows.
fn quoted(text: &str) -> String {
    let builder = TomlStringBuilder::new(text);
    if text.contains(|letter: char| is_harmful(letter) && letter != '\n' && letter != '\t') {
        let plain = if text.contains('\n') { builder.as_ml_basic() } else { builder.as_basic() };
        let turning = |letter: char| is_harmful(letter) && !letter.is_control();
        return plain
            .to_toml_value()
            .chars()
            .map(|letter| if turning(letter) { format!("\\u{:04X}", u32::from(letter)) } else { letter.to_string() })
            .collect();
    }
    builder.as_default().to_toml_value()
}

/// Comments of a text, broken between words.
fn comment(out: &mut String, text: &str) {
    for line in text.lines() {
        let clean: String =
            line.chars().map(|letter| if is_harmful(letter) && letter != '\t' { '\u{fffd}' } else { letter }).collect();
        let mut written = "#".to_owned();
        for word in clean.split_whitespace() {
            if written.len() > 1 && written.chars().count() + 1 + word.chars().count() > COMMENT_WIDTH {
                out.push_str(&written);
                out.push('\n');
                written = "#  ".to_owned();
            }
            written.push(' ');
            written.push_str(word);
        }
        out.push_str(&written);
        out.push('\n');
    }
}

fn caption(out: &mut String, words: &str) {
    let width = unicode_width::UnicodeWidthStr::width(words);
    let dashes = "-".repeat(WIDTH.saturating_sub(3 + width).max(4));
    out.push_str(&format!("# {dashes} {words}\n\n"));
}

fn counted(number: usize, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}

/// Writes the scenario.
pub(super) fn scenario(writing: &Writing<'_>) -> String {
    let Writing { assembly, block, .. } = writing;
    let mut text = String::new();
    head(writing, &mut text);
    about(writing, &mut text);

    let mut exercise = Keys::default();
    exercise.maybe("sponsor", block.sponsor.as_ref());
    exercise.maybe("contact", block.contact.as_ref());
    exercise.maybe("scope", block.scope.as_ref());
    if !exercise.keys.is_empty() {
        exercise.write("[exercise]", &mut text);
    }
    if !assembly.aims.aims.is_empty() {
        caption(&mut text, "what the players are to show");
        for aim in &assembly.aims.aims {
            let mut keys = Keys::default();
            keys.text("title", &aim.title);
            keys.maybe("capability", aim.capability.as_ref());
            keys.maybe("target", aim.target.as_ref());
            if !aim.tasks.is_empty() {
                let tasks: Vec<String> = aim.tasks.iter().map(|task| quoted(task)).collect();
                keys.raw("tasks", format!("[{}]", tasks.join(", ")));
            }
            keys.write(&format!("[objective.{}]", aim.name), &mut text);
        }
    }
    if !assembly.cast.players.is_empty() {
        caption(&mut text, "who is exercised");
        comment(
            &mut text,
            "The kind decides what a responder may do. `canvass import` guesses it from the name, and takes civil-society where the name says nothing: put right what is wrong.",
        );
        text.push('\n');
        for player in &assembly.cast.players {
            let mut keys = Keys::default();
            keys.text("title", &player.title);
            let kind = quoted(&kind_word(player.kind));
            if player.is_known {
                keys.raw("kind", kind);
            } else {
                keys.noted("kind", kind, "a guess: the name does not say");
            }
            keys.write(&format!("[responder.{}]", player.name), &mut text);
        }
    }
    injects(writing, &mut text);
    while text.ends_with("\n\n") {
        text.pop();
    }
    text
}

fn head(writing: &Writing<'_>, text: &mut String) {
    let Writing { assembly, account, .. } = writing;
    let what = format!(
        "{} for {}",
        counted(assembly.drafts.len(), "inject"),
        counted(assembly.cast.players.len(), "responder")
    );
    comment(text, &title(writing));
    text.push_str("#\n");
    comment(text, &format!("Made by `canvass import` from {}: {what}.", one_line(writing.source)));
    text.push_str("#\n");
    text.push_str("#   canvass check FILE    find every mistake while you write\n");
    text.push_str("#   canvass run FILE      tell the story of one run\n");
    text.push_str("#   canvass batch FILE    count the odds\n#\n");
    comment(
        text,
        "Nothing happens in it yet but the injects. To find out what they do to the players, write down what may fail (`[asset.NAME]`, `[hazard.NAME]`), who may act (`[adversary.NAME]`), what is done about it (`[response.NAME]`) and what you fear (`[contingency.NAME]`); `canvass new NAME` writes an example of each.",
    );
    if !writing.assumed.is_empty() {
        text.push_str("#\n# How the list was read:\n");
        for assumed in writing.assumed {
            comment(text, &format!("- {assumed}"));
        }
    }
    let lost = account.with(Fate::NotUnderstood);
    if lost > 0 {
        text.push_str("#\n");
        comment(
            text,
            &format!("{} of the list could not be understood; `canvass import` names them.", counted(lost, "row")),
        );
    }
    text.push('\n');
}

fn title(writing: &Writing<'_>) -> String {
    let stem = writing.source.rsplit_once('.').map_or(writing.source, |(stem, _)| stem);
    let title = writing.block.title.as_deref().unwrap_or(stem);
    let line = one_line(title);
    if line.is_empty() { "Imported exercise".to_owned() } else { line.chars().take(120).collect() }
}

fn about(writing: &Writing<'_>, text: &mut String) {
    let Writing { schedule, options, .. } = writing;
    let mut keys = Keys::default();
    keys.text("title", &title(writing));
    keys.noted("question", quoted("What do the players have to deal with, and when?"), "put your own question here");
    keys.raw("start", moment(schedule.start));
    keys.raw("end", moment(schedule.end));
    if let Some(zone) = &options.zone {
        keys.text("zone", zone);
    }
    keys.noted("runs", "1_000".to_owned(), "how often a batch plays the exercise through");
    keys.noted("seed", "1".to_owned(), "the same seed gives the same runs, everywhere");
    if writing.block.tlp != Tlp::Clear {
        let word = writing.block.tlp.marking().trim_start_matches("TLP:").to_lowercase();
        keys.text("tlp", &word);
    }
    keys.write("[scenario]", text);
}

fn moment(moment: DateTime) -> String {
    moment.to_string()
}

fn injects(writing: &Writing<'_>, text: &mut String) {
    let Writing { assembly, sheets, .. } = writing;
    let several = assembly.drafts.iter().any(|draft| draft.sheet != assembly.drafts[0].sheet);
    let mut last = None;
    for &place in &assembly.order {
        let (draft, placed) = (&assembly.drafts[place], &assembly.placed[place]);
        if last != Some(draft.sheet) {
            let words = if several {
                format!("injects: {}", one_line(&sheets[draft.sheet].name))
            } else {
                "injects".to_owned()
            };
            caption(text, &words.chars().filter(|letter| !is_harmful(*letter)).collect::<String>());
            last = Some(draft.sheet);
        }
        let behind = placed.behind.map(|parent| assembly.placed[parent].name.clone());
        inject(draft, placed, behind, several.then(|| sheets[draft.sheet].name.as_str()), text);
    }
}

fn inject(draft: &Draft, placed: &Placed, behind: Option<String>, sheet: Option<&str>, text: &mut String) {
    let place = match sheet {
        Some(sheet) => format!("Row {} of {}.", draft.row, one_line(sheet)),
        None => format!("Row {}.", draft.row),
    };
    comment(text, &place);
    for (heading, value) in &draft.besides {
        comment(text, &format!("{heading}: {value}"));
    }
    let mut keys = Keys::default();
    keys.text("title", &draft.title);
    keys.raw("at", moment(placed.at));
    if draft.is_contingency || draft.chance.is_some() {
        contingency(draft, behind.is_some(), text);
    }
    keys.maybe("branch-of", behind.as_ref());
    if let Some(chance) = draft.chance.filter(|chance| *chance < 1.0) {
        let percent = (chance * 1000.0).round() / 10.0;
        keys.raw(
            "chance",
            format!("{{ value = \"{percent} %\", basis = \"estimated\", source = \"as the imported list says\" }}"),
        );
    } else if draft.is_contingency && draft.chance.is_none() {
        keys.raw("chance", "{ value = \"50 %\", basis = \"assumed\", source = \"the imported list does not say how often it is needed\" }".to_owned());
    }
    keys.names("to", &placed.to);
    keys.maybe("from", draft.from.as_ref());
    if let Some(method) = draft.method {
        keys.text("method", method_word(method));
    }
    keys.maybe("controller", draft.controller.as_ref());
    keys.maybe("track", draft.track.as_ref());
    keys.names("objective", &placed.objectives);
    keys.maybe("text", draft.text.as_ref());
    keys.maybe("expected", draft.expected.as_ref());
    keys.write(&format!("[inject.{}]", placed.name), text);
}

/// What a planner should know of an inject that is not always given.
fn contingency(draft: &Draft, has_parent: bool, text: &mut String) {
    if let Some(condition) = &draft.condition {
        comment(text, &format!("It is given if: {condition}"));
    }
    let words = match (draft.chance.is_some(), has_parent) {
        (true, _) => return,
        (false, true) => {
            "Given only behind the inject it branches from. Put a condition in place of the chance as soon as there is one: `when = \"…\"` for `at`."
        }
        (false, false) => {
            "Given only if it is needed. Say with `branch-of` which inject it lies behind, and with `when` what calls for it."
        }
    };
    comment(text, words);
}
