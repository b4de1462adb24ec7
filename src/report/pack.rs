//! The outcome of a run as bytes, bit for bit, and back.
//!
//! Numbers that follow one another are often equal or nearly so. So each is written as its difference (exclusive or) from
//! the one before, without the zero bytes at either end, and equal ones in a row as their count. (The idea is that of Gorilla: Pelkonen
//! et al. 2015, doi:10.14778/2824032.2824078.)

use crate::engine::{EventId, Span, Time};
use crate::study::Columns;
use crate::world::{ContingencyOutcome, Outcome, Status};

/// The mark of a count of equal numbers; any other first byte says how many zero bytes were left out.
const EQUAL: u8 = 0x80;

/// Most equal numbers under one mark.
const MOST_EQUAL: usize = 128;

/// Adds an outcome to the bytes.
pub(super) fn pack(outcome: &Outcome, bytes: &mut Vec<u8>) {
    bytes.push(match outcome.status {
        Status::Ok => 0,
        Status::Runaway => 1,
    });
    pack_whole(u64::from(outcome.events), bytes);
    for numbers in [&outcome.drawn, &outcome.measures, &outcome.series] {
        pack_numbers(numbers, bytes);
    }
    pack_whole(outcome.contingencies.len() as u64, bytes);
    for found in &outcome.contingencies {
        let present =
            [found.onset.is_some(), found.duration != Span::ZERO, found.severity.is_some(), found.cause.is_some()];
        bytes.push(present.iter().rev().fold(0, |flags, &present| flags << 1 | u8::from(present)));
        if let Some(onset) = found.onset {
            pack_whole(onset.0 as u64, bytes);
        }
        if found.duration != Span::ZERO {
            pack_whole(found.duration.0 as u64, bytes);
        }
        if let Some(severity) = found.severity {
            bytes.extend(severity.to_bits().to_le_bytes());
        }
        if let Some(cause) = found.cause {
            pack_whole(u64::from(cause.0), bytes);
        }
    }
}

/// Whether two outcomes are the same to the last bit, in everything that is kept.
pub fn same_bits(one: &Outcome, other: &Outcome) -> bool {
    let packed = |outcome| {
        let mut bytes = Vec::new();
        pack(outcome, &mut bytes);
        bytes
    };
    packed(one) == packed(other)
}

/// Seven bits a byte, the lowest first; the eighth says that more follow.
fn pack_whole(mut value: u64, bytes: &mut Vec<u8>) {
    while value >= 0x80 {
        bytes.push(value as u8 | 0x80);
        value >>= 7;
    }
    bytes.push(value as u8);
}

fn pack_numbers(numbers: &[f64], bytes: &mut Vec<u8>) {
    pack_whole(numbers.len() as u64, bytes);
    let mut before = 0;
    let mut equal = 0;
    for number in numbers {
        let bits = number.to_bits();
        let difference = bits ^ before;
        before = bits;
        if difference == 0 {
            equal += 1;
            continue;
        }
        pack_equal(&mut equal, bytes);
        let (leading, trailing) = (difference.leading_zeros() / 8, difference.trailing_zeros() / 8);
        bytes.push((leading << 3 | trailing) as u8);
        let kept = (8 - leading - trailing) as usize;
        bytes.extend_from_slice(&(difference >> (8 * trailing)).to_le_bytes()[..kept]);
    }
    pack_equal(&mut equal, bytes);
}

fn pack_equal(equal: &mut usize, bytes: &mut Vec<u8>) {
    while *equal > 0 {
        let count = (*equal).min(MOST_EQUAL);
        bytes.push(EQUAL | (count - 1) as u8);
        *equal -= count;
    }
}

/// Reads outcomes from bytes. Whatever the bytes are, it ends, takes no more memory than the columns ask for, and never panics.
pub(super) struct Unpacking<'a> {
    bytes: &'a [u8],
}

impl<'a> Unpacking<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Unpacking { bytes }
    }

    /// How many bytes are left.
    pub(super) fn left(&self) -> usize {
        self.bytes.len()
    }

    /// The next outcome; nothing if the bytes are not one of a run with these columns.
    pub(super) fn outcome(&mut self, columns: &Columns, outcome: &mut Outcome) -> Option<()> {
        outcome.status = match self.byte()? {
            0 => Status::Ok,
            1 => Status::Runaway,
            _ => return None,
        };
        outcome.events = self.whole()?.try_into().ok()?;
        outcome.inputs.clear();
        self.numbers(columns.uncertainties.len(), &mut outcome.drawn)?;
        self.numbers(columns.measures.len(), &mut outcome.measures)?;
        self.numbers(columns.measures.len() * columns.grid.len(), &mut outcome.series)?;
        let contingencies = self.whole()?;
        if contingencies != columns.contingencies.len() as u64 {
            return None;
        }
        outcome.contingencies.clear();
        for _ in 0..contingencies {
            outcome.contingencies.push(self.contingency()?);
        }
        Some(())
    }

    fn contingency(&mut self) -> Option<ContingencyOutcome> {
        let flags = self.byte()?;
        let mut found = ContingencyOutcome::default();
        if flags & 1 != 0 {
            found.onset = Some(Time(self.whole()? as i64));
        }
        if flags & 2 != 0 {
            found.duration = Span(self.whole()? as i64);
        }
        if flags & 4 != 0 {
            found.severity = Some(f64::from_bits(self.word(8)?));
        }
        if flags & 8 != 0 {
            found.cause = Some(EventId(self.whole()?.try_into().ok()?));
        }
        (flags < 16).then_some(found)
    }

    fn numbers(&mut self, most: usize, numbers: &mut Vec<f64>) -> Option<()> {
        let length = usize::try_from(self.whole()?).ok().filter(|length| *length <= most)?;
        numbers.clear();
        let mut before = 0;
        while numbers.len() < length {
            let mark = self.byte()?;
            if mark & EQUAL != 0 {
                let count = usize::from(mark & !EQUAL) + 1;
                let end = Some(numbers.len() + count).filter(|end| *end <= length)?;
                numbers.resize(end, f64::from_bits(before));
                continue;
            }
            let (leading, trailing) = (u32::from(mark >> 3), u32::from(mark & 7));
            let kept = 8u32.checked_sub(leading + trailing)?;
            before ^= self.word(kept as usize)?.checked_shl(8 * trailing)?;
            numbers.push(f64::from_bits(before));
        }
        Some(())
    }

    fn byte(&mut self) -> Option<u8> {
        let (&byte, rest) = self.bytes.split_first()?;
        self.bytes = rest;
        Some(byte)
    }

    fn word(&mut self, length: usize) -> Option<u64> {
        let (kept, rest) = self.bytes.split_at_checked(length)?;
        self.bytes = rest;
        let mut word = [0; 8];
        word[..length].copy_from_slice(kept);
        Some(u64::from_le_bytes(word))
    }

    fn whole(&mut self) -> Option<u64> {
        let mut value = 0;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            value |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Some(value);
            }
        }
        None
    }
}
