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

use super::folder::{Folder, FolderError};
use super::manifest::StudyManifest;
use paper::Paper;
use std::borrow::Cow;
use std::path::{Path, PathBuf};

/// The format of a folder of papers.
pub const PAPERS_FORMAT: &str = "canvass-papers-1";

/// The form of the papers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PaperForm {
    /// Documents that Word, LibreOffice and their like open.
    Docx,
    /// Plain text with marks.
    Markdown,
}

/// The papers of an exercise, being written.
pub struct PaperFiles(Folder);

impl PaperFiles {
    /// Opens their folder. Papers on which somebody has worked since they were made are not replaced.
    ///
    /// # Errors
    ///
    /// When the folder holds such papers or the files of others, or cannot be written to.
    pub fn open(folder: &Path) -> Result<Self, FolderError> {
        let folder = Folder::open_for(folder, PAPERS_FORMAT)?;
        folder.spare_edited()?;
        Ok(PaperFiles(folder))
    }

    /// Writes all papers, and gives them their names when all are whole. Returns their paths, the manifest's last.
    ///
    /// # Errors
    ///
    /// When one cannot be written.
    pub fn publish(
        mut self,
        material: &Material<'_>,
        vocabulary: Vocabulary,
        form: PaperForm,
        manifest: StudyManifest,
    ) -> Result<Vec<PathBuf>, FolderError> {
        for paper in papers(material, vocabulary) {
            let (ending, bytes) = match form {
                PaperForm::Docx => ("docx", docx::docx(&paper)),
                PaperForm::Markdown => ("md", Ok(markdown::markdown(&paper).into_bytes())),
            };
            let name = format!("{}.{ending}", paper.name);
            let bytes = bytes.map_err(|error| FolderError::write(Path::new(&name), std::io::Error::other(error)))?;
            self.0.file(&name, &bytes)?;
        }
        self.0.publish(|files| StudyManifest { files, ..manifest.clone() })
    }
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
