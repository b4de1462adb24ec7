//! Stories of single runs of a batch that is stored, told again from the scenario kept beside it.

use super::stored::Stored;
use crate::report::{Kept, Told, Wanted};
use crate::scenario::Loaded;
use crate::world::{Model, World};

/// Tells runs of a batch again, or says in words why they cannot be told. The words name no path: they become part of a report.
pub(super) fn tell(batch: &Kept, wanted: &[Wanted]) -> Result<Vec<Told>, String> {
    let version = env!("CARGO_PKG_VERSION");
    if batch.manifest.canvass != version {
        return Err(format!("the runs were made by canvass {}, and this is {version}", batch.manifest.canvass));
    }
    let file = Stored::read(&batch.path).and_then(|stored| stored.scenario_file(&batch.path, None));
    let loaded = file.ok().and_then(|file| Loaded::read(&file).ok());
    let loaded = loaded.ok_or("the scenario from which the runs were made is not beside them")?;
    let story = |wanted: &Wanted| {
        let model = loaded.plan(&wanted.plan).and_then(|scenario| Model::compile(&scenario));
        let model = model.map_err(|_| format!("the scenario has no plan {}", wanted.plan))?;
        let (_, entries) = World::new(&model, batch.manifest.seed).story(wanted.run);
        let clocks = entries.iter().map(|entry| model.label(entry.time)).collect();
        Ok(Told { wanted: wanted.clone(), entries, clocks })
    };
    wanted.iter().map(story).collect()
}
