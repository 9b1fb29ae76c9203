//! Owns filling a campaign's table of officials from any list: the campaign opened, the people brought in, the files written whole.

use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::Path;

use inquire::InquireError;
use jiff::civil::Date;

use super::{ask, asking};
use crate::campaign::load::{CAMPAIGN_FILE, read_text};
use crate::campaign::officials::{COLUMNS, find, read_table};
use crate::campaign::raw;
use crate::cli::Filling;
use crate::commands::{DONE, FILES, PROBLEMS, USAGE, count, print, report};
use crate::decode::decode;
use crate::deliver::open_to_all;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::facts::State;
use crate::kit::Kit;
use crate::officials::mapping::Mapping;
use crate::officials::merge::{Holder, Outcome, merge};
use crate::officials::sheet::Sheet;
use crate::officials::{Found, day_in, district_key};
use crate::table;
use crate::values::{Field, Text};

/// Why an import ends before it has written anything: the exit code, and what is told.
pub(super) struct Stop(pub(super) u8, pub(super) Diagnostics);

impl Stop {
    pub(super) fn one(code: u8, problem: Diagnostic) -> Stop {
        let mut problems = Diagnostics::default();
        problems.push(problem);
        Stop(code, problems)
    }
}

impl From<InquireError> for Stop {
    fn from(error: InquireError) -> Stop {
        Stop::one(
            PROBLEMS,
            match error {
                InquireError::OperationCanceled | InquireError::OperationInterrupted => {
                    Diagnostic::error("stopped at a question; nothing was written")
                }
                other => Diagnostic::error(format!("cannot ask in this terminal: {other}")),
            },
        )
    }
}

/// The campaign that is filled, as far as an import needs it.
pub(super) struct Place {
    pub(super) state: State,
    pub(super) seat: Option<String>,
    holders: Vec<Holder>,
    sheet: Sheet,
    notes: Vec<String>,
}

/// Ends a command: the exit code, and what is to be told.
pub(super) fn end(done: Result<u8, Stop>) -> u8 {
    done.unwrap_or_else(|Stop(code, mut problems)| {
        problems.sort();
        report(problems.iter());
        if problems.iter().nth(1).is_some() {
            eprintln!("{}; nothing was written", count(&problems));
        }
        code
    })
}

/// Opens the campaign that is to be filled.
pub(super) fn open(folder: &Path) -> Result<Place, Stop> {
    if !folder.join(CAMPAIGN_FILE).is_file() {
        let problem = Diagnostic::error(format!("`{}` is not a campaign: it has no {CAMPAIGN_FILE}", folder.display()));
        return Err(Stop::one(USAGE, problem.hint("name the campaign's folder with `--to`")));
    }
    let mut problems = Diagnostics::default();
    let kit = Kit::without_words(folder, &mut problems);
    let file = read_text(&folder.join(CAMPAIGN_FILE), true, &mut problems);
    let raw = file.as_ref().and_then(|file| decode::<raw::Campaign>(file, &mut problems));
    let state = raw.as_ref().and_then(|raw| raw.place.state.get()).map(|code| code.0.to_uppercase());
    let state = state.and_then(|code| kit.register.states.get(&code).cloned());
    if state.is_none() && !problems.has_errors() {
        problems.push(
            Diagnostic::error("the campaign does not say its state, and officials are looked for by it")
                .file(folder.join(CAMPAIGN_FILE).display().to_string())
                .hint("write it under `[place]`, for example `state = \"MN\"`"),
        );
    }
    let (sheet, notes) = open_sheet(folder, state.as_ref().map(|state| state.code.as_str()), &mut problems);
    let (Some(state), Some(raw), false) = (state, raw, problems.has_errors()) else {
        return Err(Stop(PROBLEMS, problems));
    };
    let holders = raw
        .official
        .iter()
        .filter_map(|official| {
            let text = |field: &Field<Text>| field.get().map(|text| text.0.clone()).unwrap_or_default();
            Some(Holder {
                role: *official.role.get()?,
                district: text(&official.district),
                name: text(&official.name),
                row: None,
            })
        })
        .collect();
    let seat = raw.place.seat.get().map(|seat| seat.0.clone());
    Ok(Place { state, seat, holders, sheet, notes: notes.into_iter().collect() })
}

/// Opens the campaign's table for writing: a sound `officials.csv`, or a new one.
fn open_sheet(folder: &Path, state: Option<&str>, problems: &mut Diagnostics) -> (Sheet, Option<String>) {
    let Some(path) = find(folder, problems) else { return (Sheet::new(), None) };
    if path.extension().is_none_or(|ending| ending != "csv") {
        problems.push(
            Diagnostic::error("officials are written into a CSV file only, and the campaign has another")
                .file(path.display().to_string())
                .hint("save it as officials.csv in the same folder, and move this one away"),
        );
        return (Sheet::new(), None);
    }
    let bytes = match fs::read(&path) {
        Ok(bytes) => bytes,
        Err(error) => {
            problems.push(Diagnostic::error(format!("cannot read the file: {error}")).file(path.display().to_string()));
            return (Sheet::new(), None);
        }
    };
    match table::read_bytes(bytes.clone(), &path, None, COLUMNS) {
        Ok(table) => {
            read_table(&table, state, problems);
        }
        Err(error) => problems.push(error.diagnostic()),
    }
    if problems.has_errors() {
        return (Sheet::new(), None);
    }
    Sheet::open(bytes).unwrap_or_else(|reason| {
        problems.push(Diagnostic::error(format!("cannot read the table: {reason}")).file(path.display().to_string()));
        (Sheet::new(), None)
    })
}

impl Place {
    /// Whether the campaign has somebody for a district already.
    pub(super) fn holds(&self, role: &str, district: &str) -> bool {
        let key = district_key(district);
        let same = |one: &str, other: &str| one == role && district_key(other) == key;
        self.holders.iter().any(|holder| same(holder.role.word(), &holder.district))
            || (0..self.sheet.len()).any(|row| same(self.sheet.get(row, "role"), self.sheet.get(row, "district")))
    }
}

/// Brings what was found into the campaign, and says what became of each.
pub(super) fn bring(mut place: Place, found: Found, filling: &Filling, mapping: Option<&Mapping>) -> Result<u8, Stop> {
    let path = filling.to.join("officials.csv");
    report(found.problems.iter());
    let told = merge(&mut place.sheet, &place.holders, &found, filling.replace);
    let mut text = String::new();
    for note in place.notes.iter().chain(&found.notes) {
        let _ = writeln!(text, "{note}");
    }
    let kinds = [
        (Outcome::Added, "added"),
        (Outcome::Replaced, "replaced"),
        (Outcome::Confirmed, "confirmed"),
        (Outcome::Kept, "already there, left as it is"),
        (Outcome::Differs, "differs, left for you"),
    ];
    for (outcome, word) in kinds {
        let lines: Vec<_> = told.iter().filter(|told| told.outcome == outcome).collect();
        if !lines.is_empty() {
            let _ = writeln!(text, "{word}: {}", lines.len());
        }
        for told in lines {
            let _ = writeln!(text, "  {}", told.text);
        }
    }
    let bytes = place.sheet.bytes();
    let mut problems = Diagnostics::default();
    if place.sheet.changed() && !place.sheet.is_empty() {
        match table::read_bytes(bytes.clone(), &path, None, COLUMNS) {
            Ok(table) => {
                read_table(&table, Some(&place.state.code), &mut problems);
            }
            Err(error) => problems.push(error.diagnostic()),
        }
    }
    if problems.has_errors() {
        return Err(Stop(PROBLEMS, problems));
    }
    let mut files = Vec::new();
    if place.sheet.changed() && !place.sheet.is_empty() {
        files.push((path, bytes));
    }
    if let Some((mapping, new)) = mapping.and_then(|mapping| Some((mapping, mapping.new_text()?))) {
        files.push((mapping.path().to_path_buf(), new.into_bytes()));
    }
    if files.is_empty() {
        let _ = writeln!(text, "nothing to write: officials.csv stays as it is");
    }
    for (path, bytes) in &files {
        let verb = if filling.dry_run { "would write" } else { "wrote" };
        if !filling.dry_run {
            write_whole(path, bytes).map_err(|error| {
                Stop::one(FILES, Diagnostic::error(format!("cannot write `{}`: {error}", path.display())))
            })?;
        }
        let _ = writeln!(text, "{verb} {}", path.display());
    }
    match print(&text) {
        DONE => Ok(DONE),
        _ => Ok(FILES),
    }
}

/// Writes a file whole or not at all.
fn write_whole(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut file = tempfile::Builder::new().prefix(".handbill-").tempfile_in(folder)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    open_to_all(file.as_file())?;
    file.persist(path).map_err(|error| error.error)?;
    Ok(())
}

/// The day of a list: given, in its name, or asked.
pub(super) fn day(filling: &Filling, list: &Path) -> Result<Date, Stop> {
    let named = list.file_name().and_then(|name| day_in(&name.to_string_lossy()));
    match filling.as_of.map(|day| day.0).or(named) {
        Some(day) => Ok(day),
        None if asking() => Ok(ask::day()?),
        None => Err(Stop::one(
            USAGE,
            Diagnostic::error("nothing says which day the list is of")
                .file(list.display().to_string())
                .hint("give the day you got it, or the day it says: `--as-of 2026-06-15`"),
        )),
    }
}

pub(super) fn unread(error: table::TableError) -> Stop {
    Stop::one(if error.is_disk() { FILES } else { PROBLEMS }, error.diagnostic())
}
