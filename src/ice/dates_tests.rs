//! Owns the tests of `dates`.

use super::{AHEAD, Cell, DateCell, How, NO_DAY, NO_DIGITS, STALE, as_of, named, signed, suggest};
use crate::ice::DayPart;
use jiff::civil::{Date, date};

fn text(found: &str) -> (DateCell, How) {
    signed(Some(&Cell { text: found.to_string(), ..Cell::default() }), date(2026, 5, 18))
}

fn unsettled(found: &str, candidates: &[Date]) -> DateCell {
    DateCell::Unsettled { found: found.to_string(), candidates: candidates.to_vec() }
}

#[test]
fn broken_text_with_one_reading_is_corrected() {
    assert_eq!(text("05/082025"), (DateCell::Day(date(2025, 5, 8)), How::Corrected));
    assert_eq!(text("7/72025"), (DateCell::Day(date(2025, 7, 7)), How::Corrected));
    assert_eq!(text("05082025"), (DateCell::Day(date(2025, 5, 8)), How::Corrected));
    assert_eq!(text("45785"), (DateCell::Day(date(2025, 5, 8)), How::Corrected));
    assert_eq!(text("5/8/2025"), (DateCell::Day(date(2025, 5, 8)), How::Plain));
    assert_eq!(text("2025-05-08T00:00:00"), (DateCell::Day(date(2025, 5, 8)), How::Plain));
    assert_eq!(text("#N/A"), (DateCell::Missing, How::Plain));
}

#[test]
fn several_readings_are_left_for_a_person() {
    assert_eq!(text("1112025"), (unsettled("1112025", &[date(2025, 1, 11), date(2025, 11, 1)]), How::Unreadable));
    assert_eq!(text("13/05/2025"), (unsettled("13/05/2025", &[date(2025, 5, 13)]), How::Unreadable));
    assert_eq!(text("soon"), (unsettled("soon", &[]), How::Unreadable));
}

#[test]
fn impossible_years_are_left_with_candidates() {
    let cell = |day: Date| Cell { text: day.to_string(), date: Some(day), link: None };
    let read = |day| signed(Some(&cell(day)), date(2026, 5, 18));
    assert_eq!(read(date(5025, 5, 8)), (unsettled("5025-05-08", &[date(2025, 5, 8)]), How::Impossible));
    let (found, how) = read(date(2052, 3, 1));
    assert_eq!(how, How::Impossible);
    assert!(matches!(found, DateCell::Unsettled { candidates, .. } if candidates.contains(&date(2025, 3, 1))));
    assert_eq!(read(date(2026, 5, 18)), (DateCell::Day(date(2026, 5, 18)), How::Plain));
    assert_eq!(read(date(2026, 5, 19)).1, How::Impossible);
}

#[test]
fn the_links_name_suggests_a_day() {
    let mut cell = unsettled("5/8/5025", &[date(2025, 5, 8)]);
    suggest(&mut cell, "https://www.ice.gov/doclib/287gMOA/BeeCoTX_WSO_MOA_05.07.25.pdf", date(2026, 5, 18));
    assert_eq!(cell, unsettled("5/8/5025", &[date(2025, 5, 7), date(2025, 5, 8)]));
    suggest(&mut cell, "https://www.ice.gov/doclib/287gMOA/BeeCoTX_WSO_MOA_05082025.pdf", date(2026, 5, 18));
    assert_eq!(cell, unsettled("5/8/5025", &[date(2025, 5, 8), date(2025, 5, 7)]));
}

#[test]
fn the_lists_day_is_in_the_name() {
    let found = named("participatingAgencies05182026am.xlsx");
    assert_eq!((found.day, found.part), (Some(date(2026, 5, 18)), Some(DayPart::Am)));
    assert_eq!(named("2026-05-18/list_20260518.csv").day, Some(date(2026, 5, 18)));
    assert_eq!(named("pendingAgencies061725.xlsx").day, Some(date(2025, 6, 17)));
    let impossible = named("participatingAgencies09312025pm.xlsx");
    assert_eq!((impossible.day, impossible.near), (None, vec![date(2025, 9, 30)]));
    assert_eq!(named("participatingAgencies1312025.xlsx").day, None);
    assert_eq!(named("list.xlsx").digits, None);
}

#[test]
fn the_name_is_checked_against_the_signatures() {
    let days: Vec<Date> = (1..=9).map(|day| date(2026, 1, day)).collect();
    let (guess, why) = as_of(&named("participatingAgencies01102025am.xlsx"), &days);
    let guess = guess.unwrap();
    assert_eq!((guess.day, why), (None, Some(STALE)));
    assert_eq!(guess.candidates, [date(2026, 1, 10), date(2026, 1, 9)]);

    let (guess, why) = as_of(&named("participatingAgencies01102026am.xlsx"), &days);
    assert_eq!((guess.unwrap().day, why), (Some(date(2026, 1, 10)), None));
    let (guess, why) = as_of(&named("participatingAgencies01102027am.xlsx"), &days);
    assert_eq!((guess.unwrap().day, why), (Some(date(2027, 1, 10)), Some(AHEAD)));
    let (guess, why) = as_of(&named("participatingAgencies13452026.xlsx"), &days);
    assert_eq!((guess.unwrap().candidates, why), (vec![date(2026, 1, 9)], Some(NO_DAY)));
    assert_eq!(as_of(&named("list.xlsx"), &[]), (None, Some(NO_DIGITS)));
}
