//! The document itself: paragraphs, tables, and the sheets they stand on.

use super::super::paper::{Block, Look, Paper, Row, Sheet, Span, Table, Text, Tone};
use super::xml::{escaped, runs_leftwards};
use super::{SIDE, extent, room};
use std::fmt::Write as _;

/// Space between a cell's border and its words, in twentieths of a point.
const CELL_SIDE: u32 = 90;

/// A row of more lines than this may be broken between pages: kept whole it would leave a gap, or be longer than a page.
const MOST_WHOLE: u32 = 12;

/// Height of a line of writing, in twentieths of a point.
const WRITING: u32 = 400;

/// Words as they are typed into a file.
const CODE: &str = "<w:rFonts w:ascii=\"Courier New\" w:hAnsi=\"Courier New\" w:cs=\"Courier New\"/><w:sz w:val=\"18\"/><w:szCs w:val=\"18\"/>";

/// A table of about so many lines stays on one page.
const MOST_KEPT: u32 = 24;

/// Width of a letter in a cell, about, in twentieths of a point.
const LETTER: u32 = 95;

const NAMESPACES: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
     xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" \
     xmlns:w14=\"http://schemas.microsoft.com/office/word/2010/wordml\" \
     xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\" mc:Ignorable=\"w14\"";

/// The part `word/document.xml`.
pub(super) fn document(paper: &Paper) -> String {
    let mut body = Body { paper, out: String::new(), sections: 0, lists: 0, ticks: 0, room: 0 };
    let last = paper.sheets.len() - 1;
    for (position, sheet) in paper.sheets.iter().enumerate() {
        body.room = room(paper.size, sheet);
        if position == 0 {
            body.title();
        }
        for (position, block) in sheet.blocks.iter().enumerate() {
            body.put(block, sheet.blocks.get(position + 1));
        }
        let properties = sheet_properties(paper, sheet, position);
        if position == last {
            body.out += &properties;
        } else {
            let _ = write!(body.out, "<w:p><w:pPr><w:pStyle w:val=\"Turn\"/>{properties}</w:pPr></w:p>");
        }
    }
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<w:document {NAMESPACES}><w:body>{}</w:body></w:document>",
        body.out
    )
}

fn sheet_properties(paper: &Paper, sheet: &Sheet, position: usize) -> String {
    let (width, height) = extent(paper.size, sheet);
    let lying = if sheet.wide { " w:orient=\"landscape\"" } else { "" };
    format!(
        "<w:sectPr><w:headerReference w:type=\"default\" r:id=\"header{position}\"/>\
         <w:footerReference w:type=\"default\" r:id=\"footer{position}\"/>\
         <w:pgSz w:w=\"{width}\" w:h=\"{height}\"{lying}/>\
         <w:pgMar w:top=\"1418\" w:right=\"{SIDE}\" w:bottom=\"1247\" w:left=\"{SIDE}\" w:header=\"567\" w:footer=\"510\" w:gutter=\"0\"/>\
         </w:sectPr>"
    )
}

struct Body<'p> {
    paper: &'p Paper,
    out: String,
    /// Sections so far: what the list of contents refers to.
    sections: usize,
    /// Numbered lists so far: each begins with 1.
    lists: usize,
    /// Boxes to tick so far.
    ticks: usize,
    /// Width that text may take on this sheet.
    room: u32,
}

impl Body<'_> {
    fn title(&mut self) {
        let (kind, title) = (Text::from(&*self.paper.kind), Text::from(&*self.paper.title));
        self.paragraph("Kind", "", &kind);
        self.paragraph("Title", "", &title);
    }

    /// Puts down a block, on the page of the next one if that is a table it leads to or a text that belongs to it.
    fn put(&mut self, block: &Block, next: Option<&Block>) {
        let leads = matches!(next, Some(Block::Table(_) | Block::Box(Tone::Aloud, _)));
        match block {
            Block::Heading { level, text, new_page } => self.heading(*level, text, *new_page),
            Block::Words(text) => self.paragraph("Normal", kept(leads), text),
            Block::Bullets(items) => {
                for item in items {
                    self.paragraph("Bullet", "", item);
                }
            }
            Block::Steps(items) => {
                self.lists += 1;
                let number = format!("<w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"{}\"/></w:numPr>", self.lists + 1);
                for item in items {
                    self.paragraph("Step", &number, item);
                }
            }
            Block::Box(tone, texts) => {
                let style = match tone {
                    Tone::About => "About",
                    Tone::Aloud => "Aloud",
                    Tone::Missing => "Missing",
                };
                for (position, text) in texts.iter().enumerate() {
                    self.paragraph(style, kept(leads || position + 1 < texts.len()), text);
                }
                if *tone == Tone::About {
                    self.gap(false);
                }
            }
            Block::Table(table) => self.table(table, leads && matches!(next, Some(Block::Box(..)))),
            Block::Lines(count) => {
                self.lines(*count, false);
            }
            Block::Ask(question, count) => {
                self.paragraph("Bullet", kept(*count > 0), question);
                self.lines(*count, true);
            }
            Block::Contents => self.contents(),
        }
    }

    fn heading(&mut self, level: u8, text: &str, new_page: bool) {
        let page = if new_page { "<w:pageBreakBefore/>" } else { "" };
        let mut runs = self.runs(&Text::from(text));
        if level == 1 {
            self.sections += 1;
            let (id, name) = (self.sections, bookmark(self.sections));
            runs = format!("<w:bookmarkStart w:id=\"{id}\" w:name=\"{name}\"/>{runs}<w:bookmarkEnd w:id=\"{id}\"/>");
        }
        let _ = write!(self.out, "<w:p><w:pPr><w:pStyle w:val=\"Heading{level}\"/>{page}</w:pPr>{runs}</w:p>");
    }

    /// Links to the sections, with the numbers of their pages.
    fn contents(&mut self) {
        for (position, section) in self.paper.sections().enumerate() {
            let name = bookmark(position + 1);
            let _ = write!(
                self.out,
                "<w:p><w:pPr><w:pStyle w:val=\"Contents\"/><w:tabs><w:tab w:val=\"right\" w:pos=\"{}\"/></w:tabs></w:pPr>\
                 <w:hyperlink w:anchor=\"{name}\" w:history=\"1\">{}<w:r><w:tab/></w:r>\
                 <w:r><w:fldChar w:fldCharType=\"begin\"/></w:r>\
                 <w:r><w:instrText xml:space=\"preserve\"> PAGEREF {name} \\h </w:instrText></w:r>\
                 <w:r><w:fldChar w:fldCharType=\"separate\"/></w:r><w:r><w:t></w:t></w:r>\
                 <w:r><w:fldChar w:fldCharType=\"end\"/></w:r></w:hyperlink></w:p>",
                self.room,
                run(section, ""),
            );
        }
        self.gap(false);
    }

    /// Lines to write on, all on one page if they are to be kept together.
    fn lines(&mut self, count: usize, together: bool) {
        for position in 0..count {
            self.paragraph("Line", kept(together && position + 1 < count), &Text::default());
        }
        self.gap(false);
    }

    fn gap(&mut self, with_next: bool) {
        self.paragraph("Gap", kept(with_next), &Text::default());
    }

    fn paragraph(&mut self, style: &str, properties: &str, text: &Text) {
        let bidirectional = if text.0.iter().any(|span| runs_leftwards(&span.text)) { "<w:bidi/>" } else { "" };
        let runs = self.runs(text);
        // The schema wants the numbering and the keeping together before the direction.
        let _ = write!(
            self.out,
            "<w:p><w:pPr><w:pStyle w:val=\"{style}\"/>{properties}{bidirectional}</w:pPr>{runs}</w:p>"
        );
    }

    fn runs(&mut self, text: &Text) -> String {
        let mut out = String::new();
        for Span { text, look } in &text.0 {
            match look {
                Look::Plain => out += &run(text, ""),
                Look::Strong => out += &run(text, "<w:b/><w:bCs/>"),
                Look::Code => out += &run(text, CODE),
                Look::Tick => {
                    self.ticks += 1;
                    let _ = write!(
                        out,
                        "<w:sdt><w:sdtPr><w:id w:val=\"{}\"/><w14:checkbox><w14:checked w14:val=\"0\"/>\
                         <w14:checkedState w14:val=\"2612\" w14:font=\"MS Gothic\"/>\
                         <w14:uncheckedState w14:val=\"2610\" w14:font=\"MS Gothic\"/></w14:checkbox></w:sdtPr><w:sdtContent>\
                         <w:r><w:rPr><w:rFonts w:ascii=\"MS Gothic\" w:eastAsia=\"MS Gothic\" w:hAnsi=\"MS Gothic\"/></w:rPr>\
                         <w:t>☐</w:t></w:r></w:sdtContent></w:sdt>",
                        self.ticks
                    );
                }
            }
        }
        out
    }

    fn table(&mut self, table: &Table, leads: bool) {
        let widths = shared_out(&table.widths, self.room);
        let columns: String = widths.iter().fold(String::new(), |mut all, width| {
            let _ = write!(all, "<w:gridCol w:w=\"{width}\"/>");
            all
        });
        let (first_row, first_column) = if table.heading.is_some() { (1, 0) } else { (0, 1) };
        let _ = write!(
            self.out,
            "<w:tbl><w:tblPr><w:tblStyle w:val=\"Grid\"/><w:tblW w:w=\"{}\" w:type=\"dxa\"/><w:tblLayout w:type=\"fixed\"/>\
             <w:tblCellMar><w:left w:w=\"{CELL_SIDE}\" w:type=\"dxa\"/><w:right w:w=\"{CELL_SIDE}\" w:type=\"dxa\"/></w:tblCellMar>\
             <w:tblLook w:val=\"0000\" w:firstRow=\"{first_row}\" w:lastRow=\"0\" w:firstColumn=\"{first_column}\" \
             w:lastColumn=\"0\" w:noHBand=\"1\" w:noVBand=\"1\"/></w:tblPr>\
             <w:tblGrid>{columns}</w:tblGrid>",
            widths.iter().sum::<u32>(),
        );
        let together = table.rows.iter().map(|row| height(row, &widths)).sum::<u32>() <= MOST_KEPT;
        if let Some(titles) = &table.heading {
            self.out += "<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>";
            for (title, width) in titles.iter().zip(&widths) {
                self.cell(&[Text::from(&**title)], *width, "CellHeading", "", true);
            }
            self.out += "</w:tr>";
        }
        for (position, row) in table.rows.iter().enumerate() {
            self.row(row, &widths, table.heading.is_none(), together && (leads || position + 1 < table.rows.len()));
        }
        self.out += "</w:tbl>";
        self.gap(together && leads);
    }

    fn row(&mut self, row: &Row, widths: &[u32], named: bool, with_next: bool) {
        let whole = if self::height(row, widths) > MOST_WHOLE { "" } else { "<w:cantSplit/>" };
        let height = match row.lines {
            0 => String::new(),
            lines => format!("<w:trHeight w:val=\"{}\" w:hRule=\"atLeast\"/>", lines * WRITING),
        };
        let _ = write!(self.out, "<w:tr><w:trPr>{whole}{height}</w:trPr>");
        for (position, (cell, width)) in row.cells.iter().zip(widths).enumerate() {
            self.cell(cell, *width, "Cell", kept(with_next), named && position == 0);
        }
        self.out += "</w:tr>";
    }

    fn cell(&mut self, texts: &[Text], width: u32, style: &str, properties: &str, shaded: bool) {
        let shade = if shaded { "<w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"E3EAF1\"/>" } else { "" };
        let _ = write!(self.out, "<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/>{shade}</w:tcPr>");
        for text in texts {
            self.paragraph(style, properties, text);
        }
        // A cell without a paragraph is no cell.
        if texts.is_empty() {
            self.paragraph(style, properties, &Text::default());
        }
        self.out += "</w:tc>";
    }
}

/// About how many lines a row is high.
fn height(row: &Row, widths: &[u32]) -> u32 {
    let paragraph = |text: &Text, width: u32| {
        let breaks: usize = text.0.iter().map(|span| span.text.matches('\n').count()).sum();
        // A text of more letters than a u32 counts is longer than any page in any case.
        1 + u32::try_from(breaks + text.len() * LETTER as usize / width.max(1) as usize).unwrap_or(u32::MAX / 2)
    };
    let cells = row.cells.iter().zip(widths);
    let lines =
        cells.map(|(cell, width)| cell.iter().fold(0, |all: u32, text| all.saturating_add(paragraph(text, *width))));
    // A line of writing is nearly twice as high as one of print.
    lines.max().unwrap_or(0).max(row.lines * 2).min(1_000)
}

/// The property of a paragraph that stands on the page of the next one.
fn kept(with_next: bool) -> &'static str {
    if with_next { "<w:keepNext/>" } else { "" }
}

fn bookmark(section: usize) -> String {
    format!("section{section}")
}

/// A run of words with line breaks and tabs.
fn run(text: &str, properties: &str) -> String {
    let leftwards = if runs_leftwards(text) { "<w:rtl/>" } else { "" };
    let properties = format!("{properties}{leftwards}");
    let mut out = String::from("<w:r>");
    if !properties.is_empty() {
        let _ = write!(out, "<w:rPr>{properties}</w:rPr>");
    }
    for (position, line) in text.split('\n').enumerate() {
        if position > 0 {
            out += "<w:br/>";
        }
        for (position, piece) in line.split('\t').enumerate() {
            if position > 0 {
                out += "<w:tab/>";
            }
            if !piece.is_empty() {
                let _ = write!(out, "<w:t xml:space=\"preserve\">{}</w:t>", escaped(piece));
            }
        }
    }
    out + "</w:r>"
}

/// Widths in proportion that add up to the whole.
fn shared_out(widths: &[u32], whole: u32) -> Vec<u32> {
    let all: u32 = widths.iter().sum();
    let mut shared: Vec<u32> = widths.iter().map(|width| whole * width / all).collect();
    let rest = whole - shared.iter().sum::<u32>();
    if let Some(last) = shared.last_mut() {
        *last += rest;
    }
    shared
}
