//! Swap the candidates, and everything that happens to the one happens to the other (acceptance 5 of the count).

use crate::case::{Case, taken};

const PLACES: [(&str, f64, f64, f64); 3] =
    [("vale", 3.0, 11.0, 50.0), ("moor", -1.0, 7.0, 80.0), ("cape", 0.4, 5.0, 20.0)];

/// Three places, as they are or with the candidates swapped.
fn case(swapped: bool) -> Case {
    let sign = if swapped { -1.0 } else { 1.0 };
    let names = if swapped { "[\"birch\", \"ash\"]" } else { "[\"ash\", \"birch\"]" };
    let mut text = format!(
        "[scenario]\ntitle = \"A mirror\"\nquestion = \"Does it matter who comes first?\"\nstart = 2026-11-03T20:00:00Z\nend = 2027-01-20T20:00:00Z\n\
         [milestone.election-day]\nat = \"start\"\n\
         [segment.ash]\nshare = \"50 %\"\ncamp = \"ash\"\n[segment.birch]\nshare = \"50 %\"\ncamp = \"birch\"\n\
         [contest.president]\ncandidates = {names}\naward = \"electors\"\nrules = \"us-ecra\"\nto-win = 12\nclaims = \"60 %\"\n\
         shared-error = \"0 %\"\nregion-error = \"0 %\"\nown-error = \"0 %\"\n"
    );
    for (name, margin, electors, gap) in PLACES {
        text += &format!(
            "[jurisdiction.{name}]\ncontest = \"president\"\nballots = 2_000_000\nelectors = {electors}\nmargin = \"{} %\"\ncloses = \"start\"\n\
             pre-processing = \"20h\"\nrelease = \"first\"\nerrors = \"0 %\"\ncounties = {{ number = 12, lean-spread = \"0 %\", lean-by-size = \"{} %\", slower-by-size = 2 }}\n\
             gaps = {{ early = \"{} %\", mail = \"{} %\", drop-off = \"{} %\", late = \"{} %\", provisional = \"{} %\" }}\n\
             certification = {{ local = \"start + 15d\", state = \"start + 25d\", refuses = \"1 %\" }}\nrecount = {{ automatic = \"0.5 %\" }}\naudit = {{ method = \"polling\" }}\n",
            sign * margin,
            sign * 20.0,
            sign * 20.0,
            sign * gap,
            sign * 30.0,
            sign * gap,
            sign * 30.0
        );
    }
    let [first, second] = if swapped { ["second", "first"] } else { ["first", "second"] };
    let mut same: Vec<(String, String)> = vec![];
    for (name, ..) in PLACES {
        for key in ["share", "published", "mirage", "last-lead-change", "time-to-95"] {
            same.push((format!("{name}-{key}"), format!("count.{name}.{key}")));
        }
        same.push((format!("{name}-call"), format!("call.{name}.time")));
        same.push((format!("{name}-ash"), format!("call.{name}.{first}")));
        same.push((format!("{name}-birch"), format!("call.{name}.{second}")));
        for key in ["certified", "late", "recount", "reversed", "audit-ballots", "refused"] {
            same.push((format!("{name}-{key}"), format!("result.{name}.{key}")));
        }
    }
    for key in ["called", "time-to-call", "claimed", "premature-claim", "false-claim", "conceded", "undecided"] {
        same.push((key.to_owned(), format!("contest.president.{key}")));
    }
    for (id, candidate) in [("ash", first), ("birch", second)] {
        same.push((format!("won-{id}"), format!("contest.president.won-by-{candidate}")));
        same.push((format!("electors-{id}"), format!("nation.electors-for-{candidate}")));
        same.push((format!("confidence-{id}"), format!("confidence.{id}")));
    }
    let same: Vec<(&str, &str)> = same.iter().map(|(id, value)| (id.as_str(), value.as_str())).collect();
    Case::of(&(text + &taken("last", &same) + &taken("mean", &[("lead", &format!("{sign} * contest.president.lead"))])))
}

#[test]
fn swapping_the_candidates_swaps_every_outcome() {
    let (plain, swapped) = (case(false), case(true));
    let mut decided = [0, 0];
    for (number, (ours, theirs)) in plain.runs(30).into_iter().zip(swapped.runs(30)).enumerate() {
        for (position, column) in plain.model.measures().iter().enumerate() {
            let (a, b) = (ours.outcome.measures[position], theirs.outcome.measures[position]);
            let same = a == b || (a.is_nan() && b.is_nan()) || (a - b).abs() <= 1e-9 * a.abs().max(1.0);
            assert!(same, "run {number}: {} is {a} and {b}", column.id);
        }
        decided[0] += usize::from(ours.measure("called") > 0.0);
        decided[1] += usize::from(ours.measure("claimed") > 0.0);
    }
    assert!(decided.iter().all(|count| *count > 0), "{decided:?}: nothing was decided, so nothing was compared");
}
