//! Owns `handbill import ice`: campaigns, or one tidy table, from ICE's published lists.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use crate::cli::{ImportIce, TableFormat};
use crate::commands::{DONE, FILES, PROBLEMS, fail, print, report};
use crate::diagnostic::Diagnostic;
use crate::ice::{
    AgencyRecord, CountyCell, DateCell, Draft, Gathered, ListKind, Note, ReadError, counts, draft, gather,
};
use crate::roll::keep_list;

/// Runs the command.
pub fn run(options: &ImportIce) -> u8 {
    let mut lists = Vec::new();
    for path in std::iter::once(&options.list).chain(&options.pending) {
        match gather(path, options.as_of.map(|date| date.0)) {
            Ok(list) => lists.push(list),
            Err(error) => return refuse(&error),
        }
    }
    for list in &lists {
        tell(list, options);
    }
    match options.table {
        Some(TableFormat::Csv) => csv_table(&lists, options),
        Some(TableFormat::Json) => json_table(&lists, options),
        None => campaigns(&lists, options),
    }
}

pub(in crate::commands) fn refuse(error: &ReadError) -> u8 {
    let problem = Diagnostic::error(error.to_string());
    match error {
        ReadError::Io { .. } => fail(&problem),
        ReadError::Format { .. } | ReadError::NoHeader { .. } => {
            report([&problem.hint("download the list anew from https://www.ice.gov/identify-and-arrest/287g")]);
            PROBLEMS
        }
    }
}

/// Whether an agency is among those asked for.
fn wanted(agency: &AgencyRecord, options: &ImportIce) -> bool {
    let folded = |text: &str| crate::ice::fold(text);
    let county = match &agency.county {
        CountyCell::Named(name) => name.as_str(),
        CountyCell::Missing | CountyCell::Unsettled { .. } => "",
    };
    (options.state.is_empty() || options.state.iter().any(|state| state.eq_ignore_ascii_case(agency.state)))
        && options.county.as_ref().is_none_or(|name| folded(county).contains(&folded(name)))
        && options.agency.as_ref().is_none_or(|name| folded(&agency.name).contains(&folded(name)))
}

/// Says what was read, what was corrected and what is left for a person; notes of one kind together.
fn tell(list: &Gathered, options: &ImportIce) {
    let all = counts(&list.agencies).nation;
    let kind = match list.listing.kind {
        ListKind::Participating => "participating",
        ListKind::Pending => "pending",
    };
    let day = list.listing.as_of.as_ref().and_then(|guess| guess.day);
    let day = day.map_or("of no known day: give it with `--as-of`".to_string(), |day| format!("of {day}"));
    eprintln!(
        "{}: {kind} agencies, {day}; {} agreements, {} agencies",
        list.path.display(),
        all.agreements,
        all.agencies
    );
    let mut grouped: BTreeMap<(bool, &str), Vec<&Note>> = BTreeMap::new();
    // What concerns other states than those asked for is not this person's to settle.
    let elsewhere: BTreeSet<u32> = list
        .listing
        .rows
        .iter()
        .filter(|row| {
            !options.state.is_empty() && !options.state.iter().any(|state| state.eq_ignore_ascii_case(row.state))
        })
        .map(|row| row.number)
        .collect();
    for note in list.notes.iter().filter(|note| !elsewhere.contains(&note.row)) {
        grouped.entry((note.took.is_some(), note.why.as_str())).or_default().push(note);
    }
    for ((corrected, why), notes) in grouped {
        let verb = if corrected { "corrected" } else { "left for you" };
        eprintln!("  {verb}: {why} ({})", notes.len());
        for note in notes.iter().take(SHOWN) {
            let row = if note.row == 0 { String::new() } else { format!("row {}, ", note.row) };
            let took = note.took.as_ref().map_or(String::new(), |took| format!(", took `{}`", shortened(took)));
            eprintln!("    {row}{}: `{}`{took}", note.column, shortened(&note.found));
        }
        if notes.len() > SHOWN {
            eprintln!("    and {} more; `--table json` has them all", notes.len() - SHOWN);
        }
    }
}

/// A cell as far as it fits on a line.
fn shortened(text: &str) -> String {
    match text.char_indices().nth(CELL) {
        Some((at, _)) => format!("{}...", &text[..at]),
        None => text.to_string(),
    }
}

/// Letters of a cell that are shown.
const CELL: usize = 80;
/// Notes of one kind that are shown one by one.
const SHOWN: usize = 5;

fn csv_table(lists: &[Gathered], options: &ImportIce) -> u8 {
    let mut out = csv::Writer::from_writer(Vec::new());
    let head = ["state", "county", "agency", "model", "status", "signed", "moa", "list", "row"];
    let mut written = out.write_record(head);
    for list in lists {
        let status = if list.listing.kind == ListKind::Participating { "active" } else { "pending" };
        let day =
            list.listing.as_of.as_ref().and_then(|guess| guess.day).map(|day| day.to_string()).unwrap_or_default();
        for agency in list.agencies.iter().filter(|agency| wanted(agency, options)) {
            let county = match &agency.county {
                CountyCell::Named(name) => name.clone(),
                CountyCell::Missing | CountyCell::Unsettled { .. } => String::new(),
            };
            for agreement in &agency.agreements {
                let signed = match &agreement.signed {
                    DateCell::Day(day) => day.to_string(),
                    DateCell::Missing | DateCell::Unsettled { .. } => String::new(),
                };
                written = written.and_then(|()| {
                    out.write_record([
                        agency.state,
                        &county,
                        &agency.name,
                        agreement.model.word(),
                        status,
                        &signed,
                        agreement.moa.as_deref().unwrap_or_default(),
                        &day,
                        &agreement.row.to_string(),
                    ])
                });
            }
        }
    }
    match written.map_err(|error| error.to_string()).and_then(|()| out.into_inner().map_err(|error| error.to_string()))
    {
        Ok(bytes) => print(&String::from_utf8_lossy(&bytes)),
        Err(error) => fail(&Diagnostic::error(format!("cannot write the table: {error}"))),
    }
}

fn json_table(lists: &[Gathered], options: &ImportIce) -> u8 {
    let lists: Vec<serde_json::Value> = lists
        .iter()
        .map(|list| {
            let agencies: Vec<&AgencyRecord> = list.agencies.iter().filter(|agency| wanted(agency, options)).collect();
            serde_json::json!({
                "list": list.listing.kind,
                "as_of": list.listing.as_of,
                "counts": counts(&list.agencies),
                "agencies": agencies,
                "notes": list.notes,
            })
        })
        .collect();
    print(&format!("{:#}\n", serde_json::Value::Array(lists)))
}

/// Writes a folder for each agency; a folder that is there stays as it is.
fn campaigns(lists: &[Gathered], options: &ImportIce) -> u8 {
    let mut taken: BTreeSet<String> = BTreeSet::new();
    let (mut written, mut there, mut left_out) = (0, Vec::new(), Vec::new());
    let mut text = String::new();
    for list in lists {
        let day = list.listing.as_of.as_ref().and_then(|guess| guess.day);
        for agency in list.agencies.iter().filter(|agency| wanted(agency, options)) {
            let (folder, file) = match draft(agency, list.listing.kind, day) {
                Draft::LeftOut(why) => {
                    left_out.push(format!("{}, {}: {why}", agency.name, agency.state));
                    continue;
                }
                Draft::Campaign { folder, text } => (folder, text),
            };
            // Two agencies of one county, or an agency on both lists.
            let path = options.out.join(&folder);
            if !taken.insert(folder.clone()) || path.join("campaign.toml").exists() {
                there.push(format!("{}, {}: {}", agency.name, agency.state, path.display()));
                continue;
            }
            if !options.dry_run
                && let Err(error) = write(&path, &file)
            {
                return fail(&Diagnostic::error(format!("cannot write `{}`: {error}", path.display())));
            }
            written += 1;
            if written <= LISTED {
                let _ = writeln!(text, "  {}", path.display());
            }
        }
    }
    if written > 0
        && !options.dry_run
        && let Err(error) = crate::commands::schema::write_beside(&options.out)
    {
        return fail(&Diagnostic::error(format!("cannot write into `{}`: {error}", options.out.display())));
    }
    let verb = if options.dry_run { "would write" } else { "wrote" };
    let mut said = format!("{verb} {written} campaigns\n{text}");
    if written > LISTED {
        let _ = writeln!(said, "  and {} more", written - LISTED);
    }
    for (what, list) in [("already there, left as they are", &there), ("no campaign made", &left_out)] {
        if list.is_empty() {
            continue;
        }
        let _ = writeln!(said, "{what}: {}", list.len());
        for line in list.iter().take(LISTED) {
            let _ = writeln!(said, "  {line}");
        }
        if list.len() > LISTED {
            let _ = writeln!(said, "  and {} more", list.len() - LISTED);
        }
    }
    for list in lists {
        match keep_list(&options.out, &list.listing, &list.agencies, options.dry_run) {
            Ok(Some(told)) => {
                let _ = writeln!(said, "{told}");
            }
            Ok(None) => {}
            Err(error) => {
                let shown = options.out.display();
                return fail(&Diagnostic::error(format!("cannot keep the list's counts in `{shown}`: {error}")));
            }
        }
    }
    if written > 0 && !options.dry_run {
        let _ =
            writeln!(said, "Next: complete each `campaign.toml`, then `handbill build {}/...`", options.out.display());
    }
    match print(&said) {
        DONE => DONE,
        _ => FILES,
    }
}

/// Lines of one kind that are listed.
const LISTED: usize = 20;

/// Writes a campaign's file whole or not at all.
fn write(folder: &Path, text: &str) -> std::io::Result<()> {
    fs::create_dir_all(folder)?;
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    std::io::Write::write_all(&mut file, text.as_bytes())?;
    file.persist_noclobber(folder.join("campaign.toml")).map_err(|error| error.error)?;
    Ok(())
}
