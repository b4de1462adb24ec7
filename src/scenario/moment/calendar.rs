//! The calendar at the edges of a run: which clock time a millisecond is, and the other way about.

use super::DateTime;
use crate::scenario::expression::TextProblem;
use crate::scenario::text::closest;
use jiff::civil::{Date, DateTime as Civil};
use jiff::tz::{Offset, TimeZone, TimeZoneDatabase};
use jiff::{Timestamp, ToSpan};

/// The time zone of a name, from the database that is built in, so that every machine reads the same.
pub(crate) fn zone(name: &str) -> Result<TimeZone, TextProblem> {
    let database = TimeZoneDatabase::bundled();
    let names: Vec<String> = database.available().map(|name| name.as_str().to_owned()).collect();
    if let (true, Ok(zone)) = (names.iter().any(|known| known == name), database.get(name)) {
        return Ok(zone);
    }
    let problem = TextProblem::new(0..name.len(), format!("no time zone `{name}`"));
    let names = || names.iter().map(String::as_str);
    let same_but_case = names().find(|known| known.eq_ignore_ascii_case(name));
    let same_city =
        || names().find(|known| known.rsplit('/').next().is_some_and(|city| city.eq_ignore_ascii_case(name)));
    Err(match same_but_case.or_else(same_city).or_else(|| closest(name, names())) {
        Some(near) => problem.help(format!("did you mean `{near}`?")),
        None => problem.help("time zones are named by continent and city, as `America/Detroit`"),
    })
}

/// The clock on the wall of a scenario.
#[derive(Clone, Debug)]
pub struct Calendar {
    start: DateTime,
    zone: TimeZone,
    horizon_ms: i64,
    within_a_day: bool,
}

impl Calendar {
    /// The calendar of a scenario that starts at `start` and lasts `horizon_ms`, in `zone`, or in the offset of its start.
    ///
    /// # Errors
    ///
    /// When there is no such zone.
    pub fn new(start: DateTime, zone_name: Option<&str>, horizon_ms: i64) -> Result<Self, TextProblem> {
        let zone = match zone_name {
            Some(name) => zone(name)?,
            None => fixed(start),
        };
        let mut calendar = Calendar { start, zone, horizon_ms, within_a_day: false };
        calendar.within_a_day = match (calendar.local(0), calendar.local(horizon_ms)) {
            (Some(first), Some(last)) => first.date() == last.date(),
            _ => false,
        };
        Ok(calendar)
    }

    /// A moment for a timeline: `Tue 3 Nov 20:05`, or `20:05` if the whole scenario lies within one day.
    #[must_use]
    pub fn label(&self, ms: i64) -> String {
        let Some(at) = self.local(ms) else {
            return format!("{ms} ms");
        };
        if self.within_a_day { at.strftime("%H:%M").to_string() } else { at.strftime("%a %-d %b %H:%M").to_string() }
    }

    /// The day of a moment, where that of the start is day 1, and its time of day as `20:05`.
    #[must_use]
    pub fn day_and_time(&self, ms: i64) -> Option<(i64, String)> {
        let at = self.local(ms)?;
        let days = self.local(0)?.date().until(at.date()).ok()?.get_days();
        Some((i64::from(days) + 1, at.strftime("%H:%M").to_string()))
    }

    /// A moment after ISO 8601 as the clock on the wall shows it, with its offset: `2026-11-03T20:05:00-05:00`.
    #[must_use]
    pub fn iso(&self, ms: i64) -> Option<String> {
        let timestamp = self.timestamp(ms)?;
        Some(format!("{:.0}", timestamp.display_with_offset(self.zone.to_offset(timestamp))))
    }

    /// The same moment in universal time, to the millisecond: `2026-11-04T01:05:00.000Z`.
    #[must_use]
    pub fn utc(&self, ms: i64) -> Option<String> {
        Some(format!("{:.3}", self.timestamp(ms)?))
    }

    /// The local days that a run touches, and the day before.
    pub(super) fn days(&self) -> impl Iterator<Item = Date> + use<> {
        let last = self.local(self.horizon_ms).map(|at| at.date());
        let first = self.local(0).and_then(|at| at.date().yesterday().ok());
        std::iter::successors(first, |day| day.tomorrow().ok())
            .take_while(move |&day| last.is_some_and(|last| day <= last))
    }

    /// Milliseconds from the start to so many minutes after midnight of a day; a clock time that summer time skips counts as the
    /// time that much later, and one that comes twice as the first.
    pub(super) fn at(&self, day: Date, minutes: u16) -> Option<i64> {
        let midnight: Civil = day.to_datetime(jiff::civil::Time::midnight());
        // By the clock on the wall, not by time that passes: 24:00 is the next midnight on a day of 23 hours too.
        let local = midnight.checked_add(i64::from(minutes).minutes()).ok()?;
        let timestamp = self.zone.to_ambiguous_timestamp(local).compatible().ok()?;
        Some(timestamp.as_millisecond() - self.start.unix_ms)
    }

    fn local(&self, ms: i64) -> Option<Civil> {
        Some(self.zone.to_datetime(self.timestamp(ms)?))
    }

    fn timestamp(&self, ms: i64) -> Option<Timestamp> {
        Timestamp::from_millisecond(self.start.unix_ms.checked_add(ms)?).ok()
    }
}

/// A moment of a scenario with its day, as `Tue 3 Nov 20:05`. Without a zone that exists, the offset of the start holds.
#[must_use]
pub fn label(start: DateTime, zone_name: Option<&str>, ms: i64) -> String {
    let zone = zone_name.and_then(|name| zone(name).ok()).unwrap_or_else(|| fixed(start));
    Calendar { start, zone, horizon_ms: 0, within_a_day: false }.label(ms)
}

fn fixed(start: DateTime) -> TimeZone {
    Offset::from_seconds(start.offset_s).unwrap_or(Offset::UTC).to_time_zone()
}
