//! `report.html`: what folders of results say of one scenario, as one page to read on a screen, a phone or paper.
//!
//! The page holds all it needs and loads nothing: its styles and scripts stand in it, and its policy allows no others. It is made from
//! stored folders, so that a batch and a later export write the same bytes; the stories of single runs are told by the caller, who has
//! the engine.

mod answer;
mod bars;
mod causes;
mod comparison;
mod course;
mod document;
mod drivers;
mod evidence;
mod lanes;
mod lines;
mod markup;
mod method;
mod odds;
mod scale;
mod story;

pub use story::{Told, Wanted};

use super::folder::{FolderError, StagedFile};
use super::kept::Kept;
use super::profile::Unwritten;
use super::results::Results;
use super::scan::Scan;
use super::stored::StoredError;
use super::verdict::verdict;
use markup::{Attributes, Html};
use std::io::Write as _;
use std::path::{Path, PathBuf};

/// A box that is scrolled sideways where a table is too wide for it.
const SCROLL: Attributes<'static> =
    &[("class", &"scroll"), ("tabindex", &"0"), ("role", &"region"), ("aria-label", &"Table, scrolled sideways")];

/// A page being made.
pub struct Page<'a> {
    results: Results<'a>,
    scan: Option<Scan>,
    seed: u64,
}

impl<'a> Page<'a> {
    /// Reads what the folders of one scenario hold.
    ///
    /// # Errors
    ///
    /// When a table cannot be read.
    pub fn open(folders: &'a [Kept]) -> Result<Self, StoredError> {
        let results = Results::gather(folders)?;
        let batch = results.with(super::runs::NAME);
        let scan = batch.map(Scan::read).transpose()?.flatten();
        let seed = batch.or(folders.first()).map_or(0, |folder| folder.manifest.seed);
        Ok(Page { results, scan, seed })
    }

    /// The runs whose stories belong on the page; none without a batch.
    pub fn wanted(&self) -> Vec<Wanted> {
        self.scan.as_ref().map(story::wanted).unwrap_or_default()
    }

    /// Writes the page with some stories, or with the reason why there is none.
    ///
    /// # Errors
    ///
    /// When a table cannot be read or the page cannot be written.
    pub fn write(&self, stories: &[Told], untold: Option<&str>, target: &Path) -> Result<PathBuf, Unwritten> {
        let text = self.text(stories, untold)?;
        let mut file = StagedFile::new(target)?;
        file.write_all(text.as_bytes()).map_err(|error| FolderError::write(target, error))?;
        Ok(file.publish()?)
    }

    fn text(&self, stories: &[Told], untold: Option<&str>) -> Result<String, StoredError> {
        let results = &self.results;
        let series = results.table(super::series::NAME)?;
        let moments = course::moments(series.as_ref());
        let verdict = verdict(results)?;
        let mut sections = Vec::new();
        let mut add = |title: &'static str, id: &'static str, part: Html| {
            if !part.is_empty() {
                sections.push((title, id, part));
            }
        };
        let part = |write: &dyn Fn(&mut Html) -> Result<(), StoredError>| {
            let mut html = Html::default();
            write(&mut html).map(|()| html)
        };
        add("The answer", "answer", part(&|html| answer::write(self, &verdict, html))?);
        add(
            "The odds",
            "odds",
            part(&|html| {
                odds::write(self, &moments, html);
                Ok(())
            })?,
        );
        add(
            "Over time",
            "course",
            part(&|html| {
                course::write(results, series.as_ref(), &moments, html);
                Ok(())
            })?,
        );
        add("Plan against plan", "comparison", part(&|html| comparison::write(self, html))?);
        add("Drivers", "drivers", part(&|html| drivers::write(self, html))?);
        add("Causes", "causes", part(&|html| causes::write(self, html))?);
        add(
            "One run",
            "story",
            part(&|html| {
                story::write(stories, self.seed, &moments, html);
                Ok(())
            })?,
        );
        add("Evidence", "evidence", part(&|html| evidence::write(self, html))?);
        add(
            "Method",
            "method",
            part(&|html| {
                method::write(self, untold, html);
                Ok(())
            })?,
        );
        Ok(document::document(results, sections))
    }
}
