//! A paper before it has a form: what it says, in the order in which it says it. Two writers give it one.

use crate::scenario::model::Tlp;

/// A paper of an exercise.
#[derive(Clone, Debug)]
pub(super) struct Paper {
    /// Name of its file, without an ending.
    pub(super) name: &'static str,
    /// What kind of paper it is, as `Situation Manual`.
    pub(super) kind: String,
    /// The exercise.
    pub(super) title: String,
    /// To whom it may be shown.
    pub(super) tlp: Tlp,
    /// On which paper it is printed.
    pub(super) size: Size,
    /// What it says, broken where the paper is turned.
    pub(super) sheets: Vec<Sheet>,
    sections: usize,
    appendices: u8,
}

/// Size of the paper it is printed on, in twentieths of a point: width and height when upright.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Size {
    /// 8.5 by 11 inches.
    Letter,
    /// 210 by 297 mm.
    A4,
}

/// Pages that lie the same way.
#[derive(Clone, Debug, Default)]
pub(super) struct Sheet {
    /// Whether they lie on their long side.
    pub(super) wide: bool,
    /// What stands on them.
    pub(super) blocks: Vec<Block>,
}

/// A piece of a paper.
#[derive(Clone, Debug)]
pub(super) enum Block {
    /// A heading: 1 for a section, 2 and 3 for what is within. A section may begin a page.
    Heading { level: u8, text: String, new_page: bool },
    /// A paragraph.
    Words(Text),
    /// A list with bullets.
    Bullets(Vec<Text>),
    /// A list with numbers.
    Steps(Vec<Text>),
    /// Paragraphs set apart from the rest.
    Box(Tone, Vec<Text>),
    /// A table.
    Table(Table),
    /// So many empty lines to write on.
    Lines(usize),
    /// A question, and so many empty lines for its answer.
    Ask(Text, usize),
    /// The list of sections stands here.
    Contents,
}

/// Why paragraphs are set apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tone {
    /// They say what the paper is and how to read it.
    About,
    /// They are read aloud.
    Aloud,
    /// They say what the scenario lacks.
    Missing,
}

/// A table. Rows have as many cells as it has columns.
#[derive(Clone, Debug)]
pub(super) struct Table {
    /// Widths of its columns, in any unit.
    pub(super) widths: Vec<u32>,
    /// Its heading; without one its first column says what the others hold.
    pub(super) heading: Option<Vec<String>>,
    /// Its rows.
    pub(super) rows: Vec<Row>,
}

/// A row of a table.
#[derive(Clone, Debug)]
pub(super) struct Row {
    /// Its cells; each is one paragraph or more.
    pub(super) cells: Vec<Vec<Text>>,
    /// How high it is at least, in lines of writing; 0 for no more than it needs.
    pub(super) lines: u32,
}

/// A piece of text that looks the same throughout.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Span {
    pub(super) text: String,
    pub(super) look: Look,
}

/// How a piece of text looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Look {
    /// Like its surroundings.
    Plain,
    /// Bold.
    Strong,
    /// Like something that is typed into a file.
    Code,
    /// A box to tick; its text is empty.
    Tick,
}

/// A paragraph's words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Text(pub(super) Vec<Span>);

impl Text {
    fn with(mut self, text: impl Into<String>, look: Look) -> Self {
        self.0.push(Span { text: text.into(), look });
        self
    }

    /// Bold words to begin with.
    pub(super) fn strong(text: impl Into<String>) -> Self {
        Text::default().with(text, Look::Strong)
    }

    /// A box to tick, followed by words.
    pub(super) fn tick(label: &str) -> Self {
        Text::default().and_tick(label)
    }

    /// More words.
    pub(super) fn and(self, text: impl Into<String>) -> Self {
        self.with(text, Look::Plain)
    }

    /// More words, as they are typed into a file.
    pub(super) fn and_code(self, text: impl Into<String>) -> Self {
        self.with(text, Look::Code)
    }

    /// A box to tick, followed by words.
    pub(super) fn and_tick(self, label: &str) -> Self {
        self.with("", Look::Tick).and(format!("\u{a0}{label}"))
    }

    /// How many letters it has.
    pub(super) fn len(&self) -> usize {
        self.0.iter().map(|span| span.text.len()).sum()
    }
}

impl<T: Into<String>> From<T> for Text {
    fn from(text: T) -> Self {
        Text::default().and(text)
    }
}

impl Table {
    /// A table whose columns have these titles and widths.
    pub(super) fn new(columns: &[(&str, u32)]) -> Self {
        Table {
            widths: columns.iter().map(|(_, width)| *width).collect(),
            heading: Some(columns.iter().map(|(title, _)| (*title).to_owned()).collect()),
            rows: Vec::new(),
        }
    }

    /// A table of facts, each with its name in front.
    pub(super) fn facts() -> Self {
        Table { widths: vec![28, 72], heading: None, rows: Vec::new() }
    }

    /// Adds a row of cells of one paragraph each.
    pub(super) fn row<const N: usize>(&mut self, cells: [Text; N]) {
        self.push(cells.map(|cell| vec![cell]).to_vec(), 0);
    }

    /// Adds a row that is at least so many lines of writing high.
    pub(super) fn row_to_write<const N: usize>(&mut self, cells: [Text; N], lines: u32) {
        self.push(cells.map(|cell| vec![cell]).to_vec(), lines);
    }

    /// Adds a row of cells of several paragraphs.
    pub(super) fn push(&mut self, cells: Vec<Vec<Text>>, lines: u32) {
        debug_assert_eq!(cells.len(), self.widths.len(), "a row has as many cells as its table has columns");
        self.rows.push(Row { cells, lines });
    }

    /// Adds a fact with its name.
    pub(super) fn fact(&mut self, name: impl Into<String>, what: impl Into<Text>) {
        self.row([Text::strong(name), what.into()]);
    }

    /// Adds a fact that takes several paragraphs.
    pub(super) fn fact_of(&mut self, name: impl Into<String>, what: Vec<Text>) {
        self.push(vec![vec![Text::strong(name)], what], 0);
    }
}

impl Paper {
    /// An empty paper.
    pub(super) fn new(name: &'static str, kind: &str, title: &str, tlp: Tlp, size: Size) -> Self {
        Paper {
            name,
            kind: kind.to_owned(),
            title: title.to_owned(),
            tlp,
            size,
            sheets: vec![Sheet::default()],
            sections: 0,
            appendices: 0,
        }
    }

    /// Adds a piece.
    pub(super) fn add(&mut self, block: Block) {
        self.sheets.last_mut().expect("a paper has a sheet").blocks.push(block);
    }

    /// Begins a section, which has a number.
    pub(super) fn section(&mut self, title: &str) {
        self.begin_section(title, false);
    }

    /// Begins a section on a new page.
    pub(super) fn section_on_new_page(&mut self, title: &str) {
        self.begin_section(title, true);
    }

    fn begin_section(&mut self, title: &str, new_page: bool) {
        self.sections += 1;
        self.begin(format!("{}. {title}", self.sections), new_page);
    }

    fn begin(&mut self, text: String, new_page: bool) {
        // A sheet that was just turned is a new page already.
        let turned = self.sheets.len() > 1 && self.sheets.last().is_some_and(|sheet| sheet.blocks.is_empty());
        self.add(Block::Heading { level: 1, text, new_page: new_page && !turned });
    }

    /// Begins an appendix, which has a letter, on a new page.
    pub(super) fn appendix(&mut self, title: &str) {
        let letter = char::from(b'A' + self.appendices);
        self.appendices += 1;
        self.begin(format!("Appendix {letter}: {title}"), true);
    }

    /// A heading within a section.
    pub(super) fn heading(&mut self, text: impl Into<String>) {
        self.add(Block::Heading { level: 2, text: text.into(), new_page: false });
    }

    /// A heading within a part of a section.
    pub(super) fn subheading(&mut self, text: impl Into<String>) {
        self.add(Block::Heading { level: 3, text: text.into(), new_page: false });
    }

    /// A paragraph.
    pub(super) fn words(&mut self, text: impl Into<Text>) {
        self.add(Block::Words(text.into()));
    }

    /// A list with bullets.
    pub(super) fn bullets<T: Into<Text>>(&mut self, items: impl IntoIterator<Item = T>) {
        self.add(Block::Bullets(items.into_iter().map(Into::into).collect()));
    }

    /// A question, and so many empty lines for its answer.
    pub(super) fn ask(&mut self, question: impl Into<Text>, lines: usize) {
        self.add(Block::Ask(question.into(), lines));
    }

    /// What the scenario lacks for this place of the paper, and the key that would fill it.
    pub(super) fn missing(&mut self, what: &str, key: &str) {
        let text =
            Text::strong("Not in the scenario yet. ").and(format!("{what} Add ")).and_code(key).and(" to the file.");
        self.add(Block::Box(Tone::Missing, vec![text]));
    }

    /// A table.
    pub(super) fn table(&mut self, table: Table) {
        self.add(Block::Table(table));
    }

    /// From here on pages lie on their long side, or stand upright again.
    pub(super) fn turn(&mut self) {
        let wide = !self.sheets.last().expect("a paper has a sheet").wide;
        self.sheets.push(Sheet { wide, blocks: Vec::new() });
    }

    /// Its blocks, on whichever sheet.
    pub(super) fn blocks(&self) -> impl Iterator<Item = &Block> {
        self.sheets.iter().flat_map(|sheet| &sheet.blocks)
    }

    /// Whether a word stands anywhere in it.
    pub(super) fn says(&self, word: &str) -> bool {
        let text = |text: &Text| text.0.iter().any(|span| has_word(&span.text, word));
        has_word(&self.kind, word)
            || self.blocks().any(|block| match block {
                Block::Heading { text, .. } => has_word(text, word),
                Block::Words(words) | Block::Ask(words, _) => text(words),
                Block::Bullets(texts) | Block::Steps(texts) | Block::Box(_, texts) => texts.iter().any(text),
                Block::Table(table) => {
                    let heading = table.heading.iter().flatten().any(|title| has_word(title, word));
                    heading || table.rows.iter().flat_map(|row| &row.cells).flatten().any(text)
                }
                Block::Lines(_) | Block::Contents => false,
            })
    }

    /// Titles of its sections.
    pub(super) fn sections(&self) -> impl Iterator<Item = &str> {
        self.blocks().filter_map(|block| match block {
            Block::Heading { level: 1, text, .. } => Some(text.as_str()),
            _ => None,
        })
    }
}

/// Whether a word stands in a text, not as a part of another.
fn has_word(text: &str, word: &str) -> bool {
    text.match_indices(word).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let after = text[at + word.len()..].chars().next();
        !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
    })
}
