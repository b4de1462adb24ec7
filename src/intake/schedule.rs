//! From what cells say of times to moments: which day a clock time belongs to, and where the exercise begins.

use super::cell::DAY_MS;
use super::clock::{Day, Reading};
use super::options::{Options, Start};
use crate::scenario::{DateTime, zone};
use jiff::civil::{Date, DateTime as Civil, Time};
use jiff::tz::{Offset, TimeZone};
use jiff::{SignedDuration, Timestamp, ToSpan};

/// The day on which an exercise begins if nothing says so: an election day.
const DEFAULT_DAY: (i16, i8, i8) = (2026, 11, 3);
/// The time at which it then begins.
const DEFAULT_TIME: &str = "08:00";
const DEFAULT_TIME_MS: i64 = 8 * HOUR_MS;
const HOUR_MS: i64 = 3_600_000;

/// What lies further from the middle of a list is a slip: a scenario covers five years at most.
const FAR_MS: u64 = 2 * 365 * DAY_MS as u64;
/// A start that lies further before the first inject is a slip too.
const EARLY_MS: i64 = 365 * DAY_MS;

/// From so much on, a clock that goes back from one row to the next has passed midnight.
const PAST_MIDNIGHT_MS: i64 = 12 * HOUR_MS;

/// What the times of a row rest on.
#[derive(Clone, Debug, Default)]
pub(super) struct Asked {
    /// Which sheet the row is on.
    pub(super) sheet: usize,
    /// What the row itself says.
    pub(super) reading: Reading,
    /// The day of a heading above it, between the rows.
    pub(super) heading: Option<Day>,
    /// Whether it is the start of the exercise.
    pub(super) is_start: bool,
}

/// What a sheet says of its day.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct SheetDay {
    /// In its name.
    pub(super) named: Option<Day>,
    /// In the title block above its headings.
    pub(super) above: Option<Day>,
}

/// How a moment was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum How {
    /// From the row's own cells.
    Said,
    /// The row has a day and no time: the hour at which the day begins.
    DayOnly,
    /// From its own clock, on the day after the row above: the clock has passed midnight.
    PastMidnight,
    /// The row says nothing: the moment of the row above it.
    AsAbove,
    /// Its day cannot be, as 30 February: the moment of the row above it.
    Impossible,
    /// It lies years away from the others: the moment of the row above it.
    Far,
}

/// Moments for rows.
#[derive(Debug)]
pub(super) struct Schedule {
    /// Moment of each row, and how it was found.
    pub(super) moments: Vec<(DateTime, How)>,
    /// When the scenario begins.
    pub(super) start: DateTime,
    /// When it ends.
    pub(super) end: DateTime,
    /// What was assumed on the way, in words.
    pub(super) assumed: Vec<String>,
}

struct Frame {
    zone: TimeZone,
    base: Date,
    day_first: bool,
    /// What the first day is called: 1, or 0.
    first: i64,
    /// The moment from which times are counted that are relative.
    origin: Timestamp,
}

/// Finds the moments of all rows.
pub(super) fn schedule(rows: &[Asked], sheets: &[SheetDay], options: &Options) -> Schedule {
    let mut assumed = Vec::new();
    let zone = the_zone(rows, options, &mut assumed);
    let day_first = the_order(rows, sheets, options, &mut assumed);
    let base = the_first_day(rows, sheets, options, day_first, &mut assumed);
    let days = rows.iter().flat_map(|row| [row.reading.day, row.heading]).chain(sheets.iter().map(|sheet| sheet.named));
    let first = if days.flatten().any(|day| day == Day::Number(0)) { 0 } else { 1 };
    let mut frame = Frame { zone, base, day_first, first, origin: Timestamp::UNIX_EPOCH };
    frame.origin = the_origin(&frame, rows, sheets, options, &mut assumed);

    let mut found = frame.moments(rows, sheets);
    gather(&mut found);
    let moments: Vec<(DateTime, How)> = found.iter().map(|(moment, how)| (frame.with_offset(*moment), *how)).collect();
    let earliest = found.iter().map(|(moment, _)| *moment).min().unwrap_or(frame.origin);
    let latest = found.iter().map(|(moment, _)| *moment).max().unwrap_or(frame.origin);
    let asked = options.start.as_ref().map(|_| frame.origin);
    let begin = match asked {
        Some(start) if start <= earliest && earliest.as_millisecond() - start.as_millisecond() <= EARLY_MS => start,
        Some(start) if start <= earliest => {
            assumed.push(
                "--start lies more than a year before the first inject; the scenario begins with that.".to_owned(),
            );
            frame.whole_hour(earliest, false)
        }
        Some(_) => {
            assumed
                .push("Some injects are given before --start; the scenario begins with the first of them.".to_owned());
            frame.whole_hour(earliest, false)
        }
        None => frame.whole_hour(earliest, false),
    };
    let after = latest.checked_add(SignedDuration::from_hours(1)).unwrap_or(latest);
    let end = frame.whole_hour(after, true);
    Schedule { moments, start: frame.with_offset(begin), end: frame.with_offset(end), assumed }
}

/// Brings moments that lie years from the middle one to those of the rows above them.
fn gather(found: &mut [(Timestamp, How)]) {
    let mut sorted: Vec<Timestamp> = found.iter().map(|(moment, _)| *moment).collect();
    sorted.sort_unstable();
    let Some(middle) = sorted.get(sorted.len() / 2).copied() else {
        return;
    };
    let mut above = middle;
    for (moment, how) in found {
        if moment.as_millisecond().abs_diff(middle.as_millisecond()) > FAR_MS {
            (*moment, *how) = (above, How::Far);
        }
        above = *moment;
    }
}

fn the_zone(rows: &[Asked], options: &Options, assumed: &mut Vec<String>) -> TimeZone {
    if let Some(zone) = options.zone.as_deref().and_then(|name| zone(name).ok()) {
        return zone;
    }
    if let Some(Start { offset: Some(offset), .. }) = options.start {
        return fixed(offset);
    }
    let mut offsets = rows.iter().filter_map(|row| row.reading.offset);
    if let Some(first) = offsets.next()
        && offsets.all(|offset| offset == first)
    {
        let zone = fixed(first);
        assumed.push(format!("All times are told at {}, the zone written behind them.", offset_text(first)));
        return zone;
    }
    assumed.push(
        "No time zone is known: clocks are taken to show universal time. --zone America/New_York changes that."
            .to_owned(),
    );
    TimeZone::UTC
}

fn fixed(seconds: i32) -> TimeZone {
    Offset::from_seconds(seconds).map_or(TimeZone::UTC, TimeZone::fixed)
}

fn offset_text(seconds: i32) -> String {
    if seconds == 0 {
        return "universal time".to_owned();
    }
    let sign = if seconds < 0 { '-' } else { '+' };
    let minutes = seconds.abs() / 60;
    format!("{sign}{:02}:{:02}", minutes / 60, minutes % 60)
}

fn all_days<'a>(rows: &'a [Asked], sheets: &'a [SheetDay]) -> impl Iterator<Item = Day> + 'a {
    let rows = rows.iter().flat_map(|row| [row.reading.day, row.heading]);
    rows.chain(sheets.iter().flat_map(|sheet| [sheet.named, sheet.above])).flatten()
}

/// Whether the day stands before the month in dates like 12/05.
fn the_order(rows: &[Asked], sheets: &[SheetDay], options: &Options, assumed: &mut Vec<String>) -> bool {
    if let Some(day_first) = options.day_first {
        return day_first;
    }
    let pairs: Vec<(i8, i8)> = all_days(rows, sheets)
        .filter_map(|day| match day {
            Day::Slashes { first, second, .. } => Some((first, second)),
            _ => None,
        })
        .collect();
    if pairs.iter().any(|(first, _)| *first > 12) {
        return true;
    }
    if pairs.iter().any(|(_, second)| *second > 12) {
        return false;
    }
    if let Some((first, second)) = pairs.iter().find(|(first, second)| first != second) {
        assumed.push(format!(
            "{first:02}/{second:02} may be two dates; it is read with the month first. --day-first reads the day first."
        ));
    }
    false
}

fn the_first_day(
    rows: &[Asked],
    sheets: &[SheetDay],
    options: &Options,
    day_first: bool,
    assumed: &mut Vec<String>,
) -> Date {
    if let Some(start) = &options.start {
        return start.at.date();
    }
    let fallback = Date::constant(DEFAULT_DAY.0, DEFAULT_DAY.1, DEFAULT_DAY.2);
    let full = |day: Day| match day {
        Day::Date(date) => Some(date),
        Day::Slashes { first, second, year: Some(year) } => in_order(first, second, year, day_first),
        _ => None,
    };
    let said = rows.iter().flat_map(|row| [row.reading.day, row.heading]).chain(sheets.iter().map(|sheet| sheet.named));
    if let Some(date) = said.flatten().filter_map(full).min() {
        return date;
    }
    let above = sheets.iter().filter_map(|sheet| sheet.above).filter_map(full).min();
    let partly = |year: i16| {
        all_days(rows, sheets).filter_map(move |day| match day {
            Day::Yearless(month, day) => Date::new(year, month, day).ok(),
            Day::Slashes { first, second, year: None } => in_order(first, second, year, day_first),
            _ => None,
        })
    };
    if let Some(date) = partly(above.map_or(DEFAULT_DAY.0, Date::year)).min() {
        if above.is_none() {
            assumed
                .push(format!("No year is given: dates are taken to be in {}. --start changes that.", DEFAULT_DAY.0));
        }
        return date;
    }
    if let Some(date) = above {
        assumed
            .push(format!("The first day is taken to be {date}, the date above the headings. --start changes that."));
        return date;
    }
    assumed.push(format!(
        "No date is given: the first day is taken to be {fallback}. --start {fallback}T{DEFAULT_TIME} changes that."
    ));
    fallback
}

fn in_order(first: i8, second: i8, year: i16, day_first: bool) -> Option<Date> {
    let (month, day) = if day_first { (second, first) } else { (first, second) };
    Date::new(year, month, day).ok()
}

/// The moment of `H+0`.
fn the_origin(
    frame: &Frame,
    rows: &[Asked],
    sheets: &[SheetDay],
    options: &Options,
    assumed: &mut Vec<String>,
) -> Timestamp {
    if let Some(start) = &options.start {
        return match start.offset {
            Some(offset) => instant(&fixed(offset), start.at),
            None => instant(&frame.zone, start.at),
        };
    }
    let needed = rows.iter().any(|row| row.reading.elapsed.is_some());
    let clocks = rows.iter().filter(|row| row.reading.clock.is_some() && row.reading.elapsed.is_none());
    let moment = |row: &Asked| {
        let day = row.reading.day.or(row.heading).or(sheets.get(row.sheet)?.named);
        let date = day.map_or(Some(frame.base), |day| frame.date(day, frame.base))?;
        frame.at(date, row.reading.clock?, row.reading.offset)
    };
    let named = clocks.clone().filter(|row| row.is_start).find_map(moment);
    if let Some(start) = named.or_else(|| clocks.filter_map(moment).min()) {
        if needed && named.is_none() {
            let civil = frame.zone.to_datetime(start);
            assumed.push(format!(
                "Relative times are counted from the first clock time, {}. --start changes that.",
                shown(civil)
            ));
        }
        return start;
    }
    if needed {
        assumed.push(format!("Relative times are counted from {DEFAULT_TIME} of the first day. --start changes that."));
    }
    frame.at(frame.base, DEFAULT_TIME_MS, None).unwrap_or(Timestamp::UNIX_EPOCH)
}

fn shown(civil: Civil) -> String {
    format!("{} {:02}:{:02}", civil.date(), civil.hour(), civil.minute())
}

fn instant(zone: &TimeZone, civil: Civil) -> Timestamp {
    zone.to_timestamp(civil).unwrap_or(Timestamp::UNIX_EPOCH)
}

impl Frame {
    /// The date of a day. What is not said of it is chosen so that it lies near `near`.
    fn date(&self, day: Day, near: Date) -> Option<Date> {
        let nearest =
            |candidates: Vec<Date>| candidates.into_iter().min_by_key(|date| (*date - near).get_days().unsigned_abs());
        let of_year = |month: i8, day: i8| {
            nearest((near.year() - 1..=near.year() + 1).filter_map(|year| Date::new(year, month, day).ok()).collect())
        };
        match day {
            Day::Date(date) => Some(date),
            Day::Slashes { first, second, year: Some(year) } => in_order(first, second, year, self.day_first),
            Day::Slashes { first, second, year: None } => {
                let (month, day) = if self.day_first { (second, first) } else { (first, second) };
                of_year(month, day)
            }
            Day::Yearless(month, day) => of_year(month, day),
            Day::OfMonth(day) => {
                let months = [-1, 0, 1]
                    .into_iter()
                    .filter_map(|months: i32| near.first_of_month().checked_add(months.months()).ok());
                nearest(months.filter_map(|month| Date::new(month.year(), month.month(), day).ok()).collect())
            }
            Day::Number(number) => self.base.checked_add(number.checked_sub(self.first)?.try_days()?).ok(),
            Day::After(days) => self.base.checked_add(days.try_days()?).ok(),
            Day::Weekday(weekday) => {
                let before = self.base.checked_sub(1.days()).ok()?;
                before.nth_weekday(1, weekday).ok()
            }
        }
    }

    fn at(&self, date: Date, clock: i64, offset: Option<i32>) -> Option<Timestamp> {
        let civil = date.to_datetime(Time::midnight()).checked_add(SignedDuration::from_millis(clock)).ok()?;
        match offset {
            Some(offset) => fixed(offset).to_timestamp(civil).ok(),
            None => self.zone.to_timestamp(civil).ok(),
        }
    }

    fn moments(&self, rows: &[Asked], sheets: &[SheetDay]) -> Vec<(Timestamp, How)> {
        let mut found: Vec<(Timestamp, How)> = Vec::new();
        let mut above: Option<(usize, Date, i64, Option<Day>)> = None;
        // How many times the clock has passed midnight since the day was last said.
        let mut nights = 0_i64;
        for (place, row) in rows.iter().enumerate() {
            let Reading { day, clock, elapsed, offset, .. } = row.reading;
            let sheet_day = sheets.get(row.sheet).and_then(|sheet| sheet.named);
            let above_here = above.filter(|(sheet, ..)| *sheet == row.sheet);
            let heading_is_new = row.heading.is_some() && above_here.is_none_or(|(.., heading)| heading != row.heading);
            let said = day.or(row.heading.filter(|_| heading_is_new));
            let near = above_here.map_or(self.base, |(_, date, ..)| date);
            let date = match said {
                Some(said) => self.date(said, near),
                None => match above_here {
                    Some((_, date, ..)) => Some(date),
                    None => sheet_day.map_or(Some(self.base), |day| self.date(day, self.base)),
                },
            };
            let mut how = How::Said;
            let moment = match (date, clock, elapsed) {
                (_, None, Some(elapsed)) => self.origin.checked_add(SignedDuration::from_millis(elapsed)).ok(),
                (Some(mut date), Some(clock), _) => {
                    if said.is_some() {
                        nights = 0;
                    } else if let Some((_, _, before, _)) = above_here {
                        if before - clock >= PAST_MIDNIGHT_MS {
                            date = date.checked_add(1.days()).unwrap_or(date);
                            nights += 1;
                            how = How::PastMidnight;
                        } else if clock - before > PAST_MIDNIGHT_MS && nights > 0 {
                            date = date.checked_sub(1.days()).unwrap_or(date);
                            nights -= 1;
                        }
                    }
                    above = Some((row.sheet, date, clock, row.heading));
                    self.at(date, clock, offset)
                }
                (Some(date), None, None) if day.is_some() => {
                    how = How::DayOnly;
                    let clock = above_here.filter(|(_, before, ..)| *before == date).map(|(_, _, clock, _)| clock);
                    let clock =
                        clock.unwrap_or(if date == self.base { self.hour_of_origin() } else { DEFAULT_TIME_MS });
                    above = Some((row.sheet, date, clock, row.heading));
                    nights = 0;
                    self.at(date, clock, None)
                }
                (Some(date), None, None) if heading_is_new || above_here.is_none() && sheet_day.is_some() => {
                    how = How::AsAbove;
                    above = Some((row.sheet, date, DEFAULT_TIME_MS, row.heading));
                    nights = 0;
                    self.at(date, DEFAULT_TIME_MS, None)
                }
                (None, ..) => {
                    how = How::Impossible;
                    None
                }
                _ => {
                    how = How::AsAbove;
                    None
                }
            };
            let moment = moment.filter(|moment| self.is_sensible(*moment)).unwrap_or_else(|| {
                if how != How::Impossible {
                    how = How::AsAbove;
                }
                let same_sheet = place.checked_sub(1).filter(|before| rows[*before].sheet == row.sheet);
                same_sheet.map_or(self.origin, |before| found[before].0)
            });
            found.push((moment, how));
        }
        found
    }

    /// Years of four digits that a scenario can hold.
    fn is_sensible(&self, moment: Timestamp) -> bool {
        (1900..=2200).contains(&self.zone.to_datetime(moment).year())
    }

    fn hour_of_origin(&self) -> i64 {
        let time = self.zone.to_datetime(self.origin).time();
        (i64::from(time.hour()) * 60 + i64::from(time.minute())) * 60_000
    }

    /// The full hour before or after.
    fn whole_hour(&self, moment: Timestamp, up: bool) -> Timestamp {
        let offset_ms = i64::from(self.zone.to_offset(moment).seconds()) * 1000;
        let local = moment.as_millisecond() + offset_ms;
        let hours = local.div_euclid(HOUR_MS) + i64::from(up && local.rem_euclid(HOUR_MS) > 0);
        Timestamp::from_millisecond(hours * HOUR_MS - offset_ms).unwrap_or(moment)
    }

    fn with_offset(&self, moment: Timestamp) -> DateTime {
        DateTime { unix_ms: moment.as_millisecond(), offset_s: self.zone.to_offset(moment).seconds() }
    }
}

/// Days that may be too many.
trait TryDays {
    fn try_days(self) -> Option<jiff::Span>;
}

impl TryDays for i64 {
    fn try_days(self) -> Option<jiff::Span> {
        jiff::Span::new().try_days(self).ok()
    }
}

const _: () = assert!(DEFAULT_TIME_MS < DAY_MS);
