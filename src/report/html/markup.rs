//! HTML being written. Names of elements and attributes are fixed in the program, which the type of a name holds to; whatever else is
//! written is escaped. So no word of a scenario can become markup.

use super::super::text::fit_to;
use std::fmt::{self, Display, Write as _};

/// Characters of an author's text that are shown at most.
const ROOM: usize = 2_000;

/// Attributes of an element, in the order in which they are written.
pub(super) type Attributes<'a> = &'a [(&'static str, &'a dyn Display)];

/// A document, or a part of one.
#[derive(Default)]
pub(super) struct Html {
    text: String,
}

impl Html {
    /// Whether nothing was written.
    pub(super) fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// What was written.
    pub(super) fn finish(self) -> String {
        self.text
    }

    /// An element with what is in it.
    pub(super) fn tag(&mut self, name: &'static str, attributes: Attributes, content: impl FnOnce(&mut Html)) {
        self.void(name, attributes);
        content(self);
        self.text.push_str("</");
        self.text.push_str(name);
        self.text.push('>');
    }

    /// An element with a text in it.
    pub(super) fn line(&mut self, name: &'static str, attributes: Attributes, text: impl Display) {
        self.tag(name, attributes, |html| html.words(text));
    }

    /// An element of a drawing, with nothing in it.
    pub(super) fn shape(&mut self, name: &'static str, attributes: Attributes) {
        self.tag(name, attributes, |_| ());
    }

    /// The beginning of an element; all of one that has no content, as `meta`.
    pub(super) fn void(&mut self, name: &'static str, attributes: Attributes) {
        self.text.push('<');
        self.text.push_str(name);
        for (key, value) in attributes {
            self.text.push(' ');
            self.text.push_str(key);
            self.text.push_str("=\"");
            self.words(value);
            self.text.push('"');
        }
        self.text.push('>');
    }

    /// Words, escaped.
    pub(super) fn words(&mut self, words: impl Display) {
        // A string takes whatever is written to it.
        let _ = write!(Escaping(&mut self.text), "{words}");
    }

    /// An author's words: cut where they are endless, and kept from turning the words around them if they are written from right to
    /// left.
    pub(super) fn author(&mut self, text: &str) {
        self.tag("bdi", &[], |html| html.words(shown(text)));
    }

    /// A paragraph of the program's words.
    pub(super) fn p(&mut self, class: &'static str, text: impl Display) {
        let classed: Attributes = &[("class", &class)];
        self.line("p", if class.is_empty() { &[] } else { classed }, text);
    }

    /// A part that was written before.
    pub(super) fn part(&mut self, part: Html) {
        self.text.push_str(&part.text);
    }

    /// Markup that is fixed in the program: styles and scripts.
    pub(super) fn trusted(&mut self, markup: &'static str) {
        self.text.push_str(markup);
    }
}

/// An author's text as far as it is shown, for an attribute.
pub(super) fn shown(text: &str) -> std::borrow::Cow<'_, str> {
    fit_to(text, ROOM)
}

/// Escapes what is written through it, for text and attributes alike.
struct Escaping<'a>(&'a mut String);

impl fmt::Write for Escaping<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        for letter in text.chars() {
            match letter {
                '&' => self.0.push_str("&amp;"),
                '<' => self.0.push_str("&lt;"),
                '>' => self.0.push_str("&gt;"),
                '"' => self.0.push_str("&quot;"),
                '\'' => self.0.push_str("&#39;"),
                _ => self.0.push(letter),
            }
        }
        Ok(())
    }
}

/// A number for a drawing: at most two digits after the point, never `-0`.
pub(super) fn place(value: f64) -> String {
    let text = format!("{value:.2}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

/// The same in percent of the width.
pub(super) fn percent(part: f64) -> String {
    format!("{}%", place(part * 100.0))
}
