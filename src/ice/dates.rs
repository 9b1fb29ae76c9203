//! Owns days: of a signature, whole or broken, and of the list, from the file's name.

use super::clean::{says_nothing, slips};
use super::sheet::Cell;
use super::{AsOfGuess, DateCell, DayPart};
use jiff::ToSpan;
use jiff::civil::{Date, date};

/// The first 287(g) agreement was Florida's of 2002; nothing on a list is older.
const FIRST: Date = date(2002, 1, 1);

/// How a cell's day was come by.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum How {
    /// As it stands.
    Plain,
    /// Corrected; the text has one reading only.
    Corrected,
    /// Left for a person: no reading, or several.
    Unreadable,
    /// Left for a person: a whole day, but before the first agreement or after the list.
    Impossible,
}

/// Reads a cell of the SIGNED column; `latest` is the last day that is possible.
pub(super) fn signed(cell: Option<&Cell>, latest: Date) -> (DateCell, How) {
    let Some(cell) = cell else { return (DateCell::Missing, How::Plain) };
    let found = cell.text.trim().to_string();
    if let Some(day) = cell.date {
        return judge(day, found, latest);
    }
    if says_nothing(&found) {
        return (DateCell::Missing, How::Plain);
    }
    if let Some(day) = whole(&found) {
        return judge(day, found, latest);
    }
    let mut candidates: Vec<Date> = broken(&found);
    candidates.retain(|day| (FIRST..=latest).contains(day));
    candidates.dedup();
    match candidates.as_slice() {
        [day] if !swapped(&found, *day) => (DateCell::Day(*day), How::Corrected),
        _ => (DateCell::Unsettled { found, candidates }, How::Unreadable),
    }
}

fn judge(day: Date, found: String, latest: Date) -> (DateCell, How) {
    if (FIRST..=latest).contains(&day) {
        return (DateCell::Day(day), How::Plain);
    }
    (DateCell::Unsettled { found, candidates: other_years(day, latest) }, How::Impossible)
}

/// The same day in years one slip of the finger away, newest first. ICE's slips are in the year's first digits (5025, 2052).
pub(super) fn other_years(day: Date, latest: Date) -> Vec<Date> {
    let written = format!("{:04}", day.year());
    (FIRST.year()..=latest.year())
        .rev()
        .filter(|year| slips(&written, &year.to_string()) == 1)
        .filter_map(|year| Date::new(year, day.month(), day.day()).ok())
        .filter(|day| (FIRST..=latest).contains(day))
        .take(3)
        .collect()
}

fn ymd(year: &str, month: &str, day: &str) -> Option<Date> {
    let year = match (year.len(), year.parse::<i16>().ok()?) {
        (4, year) => year,
        (2, year) => 2000 + year,
        _ => return None,
    };
    Date::new(year, month.parse().ok()?, day.parse().ok()?).ok()
}

/// A whole date as text: month first, as everywhere in the United States, or the year first.
fn whole(text: &str) -> Option<Date> {
    // Some exports write a time of day after the date.
    let text = text.split([' ', 'T']).next().unwrap_or_default();
    let parts: Vec<&str> = text.split(['/', '-', '.']).collect();
    match parts.as_slice() {
        [year, month, day] if year.len() == 4 => ymd(year, month, day),
        [month, day, year] => ymd(year, month, day),
        _ => None,
    }
}

/// Every day a broken text may mean: separators lost, month and day changed places, or Excel's own number for a day.
fn broken(text: &str) -> Vec<Date> {
    let parts: Vec<&str> =
        text.split(|letter: char| !letter.is_ascii_digit()).filter(|part| !part.is_empty()).collect();
    let mut days = Vec::new();
    let mut split = |head: &str, year: &str| {
        for at in 1..head.len() {
            let (month, day) = head.split_at(at);
            if month.len() <= 2 && day.len() <= 2 {
                days.extend(ymd(year, month, day));
            }
        }
    };
    match parts.as_slice() {
        [month, rest] if rest.len() >= 5 => {
            let (day, year) = rest.split_at(rest.len() - 4);
            days.extend(ymd(year, month, day));
        }
        [head, year] if year.len() == 4 => split(head, year),
        [month, day, year] => days.extend(ymd(year, day, month)),
        [all] if (6..=8).contains(&all.len()) => {
            let (head, year) = all.split_at(all.len() - 4);
            split(head, year);
        }
        [all] if all.len() == 5 && *all == text => days.extend(serial(all)),
        _ => {}
    }
    days
}

fn serial(text: &str) -> Option<Date> {
    date(1899, 12, 30).checked_add(text.parse::<i64>().ok()?.days()).ok()
}

/// Whether the reading needed month and day to change places, which is a guess and no correction.
fn swapped(text: &str, day: Date) -> bool {
    let parts: Vec<i16> =
        text.split(|letter: char| !letter.is_ascii_digit()).filter_map(|part| part.parse().ok()).collect();
    matches!(parts.as_slice(), [first, second, _] if *first == i16::from(day.day()) && *second == i16::from(day.month()))
}

/// Puts the day that a link's own name ends in (`..._MOA_05.08.25.pdf`) first among an unsettled cell's candidates.
pub(super) fn suggest(cell: &mut DateCell, link: &str, latest: Date) {
    let DateCell::Unsettled { candidates, .. } = cell else { return };
    let file = link.rsplit('/').next().unwrap_or_default();
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let digits: String =
        stem.rsplit(['_', '-']).next().unwrap_or_default().chars().filter(char::is_ascii_digit).collect();
    let day = match digits.len() {
        6 | 8 => ymd(&digits[4..], &digits[..2], &digits[2..4]),
        _ => None,
    };
    if let Some(day) = day.filter(|day| (FIRST..=latest).contains(day)) {
        candidates.retain(|candidate| *candidate != day);
        candidates.insert(0, day);
    }
}

/// What a file's name says of the list's day.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Named {
    /// The digits, where there are any.
    pub digits: Option<String>,
    /// The day they mean, if they mean one.
    pub day: Option<Date>,
    /// Days near an impossible one.
    pub near: Vec<Date>,
    /// Morning or afternoon.
    pub part: Option<DayPart>,
}

/// Reads the day from a name such as `participatingAgencies05182026am.xlsx`.
pub(super) fn named(name: &str) -> Named {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let digits = stem
        .split(|letter: char| !letter.is_ascii_digit())
        .filter(|run| (6..=8).contains(&run.len()))
        .max_by_key(|run| run.len());
    let Some(digits) = digits else { return Named { digits: None, day: None, near: Vec::new(), part: None } };
    let after =
        stem.rsplit_once(digits).map_or("", |(_, after)| after).trim_start_matches(['_', '-', ' ']).to_lowercase();
    let part = match after.get(..2) {
        Some("am") => Some(DayPart::Am),
        Some("pm") => Some(DayPart::Pm),
        _ => None,
    };
    let sane = |day: &Date| (FIRST..=date(2099, 12, 31)).contains(day);
    let mut near = Vec::new();
    let day = match digits.len() {
        8 => {
            let (month, day, year) = (&digits[..2], &digits[2..4], &digits[4..]);
            let found = ymd(year, month, day).or_else(|| ymd(&digits[..4], &digits[4..6], &digits[6..])).filter(sane);
            if found.is_none() {
                near.extend(ymd(year, day, month).filter(sane));
                near.extend(ymd(year, month, "1").filter(sane).map(Date::last_of_month));
            }
            found
        }
        6 => ymd(&digits[4..], &digits[..2], &digits[2..4]).filter(sane),
        _ => None,
    };
    if day.is_none() && digits.len() < 8 {
        near.extend(broken(digits).into_iter().filter(sane));
    }
    Named { digits: Some(digits.to_string()), day, near, part }
}

/// Why the name's day was not simply taken, in a few words.
pub(super) const STALE: &str = "many signatures are later than the day in the file's name";
/// The same for a day that is none.
pub(super) const NO_DAY: &str = "the file's name holds no possible day";
/// The same for a name without digits.
pub(super) const NO_DIGITS: &str = "the file's name holds no date";
/// The day is taken, yet looks wrong.
pub(super) const AHEAD: &str = "the newest signature is more than 45 days older than the day in the file's name";

/// Weighs the name's day against the signatures; gives the reason where a person should look.
pub(super) fn as_of(named: &Named, signatures: &[Date]) -> (Option<AsOfGuess>, Option<&'static str>) {
    let newest = signatures.iter().max().copied();
    let guess = |day, candidates| AsOfGuess { day, part: named.part, candidates, newest_signature: newest };
    let Some(day) = named.day else {
        let mut candidates = named.near.clone();
        if let Some(newest) = newest {
            candidates.retain(|day| *day >= newest);
            candidates.push(newest);
        }
        candidates.dedup();
        let why = if named.digits.is_some() { NO_DAY } else { NO_DIGITS };
        return ((!candidates.is_empty()).then(|| guess(None, candidates)), Some(why));
    };
    let later = signatures.iter().filter(|signature| **signature > day).count();
    // A few later days are slips in their cells; many mean that the name is the slip, as when January's list keeps the old year.
    if later > 3.max(signatures.len() / 50) {
        let mut candidates = vec![];
        if let Some(newest) = newest {
            let next = Date::new(day.year() + 1, day.month(), day.day()).ok();
            candidates.extend(next.filter(|next| *next >= newest && *next <= newest.saturating_add(60.days())));
            candidates.push(newest);
        }
        return (Some(guess(None, candidates)), Some(STALE));
    }
    let newest_possible = signatures.iter().filter(|signature| **signature <= day).max().copied();
    let ahead = newest_possible.is_some_and(|newest| newest.saturating_add(45.days()) < day);
    (
        Some(AsOfGuess { day: Some(day), part: named.part, candidates: vec![], newest_signature: newest_possible }),
        ahead.then_some(AHEAD),
    )
}

#[cfg(test)]
#[path = "dates_tests.rs"]
mod tests;
