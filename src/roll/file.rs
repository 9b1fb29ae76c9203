//! Owns the roll as a file: a line for each agency, parted by tabs, read with every problem and written in one order.

use std::fmt::Write as _;
use std::sync::Arc;

use jiff::civil::Date;

use super::{Enrolled, Held, Level, Roll};
use crate::campaign::choices::Model;
use crate::counties;
use crate::diagnostic::{Diagnostic, Diagnostics, SourceFile};
use crate::ice::{state_code, state_name};
use crate::values::Leaf;

/// What opens the file, above the day and the agencies.
const HEAD: &str = "\
# Agencies on ICE's list of agencies with 287(g) agreements, without their names: one line each.
# State; county by FIPS code, empty for what serves a whole state or where no county is settled;
# c county, m city or town, s state, - not said; agreements as model:day of signing, the day empty where it is not settled.
# Source: U.S. Immigration and Customs Enforcement, list of participating agencies, https://www.ice.gov/identify-and-arrest/287g
# Written by `handbill import ice`.
";

impl Level {
    fn letter(self) -> &'static str {
        match self {
            Level::County => "c",
            Level::City => "m",
            Level::State => "s",
            Level::Unsaid => "-",
        }
    }

    fn from_letter(letter: &str) -> Option<Level> {
        [Level::County, Level::City, Level::State, Level::Unsaid].into_iter().find(|level| level.letter() == letter)
    }
}

/// Writes a roll; agencies that are the same in all the roll keeps stand as often as there are.
pub fn write(roll: &Roll) -> String {
    let mut text = HEAD.to_string();
    let _ = writeln!(text, "as_of\t{}", roll.as_of);
    let mut agencies: Vec<&Enrolled> = roll.agencies.iter().collect();
    agencies.sort();
    for agency in agencies {
        let held: Vec<String> = agency
            .agreements
            .iter()
            .map(|held| format!("{}:{}", held.model.word(), held.signed.map(|day| day.to_string()).unwrap_or_default()))
            .collect();
        let county = agency.county.unwrap_or_default();
        let _ = writeln!(text, "{}\t{county}\t{}\t{}", agency.state, agency.level.letter(), held.join(" "));
    }
    text
}

/// Reads a roll; `None` and every problem if a line of it is wrong.
pub fn read(file: &Arc<SourceFile>, problems: &mut Diagnostics) -> Option<Roll> {
    let mut as_of = None;
    let mut agencies = Vec::new();
    let mut wrong = Diagnostics::default();
    let mut at = 0;
    for line in file.text.split_inclusive('\n') {
        let place = at..at + line.trim_end().len();
        at += line.len();
        let line = line.trim_end_matches(['\n', '\r']);
        if line.trim().is_empty() || line.starts_with('#') {
            continue;
        }
        let read = match line.split_once('\t') {
            Some(("as_of", day)) => day_of(day).map(|day| as_of = Some(day)),
            _ => agency(line).map(|agency| agencies.push(agency)),
        };
        if let Err(why) = read {
            wrong.push(Diagnostic::error(why).at(file, place));
        }
    }
    let day_missing = as_of.is_none() && !wrong.has_errors();
    if day_missing {
        wrong.push(
            Diagnostic::error("the list does not say its day")
                .at(file, 0..0)
                .hint("write it as `as_of`, a tab, the day"),
        );
    }
    for agency in &agencies {
        let late = |held: &&Held| held.signed.zip(as_of).is_some_and(|(signed, as_of)| signed > as_of);
        if let Some(held) = agency.agreements.iter().find(late) {
            let day = held.signed.unwrap_or_default().to_string();
            let place = file.text.find(&day).unwrap_or(0);
            wrong.push(
                Diagnostic::error(format!("an agreement is signed on {day}, after the day of the list"))
                    .at(file, place..place + day.len()),
            );
        }
    }
    let good = !wrong.has_errors();
    if !good {
        // One slip of an editor can spoil every line; the way back is the same for all.
        problems.extend(wrong);
        problems.push(
            Diagnostic::warning("the list in the program's form cannot be used as it is")
                .file(&file.path)
                .hint("delete it: the one in the program is used then, and `handbill import ice LIST` writes it anew"),
        );
    }
    as_of.filter(|_| good).map(|as_of| Roll { as_of, agencies })
}

fn day_of(text: &str) -> Result<Date, String> {
    <crate::values::Date as Leaf>::parse(text).map(|day| day.0)
}

fn agency(line: &str) -> Result<Enrolled, String> {
    let columns: Vec<&str> = line.split('\t').collect();
    let [state, county, level, agreements] = columns.as_slice() else {
        return Err(format!("the line has {} columns, expected 4 parted by tabs", columns.len()));
    };
    // Codes are written, not typed: a misspelt one is no state.
    let state = state_code(state)
        .filter(|code| code == state && state_name(code).is_some())
        .ok_or_else(|| format!("`{state}` is not a state's two letters"))?;
    let county = match *county {
        "" => None,
        fips => Some(
            counties::by_fips(fips)
                .filter(|county| county.state == state)
                .ok_or_else(|| format!("`{fips}` is not the code of a county in {state}"))?
                .fips,
        ),
    };
    let level = Level::from_letter(level).ok_or_else(|| format!("`{level}` is not one of `c`, `m`, `s`, `-`"))?;
    let agreements = agreements.split(' ').map(held).collect::<Result<Vec<Held>, String>>()?;
    Ok(Enrolled { state, county, level, agreements })
}

fn held(text: &str) -> Result<Held, String> {
    let wrong = || format!("`{text}` is not an agreement, expected one such as `warrant:2025-05-22`");
    let (model, day) = text.split_once(':').ok_or_else(wrong)?;
    let model = <Model as Leaf>::parse(model).map_err(|_| wrong())?;
    let signed = match day {
        "" => None,
        day => Some(day_of(day)?),
    };
    Ok(Held { model, signed })
}

#[cfg(test)]
mod tests {
    use super::{read, write};
    use crate::diagnostic::{Diagnostics, SourceFile};
    use crate::roll::Roll;

    fn tried(text: &str) -> (Option<Roll>, Vec<String>) {
        let mut problems = Diagnostics::default();
        let roll = read(&SourceFile::new("agreements.tsv", text), &mut problems);
        let told = problems
            .iter()
            .filter(|problem| problem.path() == Some("agreements.tsv"))
            .map(|problem| problem.message.clone())
            .collect();
        (roll, told)
    }

    #[test]
    fn what_is_written_is_read_again() {
        let text = "as_of\t2026-05-18\nTX\t\ts\tjail:\nMN\t27035\tc\ttask-force:2025-03-25 warrant:2025-06-01\n";
        let (roll, told) = tried(text);
        assert!(told.is_empty(), "{told:?}");
        let roll = roll.expect("it is whole");
        let written = write(&roll);
        assert!(
            written.contains("MN\t27035\tc\ttask-force:2025-03-25 warrant:2025-06-01\nTX\t\ts\tjail:\n"),
            "{written}"
        );
        let again = tried(&written).0.expect("what is written can be read");
        assert_eq!(write(&again), written);
        assert_eq!(again.agencies.len(), roll.agencies.len());
    }

    #[test]
    fn every_wrong_line_is_told() {
        let text = "as_of\t2026-05-18\nMN\t27035\tc\nMN\t01001\tc\tjail:\nXX\t\tc\tjail:\nMN\t\tq\tjail:\nMN\t\tc\tjial:\n\
            MN\t\tc\tjail:2026-06-01\n";
        let (roll, told) = tried(text);
        assert!(roll.is_none());
        assert_eq!(told.len(), 7, "{told:?}");
        assert!(told[0].contains("3 columns") && told[1].contains("01001") && told[5].contains("after the day"));
        assert!(tried("MN\t\tc\tjail:\n").1[0].contains("does not say its day"));
    }
}
