//! Owns lists of a state's legislators in the layout of Open States.

use jiff::civil::Date;

use super::{Entry, Found, district_key, printed};
use crate::campaign::choices::Role;
use crate::campaign::officials::problem_in;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::facts::State;
use crate::table::{Column, Table, Unknown, match_columns};

/// How the source of every row from this list begins.
pub const SOURCE: &str = "Open States data";

/// The columns that are read. Parties stand in the file too, and are not read.
pub const COLUMNS: &[Column] = &[
    Column { name: "name", also: &[], required: true },
    Column { name: "family_name", also: &[], required: false },
    Column { name: "state", also: &[], required: false },
    Column { name: "chamber", also: &["current_chamber"], required: true },
    Column { name: "district", also: &["current_district"], required: true },
    Column { name: "email", also: &[], required: false },
    Column { name: "address", also: &["capitol_address"], required: false },
    Column { name: "phone", also: &["capitol_voice"], required: false },
];

/// A legislator as the list has it.
#[derive(Debug, Clone)]
pub struct Legislator {
    /// Whether of the upper house, or of a legislature with one.
    pub upper: bool,
    /// The district, as the list writes it.
    pub district: String,
    entry: Entry,
    addressed: bool,
    problems: Vec<Diagnostic>,
}

/// Reads the legislators of a state.
pub fn read(table: &Table, state: &State, problems: &mut Diagnostics) -> Vec<Legislator> {
    let columns = match_columns(table, COLUMNS, Unknown::Ignore, problems);
    if problems.has_errors() {
        return Vec::new();
    }
    let (mut found, mut elsewhere) = (Vec::new(), Vec::new());
    for row in table.rows() {
        let cell = |name| columns.cell(row, name);
        let of = cell("state");
        if !of.is_empty() && !of.eq_ignore_ascii_case(&state.code) && !of.eq_ignore_ascii_case(&state.name) {
            if !elsewhere.contains(&of) {
                elsewhere.push(of);
            }
            continue;
        }
        let upper = match cell("chamber").to_lowercase().as_str() {
            "upper" | "legislature" => true,
            "lower" => false,
            other => {
                problems.push(
                    Diagnostic::error(format!("`{other}` is no chamber"))
                        .spot(Some(columns.spot(row, "chamber")))
                        .hint("expected lower, upper or legislature"),
                );
                continue;
            }
        };
        let mut entry = Entry::new(if upper { Role::StateSenator } else { Role::StateRepresentative });
        entry.set("name", cell("name"));
        entry.set("last", cell("family_name"));
        entry.set("title", if upper { "Senator" } else { state.lower_member.as_deref().unwrap_or("Representative") });
        let district = cell("district");
        let number = district.chars().next().is_some_and(|c| c.is_ascii_digit());
        entry.set("district", if number { format!("District {district}") } else { district.to_string() });
        // The person's name and district are good, whatever else is not.
        let mut wrong = Vec::new();
        for column in ["email", "phone"] {
            match problem_in(column, cell(column)) {
                None => entry.set(column, cell(column)),
                Some(problem) => wrong.push(
                    Diagnostic::warning(problem.message).spot(Some(columns.spot(row, column))).hint("it is left out"),
                ),
            }
        }
        let parts = address(cell("address"));
        let addressed = parts.is_some();
        if let Some([street, city, state, zip]) = parts {
            entry.set("street", street);
            entry.set("city", city);
            entry.set("state", state);
            entry.set("zip", zip);
        } else if !cell("address").is_empty() {
            wrong.push(
                Diagnostic::warning(format!("the address cannot be parted: `{}`", cell("address")))
                    .spot(Some(columns.spot(row, "address")))
                    .hint("it is left out; expected street, city, state and ZIP code, with commas between"),
            );
        }
        found.push(Legislator { upper, district: district.to_string(), entry, addressed, problems: wrong });
    }
    if found.is_empty() && !elsewhere.is_empty() {
        problems.push(
            Diagnostic::error(format!("the list is of {}, the campaign is in {}", elsewhere.join(", "), state.code))
                .file(&table.file),
        );
    }
    found
}

/// Those of the districts asked for, stamped with the list's day.
pub fn entries(all: &[Legislator], lower: &[String], upper: &[String], day: Date) -> Found {
    let source = format!("{SOURCE}, {}", printed(day));
    let mut found = Found { tag: SOURCE.to_string(), ..Found::default() };
    for (is_upper, districts) in [(false, lower), (true, upper)] {
        for district in districts {
            let key = district_key(district);
            for person in all.iter().filter(|one| one.upper == is_upper && district_key(&one.district) == key) {
                let mut entry = person.entry.clone();
                entry.stamp(&source, day);
                if !person.addressed {
                    let name = entry.get("name");
                    found.notes.push(format!("{name}: the list has no address; the letter gets lines to write it on"));
                }
                found.problems.extend(person.problems.iter().cloned());
                found.entries.push(entry);
            }
        }
    }
    found
}

/// Street, city, state and ZIP code of an address on one line.
fn address(text: &str) -> Option<[String; 4]> {
    let parts: Vec<&str> = text.split([',', ';', '\n']).map(str::trim).filter(|part| !part.is_empty()).collect();
    let [street @ .., city, last] = parts.as_slice() else { return None };
    let (state, zip) = last.rsplit_once(' ')?;
    let good = state.len() == 2 && state.chars().all(|c| c.is_ascii_uppercase()) && problem_in("zip", zip).is_none();
    (good && !street.is_empty()).then(|| [street.join(", "), city.to_string(), state.to_string(), zip.to_string()])
}

#[cfg(test)]
mod tests {
    use super::address;

    #[test]
    fn addresses_on_one_line_are_parted() {
        let text = "State Capitol Room 5, P.O. Box 1 , 2 E. Main St., Madison, WI 53708";
        let parts = ["State Capitol Room 5, P.O. Box 1, 2 E. Main St.", "Madison", "WI", "53708"].map(str::to_string);
        assert_eq!(address(text), Some(parts));
        assert!(address("Room 4;State House;Augusta, ME 04333").is_some_and(|parts| parts[1] == "Augusta"));
        assert_eq!(address("Madison, WI 53708"), None);
        assert_eq!(address("2 E. Main St., Madison, Wisconsin"), None);
    }
}
