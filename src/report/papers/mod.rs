//! Papers of an exercise, made from a scenario and from what its runs showed: for players, for whoever leads it, for whoever watches,
//! and for what comes after. Each is worked out once and written as a Word document or as Markdown.

mod after_action;
mod docx;
mod evaluation_guides;
mod facilitator_guide;
mod feedback;
mod hot_wash;
mod markdown;
mod material;
mod paper;
mod situation_manual;
mod vocabulary;

pub use material::Material;
pub use vocabulary::Vocabulary;

use super::folder::{FolderError, StagedFile};
use paper::Paper;
use std::borrow::Cow;
use std::io::Write as _;
use std::path::{Path, PathBuf};

/// The form of the papers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PaperForm {
    /// Documents that Word, LibreOffice and their like open.
    Docx,
    /// Plain text with marks.
    Markdown,
}

/// Writes all papers into a folder, which must exist, and replaces those that are there. They get their names only when all are whole.
/// Returns their paths.
///
/// # Errors
///
/// When one cannot be written.
pub fn write_papers(
    material: &Material<'_>,
    vocabulary: Vocabulary,
    form: PaperForm,
    folder: &Path,
) -> Result<Vec<PathBuf>, FolderError> {
    let mut staged = Vec::new();
    for paper in papers(material, vocabulary) {
        let (ending, bytes) = match form {
            PaperForm::Docx => ("docx", docx::docx(&paper).map_err(std::io::Error::other)),
            PaperForm::Markdown => ("md", Ok(markdown::markdown(&paper).into_bytes())),
        };
        let path = folder.join(format!("{}.{ending}", paper.name));
        let mut file = StagedFile::new(&path)?;
        bytes.and_then(|bytes| file.write_all(&bytes)).map_err(|cause| FolderError::write(&path, cause))?;
        staged.push(file);
    }
    staged.iter().try_for_each(StagedFile::store)?;
    staged.into_iter().map(StagedFile::rename).collect()
}

/// All papers, in the order in which an exercise needs them.
fn papers(material: &Material<'_>, vocabulary: Vocabulary) -> [Paper; 6] {
    let words = vocabulary.words();
    [
        situation_manual::situation_manual(material, words),
        facilitator_guide::facilitator_guide(material, words),
        evaluation_guides::evaluation_guides(material, words),
        hot_wash::hot_wash(material, words),
        feedback::feedback(material, words),
        after_action::after_action(material, words),
    ]
}

/// A text without what neither XML nor a screen can show: control characters, except line breaks and tabs, and non-characters.
fn printable(text: &str) -> Cow<'_, str> {
    let forbidden = |letter: char| {
        (letter.is_control() && !matches!(letter, '\n' | '\t')) || matches!(letter, '\u{fffe}' | '\u{ffff}')
    };
    if text.contains(forbidden) {
        let shown = |letter| if forbidden(letter) { char::REPLACEMENT_CHARACTER } else { letter };
        Cow::Owned(text.replace("\r\n", "\n").chars().map(shown).collect())
    } else {
        Cow::Borrowed(text)
    }
}
