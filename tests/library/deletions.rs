//! Is every line of a scenario needed? Fifty lines drawn at random are deleted, one at a time, and somebody must notice: the
//! check (an error or a warning), the manners every scenario owes its reader, its own small batch, or its stories.
//!
//!     cargo test --release --test library deleted -- --ignored --nocapture
//!
//! prints who noticed what, and the survivors. `SEED=7` draws other lines, `LINES=400` more of them. A survivor is no mistake
//! by itself: a tag of a response, a rare branch that forty runs do not meet, or a word the model shows only elsewhere.

use crate::figures::differs;
use crate::manners::missing;
use crate::shelf::files;
use canvass::scenario::Loaded;
use canvass::world::Model;
use std::path::{Path, PathBuf};

/// A line of a file, by its place.
struct Deleted {
    file: PathBuf,
    line: usize,
}

/// Numbers below a bound, the same for the same seed (Knuth's linear congruential generator).
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % bound
    }
}

/// Lines that hold data: not blank, no remark.
fn data() -> Vec<Deleted> {
    let mut lines = Vec::new();
    for file in files("scenarios") {
        let text = std::fs::read_to_string(&file).unwrap();
        for (line, content) in text.lines().enumerate() {
            if !content.trim().is_empty() && !content.trim_start().starts_with('#') {
                lines.push(Deleted { file: file.clone(), line });
            }
        }
    }
    lines
}

/// Who notices that the line is gone; nobody, if nothing does.
fn noticed(deleted: &Deleted, desk: &Path) -> Option<&'static str> {
    let text = std::fs::read_to_string(&deleted.file).unwrap();
    let rest: Vec<&str> =
        text.lines().enumerate().filter(|(line, _)| *line != deleted.line).map(|(_, line)| line).collect();
    let rest = rest.join("\n") + "\n";
    let copy = desk.join(deleted.file.file_name().unwrap());
    std::fs::write(&copy, &rest).unwrap();
    let loaded = Loaded::read(&copy).unwrap();
    if !loaded.problems().is_empty() || warned(&loaded) {
        return Some("check");
    }
    if !missing(&loaded, &rest).is_empty() {
        return Some("manners");
    }
    differs(&loaded, loaded.id()).then_some("figures")
}

/// Whether the check warns of something that is idle under every plan, or a plan cannot be made at all.
fn warned(loaded: &Loaded) -> bool {
    let models: Result<Vec<Model>, _> = loaded.plans().iter().map(|name| Model::compile(&loaded.plan(name)?)).collect();
    let Ok(models) = models else { return true };
    let idle = |warning| models.iter().all(|model| model.warnings().contains(warning));
    models.first().is_some_and(|first| first.warnings().iter().any(idle))
}

/// A folder with the parts, in which copies of scenarios can be read.
fn desk() -> PathBuf {
    let desk = Path::new(env!("CARGO_TARGET_TMPDIR")).join("deletions");
    for folder in ["parts", "parts/law", "parts/nation"] {
        std::fs::create_dir_all(desk.join(folder)).unwrap();
        for part in files(&format!("scenarios/{folder}")) {
            std::fs::copy(&part, desk.join(folder).join(part.file_name().unwrap())).unwrap();
        }
    }
    desk
}

fn given(name: &str, otherwise: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(otherwise)
}

#[test]
#[ignore = "a tool: cargo test --release --test library deleted -- --ignored --nocapture"]
fn lines_deleted_at_random_are_noticed() {
    let (lines, desk, mut dice) = (data(), desk(), Dice(given("SEED", 1)));
    let tries = given("LINES", 50);
    let mut survivors = Vec::new();
    for _ in 0..tries {
        let deleted = &lines[dice.below(lines.len())];
        let text = std::fs::read_to_string(&deleted.file).unwrap();
        let line = text.lines().nth(deleted.line).unwrap().trim();
        let place = format!("{}:{}", deleted.file.file_name().unwrap().display(), deleted.line + 1);
        let by = noticed(deleted, &desk);
        println!("{:<9} {place}: {line}", by.unwrap_or("SURVIVES"));
        if by.is_none() {
            survivors.push(place);
        }
    }
    println!("{} of {tries} lines survive", survivors.len());
    assert!(survivors.len() as u64 * 10 <= tries, "more than one line in ten is missed by nobody: {survivors:?}");
}
