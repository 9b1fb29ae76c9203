//! Owns the roll: ICE's list of participating agencies in the program's own form, without names, and which roll counts for a campaign.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::civil::Date;

use crate::campaign::choices::Model;
use crate::campaign::load::read_text;
use crate::diagnostic::{Diagnostic, Diagnostics, SourceFile};
use crate::library::Library;

mod counts;
mod file;
mod keep;
mod list;

pub use counts::{Counts, Months, Tally};
pub use file::{read, write};
pub use keep::{Kept, keep, keep_list};
pub use list::from_list;

/// The roll's name in a campaign's folder and in the folder that holds the campaigns.
pub const ROLL_FILE: &str = "agreements.tsv";
/// The roll inside the program.
const BUILT_IN: &str = "facts/agreements.tsv";

/// The level of government an agency belongs to, as the list says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// A county's or parish's agency.
    County,
    /// A city's, town's or other municipality's.
    City,
    /// The state's, universities among them.
    State,
    /// The list does not say.
    Unsaid,
}

/// One agreement of an agency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Held {
    /// Its model.
    pub model: Model,
    /// The day it was signed, where the list's day is settled.
    pub signed: Option<Date>,
}

/// One agency.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Enrolled {
    /// The state's or territory's two letters.
    pub state: &'static str,
    /// Its county's FIPS code; none for what serves a whole state and where the list names no county that is settled.
    pub county: Option<&'static str>,
    /// Whose agency it is.
    pub level: Level,
    /// Its agreements; never empty.
    pub agreements: Vec<Held>,
}

/// ICE's list of participating agencies, of one day.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Roll {
    /// The day of the list.
    pub as_of: Date,
    /// Its agencies.
    pub agencies: Vec<Enrolled>,
}

impl Roll {
    /// The roll that counts for the campaign in `folder`: its own, that of the folder it stands in, or the one in the library.
    pub fn for_campaign(folder: &Path, library: &Library, problems: &mut Diagnostics) -> Roll {
        let built_in = Roll::built_in(library, problems);
        for path in own(folder) {
            let Some(text) = read_text(&path, false, problems) else { continue };
            let Some(roll) = read(&text, problems) else { continue };
            if roll.as_of < built_in.as_of {
                problems.push(
                    Diagnostic::warning(format!(
                        "the list kept here is of {}; the program has one of {}",
                        roll.as_of, built_in.as_of
                    ))
                    .file(&text.path)
                    .hint("the one kept here is used; delete it to use the newer one, or import ICE's newest list"),
                );
            }
            return roll;
        }
        built_in
    }

    /// The roll of a library: the one inside the program, unless a campaign has its own in its place.
    pub fn built_in(library: &Library, problems: &mut Diagnostics) -> Roll {
        let text: Option<Arc<SourceFile>> = library.text(BUILT_IN, problems);
        text.and_then(|text| read(&text, problems)).unwrap_or_default()
    }
}

/// Where a campaign's own roll may stand, the nearest first.
fn own(folder: &Path) -> Vec<PathBuf> {
    let around = match folder.parent() {
        Some(parent) if parent.as_os_str().is_empty() => Some(Path::new(".")),
        Some(parent) => Some(parent),
        None => None,
    };
    std::iter::once(folder).chain(around).map(|folder| folder.join(ROLL_FILE)).collect()
}
