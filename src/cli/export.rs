//! `canvass export`: files for spreadsheets and analysts, made from folders of results; and the same options for the commands that
//! make such folders.

use super::Global;
use super::exercise::ExerciseFiles;
use super::exit::Exit;
use super::failure::Failure;
use super::origin::Runs;
use super::papers::Papers;
use super::retelling;
use crate::report::{
    FORMAT, Kept, LIBRARY, MOST_ROWS, PAGE, Page, Profile, RUN_ROWS, Unwritten, WORKBOOK, WorkbookProblem,
    write_profile, write_sipmath, write_workbook,
};
use std::io::Write as _;
use std::path::{Path, PathBuf};

const EXAMPLES: &str = "\
Examples:
  canvass export outputs/my-county outputs/my-county-compare --html --xlsx
      A page to read and a workbook to show, of a batch and a comparison.
  canvass export my-county.toml --papers --vocabulary uk
      Papers for players, facilitator and evaluators, as documents.
  canvass export my-county.toml --msel cadence --of bad --plan today
      A master scenario events list of a bad run, for exercise tools.";

/// Which files to make from the tables.
#[derive(Debug, clap::Args)]
pub(super) struct Artefacts {
    /// Write a workbook, report.xlsx, beside the tables
    #[arg(long, help_heading = "Files for others")]
    xlsx: bool,
    /// Write a page to read, report.html, beside the tables; it opens in any browser and loads nothing
    #[arg(long, help_heading = "Files for others")]
    html: bool,
    /// With --xlsx, show at most this many rows of single runs
    #[arg(long, value_name = "N", default_value_t = RUN_ROWS, value_parser = rows, requires = "xlsx", help_heading = "Files for others")]
    xlsx_rows: u64,
    /// Write the tables once more for a spreadsheet, as runs.excel.csv
    #[arg(long, value_name = "PROFILE", default_value = "plain", help_heading = "Files for others")]
    csv: Csv,
    /// Write the trials of a batch as a SIPmath 2.0 library, sipmath.xlsx
    #[arg(long, help_heading = "Files for others")]
    sipmath: bool,
    /// Write the tables as Parquet too, as runs.parquet
    #[arg(long, help_heading = "Files for others")]
    parquet: bool,
}

/// How tables are written once more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Csv {
    /// Not at all: the tables as they are
    Plain,
    /// With a mark for UTF-8, for Excel
    Excel,
    /// With semicolons and decimal commas too, for Excel in continental Europe
    ExcelEu,
}

fn rows(text: &str) -> Result<u64, String> {
    match super::whole_number(text)? {
        rows if rows <= MOST_ROWS => Ok(rows),
        _ => Err(format!("a sheet holds at most {MOST_ROWS} rows")),
    }
}

impl Artefacts {
    fn any(&self) -> bool {
        self.xlsx || self.html || self.sipmath || self.parquet || self.csv != Csv::Plain
    }

    /// Refuses what this build cannot make, before anything is run for it.
    pub(super) fn possible(&self) -> Result<(), Failure> {
        if self.parquet && !cfg!(feature = "parquet") {
            return Err(Failure::bad_input("this canvass was built without Parquet")
                .hint("build it with `cargo build --release --features parquet`, or read the CSV tables"));
        }
        Ok(())
    }

    /// Makes the files in the first of some folders. Returns their paths.
    pub(super) fn make(&self, folders: &[&Path]) -> Result<Vec<PathBuf>, Failure> {
        if !self.any() {
            return Ok(Vec::new());
        }
        self.possible()?;
        let kept = folders.iter().map(|folder| Kept::open(folder)).collect::<Result<Vec<Kept>, _>>()?;
        agree(&kept)?;
        let mut paths = Vec::new();
        if self.xlsx {
            paths.push(write_workbook(&kept, self.xlsx_rows, &kept[0].path.join(WORKBOOK))?);
        }
        if self.html {
            paths.push(write_page(&kept)?);
        }
        if self.sipmath {
            let batch = kept.iter().find(|folder| folder.manifest.format == FORMAT).unwrap_or(&kept[0]);
            paths.push(write_sipmath(batch, &kept[0].path.join(LIBRARY))?);
        }
        let profile = match self.csv {
            Csv::Plain => None,
            Csv::Excel => Some(Profile::Excel),
            Csv::ExcelEu => Some(Profile::ExcelEu),
        };
        for (profile, folder) in profile.iter().flat_map(|profile| kept.iter().map(move |folder| (profile, folder))) {
            paths.extend(write_profile(folder, *profile)?);
        }
        #[cfg(feature = "parquet")]
        for folder in kept.iter().filter(|_| self.parquet) {
            paths.extend(crate::report::write_parquet(folder)?);
        }
        Ok(paths)
    }
}

/// Writes the page, with the stories of the runs that belong on it where they can be told.
fn write_page(folders: &[Kept]) -> Result<PathBuf, Failure> {
    let page = Page::open(folders)?;
    let batch = folders.iter().find(|folder| folder.manifest.format == FORMAT);
    let told = batch.map_or_else(|| Ok(Vec::new()), |batch| retelling::tell(batch, &page.wanted()));
    let (stories, untold) = match told {
        Ok(stories) => (stories, None),
        Err(why) => (Vec::new(), Some(why)),
    };
    Ok(page.write(&stories, untold.as_deref(), &folders[0].path.join(PAGE))?)
}

/// Refuses folders that are not of one scenario, or two of one kind.
fn agree(folders: &[Kept]) -> Result<(), Failure> {
    for (position, folder) in folders.iter().enumerate() {
        let scenario = |folder: &Kept| folder.manifest.scenarios.first().map(|scenario| scenario.sha256.clone());
        let first = &folders[0];
        if scenario(folder) != scenario(first) {
            let (a, b) = (first.path.display(), folder.path.display());
            return Err(Failure::bad_input(format!("{a} and {b} are not of the same scenario"))
                .hint("export them one by one, or make both from the scenario as it is now"));
        }
        if let Some(twin) = folders[..position].iter().find(|twin| twin.manifest.format == folder.manifest.format) {
            let (a, b) = (twin.path.display(), folder.path.display());
            return Err(Failure::bad_input(format!("{a} and {b} are results of the same kind"))
                .hint("name one folder of each kind: a batch, a comparison, drivers"));
        }
    }
    Ok(())
}

/// Make files for spreadsheets and analysts from folders of results, and papers and lists of events for an exercise
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Export {
    /// Folders of results of one scenario; files are put into the first. For papers and exercise files, a scenario will do
    #[arg(required = true, value_name = "OUTPUT|FILE")]
    paths: Vec<PathBuf>,
    #[command(flatten)]
    artefacts: Artefacts,
    #[command(flatten)]
    papers: Papers,
    #[command(flatten)]
    exercise: ExerciseFiles,
    #[command(flatten, next_help_heading = "Exercise papers and files")]
    runs: Runs,
    /// Folder for papers and exercise files; outputs/<scenario>-papers and outputs/<scenario>-exercise, without it
    #[arg(short, long, value_name = "DIR", help_heading = "Exercise papers and files")]
    output: Option<PathBuf>,
}

impl Export {
    pub(super) fn perform(&self, global: &Global) -> Result<Exit, Failure> {
        let exercise = self.papers.any() || self.exercise.any();
        if !self.artefacts.any() && !exercise {
            return Err(Failure::bad_input("nothing to export")
                .hint("say what to make, as --xlsx, --csv excel, --papers or --msel"));
        }
        if !exercise && (self.output.is_some() || self.runs.any()) {
            return Err(Failure::bad_input("--output, --plan, --runs and --seed are for papers and exercise files")
                .hint("add --papers, --msel or --stix; workbooks and tables are made from the runs of the folder, beside them"));
        }
        let paths: Vec<&Path> = self.paths.iter().map(PathBuf::as_path).collect();
        let mut made = self.artefacts.make(&paths)?;
        if self.papers.any() {
            made.extend(self.papers.make(paths[0], &self.runs, self.output.as_deref(), global)?);
        }
        if self.exercise.any() {
            made.extend(self.exercise.make(paths[0], &self.runs, self.output.as_deref(), global)?);
        }
        let mut out = anstream::stdout().lock();
        for path in made {
            writeln!(out, "{}", path.display())?;
        }
        out.flush()?;
        Ok(Exit::Done)
    }
}

impl From<WorkbookProblem> for Failure {
    fn from(problem: WorkbookProblem) -> Self {
        match problem {
            WorkbookProblem::Stored(error) => error.into(),
            WorkbookProblem::Folder(error) => error.into(),
            WorkbookProblem::Xlsx(error) => Failure::failed(format!("cannot make the workbook: {error}")),
        }
    }
}

impl From<Unwritten> for Failure {
    fn from(problem: Unwritten) -> Self {
        match problem {
            Unwritten::Stored(error) => error.into(),
            Unwritten::Folder(error) => error.into(),
        }
    }
}
