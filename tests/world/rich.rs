//! One scenario with something of everything, in pieces that can be put together in any order.

/// Tables that others do not depend on the order of.
pub(crate) const PIECES: &[&str] = &[
    r#"
[milestone.polls-close]
at = "start + 20h"
weight = 4

[milestone.briefing]
at = "start + uniform(1h, 3h)"
every = "9h"
meeting = ["county", "state", "sharing-centre"]
"#,
    r#"
[uncertainty.skill]
value = "pert(10 %, 40 %, 90 %)"

[uncertainty.outage-length]
value = "20min to 3h"

[uncertainty.reaction]
value = "uniform(1, 3)"

[[correlation]]
between = ["outage-length", "skill"]
value = 0.6
"#,
    r#"
[asset.power]
owner = "county"
detect = "1min to 5min"
recover = "outage-length"

[asset.tabulator]
owner = "county"
detect = "1h to 5h"
correct = "30min to 3h"
depends = "power"

[asset.results-page]
owner = "county"
reads = "tabulator"
depends = "power"
detect = "1min to 10min"
recover = "outage-length"
hardened = "20 %"
fallback = { rate = "50 %", takes = "10min to 1h" }
"#,
    r#"
[adversary.north]
kind = "state"
[adversary.north.proxy.firm]
capacity = "80 %"
burns = "10 %"

[adversary.flooders]
kind = "hacktivist"
"#,
    r#"
[campaign.flood]
by = "flooders"
rate = "0.2/h"
[[campaign.flood.step]]
takes = "10min to 2h"
success = "skill"
effect = { disrupt = { asset = "results-page" } }

[campaign.slander]
by = "north"
chance = "70 %"
[[campaign.slander.step]]
at = "polls-close - 10h"
takes = "10min to 2h"
success = "skill"
retries = 3
retry-after = "1h"
noticed = "50 %"
noticed-by = "state"
effect = { compromise = { asset = "tabulator" } }
[[campaign.slander.step]]
through = "firm"
takes = "10min to 3h"
effect = { publish = { narrative = "rigged", posts = "500 to 5000" } }
"#,
    r#"
[hazard.overload]
rate = "1/d"
effect = { disrupt = { asset = "power" } }

[hazard.slip]
at = "polls-close + uniform(10min, 6h)"
chance = "40 %"
effect = { alter = { asset = "tabulator" }, shake = { confidence = "-3 %", half-life = "12h", about = "asset.tabulator" } }
"#,
    r#"
[platform.chirp]
reach = "23 %"
reviewers = 3
reports = "1 %"
other-reports = "40/h"
measure = "downrank"
strikes = 2
spill = { plaza = "5 %" }
circuit-breaker = { above = 200, cut = "50 %", lasts = "2h" }

[platform.plaza]
reach = "60 %"
reviewers = 2
hours = "Mon-Sun 08:00-20:00"
measure = "remove"
"#,
    r#"
[narrative.rigged]
about = "the page went dark because the count is being changed"
on = { chirp = "80 %", plaza = "20 %" }
[[narrative.rigged.fuel]]
when = "asset.results-page.dark"
for = "10min"
rate = "200/h"

[narrative.long-lines]
about = "lines are long at some polling places"
accurate = true
on = { plaza = "100 %" }
at = "start + uniform(1h, 12h)"
posts = "200 to 3000"
deters = "1 %"
"#,
    r#"
[segment.reds]
share = "45 %"
camp = "red"
uses = { chirp = "30 %" }
distrusts = "state"

[segment.blues]
share = "40 %"
camp = "blue"

[segment.others]
share = "15 %"
"#,
    r#"
[responder.county]
kind = "local-election-office"
staff = 1
hours = "Mon-Sun 07:00-23:00"
notices = "1h to 4h"

[responder.state]
kind = "state-election-office"
staff = 2
notices = "2h to 8h"

[responder.supplier]
kind = "vendor"

[responder.sharing-centre]
kind = "sharing-centre"

[responder.chirp-team]
kind = "platform"
platform = "chirp"
"#,
    r#"
[channel.up]
from = "county"
to = ["state", "sharing-centre"]
latency = "10min to 3h"
loss = "10 %"

[channel.onward]
from = "sharing-centre"
to = "chirp-team"
latency = "10min to 2h"
forum = "daily"
"#,
    r#"
[response.mirror]
owner = "county"
when = "asset.results-page.down > 10min"
takes = "2min to 20min"
repeats = true
effect = { restore = { asset = "results-page" } }

[response.statement]
owner = "state"
when = "narrative.rigged.posts > 50"
decide = "10min to 2h"
takes = "10min to 1h"
effect = { debunk = { narrative = "rigged" }, inform = { reach = "15 %", about = "asset.tabulator" } }

[response.slow-down]
owner = "chirp-team"
when = "narrative.rigged.daily > 300"
takes = "10min to 1h"
effect = { friction = { cut = "10 % to 30 %" } }

[response.audit]
owner = "supplier"
at = "polls-close + 8h"
takes = "2h to 9h"
effect = { inspect = { asset = "tabulator" } }
"#,
    r#"
[inject.early-call]
title = "A network calls the race"
at = "polls-close + 4h"
chance = "60 %"
effect = { declare = { winner = "red" } }
"#,
    r#"
[contingency.dark]
title = "dark"
when = "asset.results-page.dark"
for = "10min to 20min"
[contingency.spread]
title = "spread"
when = "reach.rigged > 1 %"
severity = "reach.rigged"
[contingency.wrong]
title = "wrong"
when = "asset.tabulator.wrong and now > polls-close"
"#,
    r#"
[measure.outage]
title = "outage"
value = "asset.results-page.dark"
take = "time-true"
[measure.reach]
title = "reach"
value = "reach.rigged"
[measure.posts]
title = "posts"
value = "narrative.rigged.posts"
[measure.true-posts]
title = "posts of the accurate story"
value = "narrative.long-lines.posts"
[measure.confidence]
title = "confidence"
value = "confidence.all"
take = "mean"
[measure.gap]
title = "gap"
value = "confidence.gap"
take = "mean"
[measure.wait]
title = "wait"
value = "platform.chirp.wait"
[measure.wrong-actions]
title = "wrong actions"
value = "platform.plaza.wrong-actions + platform.chirp.wrong-actions"
[measure.lost]
title = "lost"
value = "participation.lost"
[measure.known]
title = "known"
value = "asset.tabulator.detected"
take = "time-true"
[measure.attempts]
title = "attempts"
value = "campaign.flood.attempts"
"#,
];

/// The pieces in the order of the file.
pub(crate) fn rich() -> String {
    PIECES.concat()
}
