//! A paper as a Word document: WordprocessingML (ECMA-376, part 1, transitional) in a zip archive.
//!
//! Written by hand through the archive crate that the workbooks need anyway: a document of headings, lists and tables takes few of
//! its elements, and a crate for them would cost a minute of a first build. Nothing in it knows a clock, so the same paper is the same bytes.

mod body;
mod parts;
mod xml;

use super::paper::{Paper, Sheet, Size};
use std::io::{Cursor, Write as _};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// Margin at the left and right, in twentieths of a point.
const SIDE: u32 = 1_134;

/// Width and height of a sheet, in twentieths of a point.
fn extent(size: Size, sheet: &Sheet) -> (u32, u32) {
    let (short, long) = match size {
        Size::Letter => (12_240, 15_840),
        Size::A4 => (11_906, 16_838),
    };
    if sheet.wide { (long, short) } else { (short, long) }
}

/// Width that text may take.
fn room(size: Size, sheet: &Sheet) -> u32 {
    extent(size, sheet).0 - 2 * SIDE
}

/// The paper as the bytes of a `.docx` file.
///
/// # Errors
///
/// When the archive cannot hold it.
pub(super) fn docx(paper: &Paper) -> zip::result::ZipResult<Vec<u8>> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(zip::DateTime::default());
    let mut part = |name: &str, text: &str| -> zip::result::ZipResult<()> {
        archive.start_file(name, options)?;
        archive.write_all(text.as_bytes())?;
        Ok(())
    };
    part("[Content_Types].xml", &parts::content_types(paper))?;
    part("_rels/.rels", parts::RELATIONS)?;
    part("docProps/core.xml", &parts::core_properties(paper))?;
    part("docProps/app.xml", parts::APP_PROPERTIES)?;
    part("word/document.xml", &body::document(paper))?;
    part("word/_rels/document.xml.rels", &parts::document_relations(paper))?;
    part("word/styles.xml", &parts::styles(paper))?;
    part("word/numbering.xml", &parts::numbering(paper))?;
    part("word/settings.xml", parts::SETTINGS)?;
    for (position, sheet) in paper.sheets.iter().enumerate() {
        part(&format!("word/header{position}.xml"), &parts::header(paper, sheet))?;
        part(&format!("word/footer{position}.xml"), &parts::footer(paper, sheet))?;
    }
    Ok(archive.finish()?.into_inner())
}
