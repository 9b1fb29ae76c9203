//! Owns reading ICE's published lists of 287(g) agencies: what a list says, what was corrected and what is left for a person.

use jiff::civil::Date;
use serde::Serialize;
use std::fmt;
use std::path::{Path, PathBuf};

mod agency;
mod campaign;
mod clean;
mod counties;
mod counts;
mod dates;
mod gather;
mod header;
mod links;
mod names;
mod rows;
mod sheet;

pub use agency::{AgencyRecord, Agreement, by_agency};
pub(crate) use agency::{numbers, skeleton};
pub use campaign::{
    Draft, agreement_fields, agreement_lines, city_of, draft, kind_by_name, model, office_of, place_kind, plain,
    started,
};
pub(crate) use clean::slips;
pub use clean::{fold, state_code, state_name};
pub use counties::check_counties;
pub use counts::{ByModel, Counts, Tally, counts};
pub use gather::{Gathered, beside, gather};

/// Which of ICE's two lists a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ListKind {
    /// Agencies with a signed agreement.
    Participating,
    /// Agencies that asked for an agreement which is not signed yet.
    Pending,
}

impl ListKind {
    /// What the list is a list of.
    pub fn title(self) -> &'static str {
        match self {
            ListKind::Participating => "participating agencies",
            ListKind::Pending => "pending agencies",
        }
    }

    /// The list as a campaign names it as a source.
    pub fn source(self) -> String {
        format!("U.S. Immigration and Customs Enforcement, list of {}", self.title())
    }
}

/// One of the three kinds of 287(g) agreement on ICE's lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Model {
    /// Jail Enforcement Model, JEM.
    Jail,
    /// Warrant Service Officer, WSO.
    Warrant,
    /// Task Force Model, TFM.
    TaskForce,
}

impl Model {
    /// The word that stands for the model in campaigns.
    pub fn word(self) -> &'static str {
        match self {
            Model::Jail => "jail",
            Model::Warrant => "warrant",
            Model::TaskForce => "task-force",
        }
    }
}

/// The level of government ICE's TYPE column gives an agency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum AgencyType {
    /// A county's or parish's agency, usually the sheriff.
    County,
    /// A city's, town's or other municipality's agency.
    Municipality,
    /// An agency of the state, which on these lists includes state universities.
    State,
}

/// What a row says of the county.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum CountyCell {
    /// The county's name; spelt as in the county table once `check_counties` has run, as in the list before.
    Named(String),
    /// The list gives none (an empty cell, `#N/A`, or no such column).
    Missing,
    /// A name that a person has to settle.
    Unsettled {
        /// What the list says.
        found: String,
        /// Counties it may mean, likeliest first; may be empty.
        candidates: Vec<String>,
    },
}

/// What a row says of the day of signature.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum DateCell {
    /// The day of signature.
    Day(Date),
    /// The list gives none, as pending lists do.
    Missing,
    /// A date that a person has to settle.
    Unsettled {
        /// What the list says.
        found: String,
        /// Days it may mean, likeliest first; may be empty.
        candidates: Vec<Date>,
    },
}

impl DateCell {
    /// The day, where it is settled.
    pub fn day(&self) -> Option<Date> {
        match self {
            DateCell::Day(day) => Some(*day),
            DateCell::Missing | DateCell::Unsettled { .. } => None,
        }
    }
}

/// One agreement, or one wish for an agreement, as one row of a list states it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Row {
    /// The sheet's name; for CSV the file's.
    pub sheet: String,
    /// The row as the spreadsheet numbers it, the header usually being row 1.
    pub number: u32,
    /// The state's or territory's postal code.
    pub state: &'static str,
    /// The agency's name with single spaces and typographic apostrophes, otherwise as published.
    pub agency: String,
    /// The level of government, where the list says it.
    pub kind: Option<AgencyType>,
    /// The county.
    pub county: CountyCell,
    /// The model.
    pub model: Model,
    /// The day of signature.
    pub signed: DateCell,
    /// Address of the memorandum of agreement, where the row links to one on ICE's or DHS's site.
    pub moa: Option<String>,
    /// Address of the addendum, likewise.
    pub addendum: Option<String>,
}

/// Something the reader corrected, left out or could not settle.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Note {
    /// The sheet's name; for CSV the file's; empty when the note is about the file.
    pub sheet: String,
    /// The row as the spreadsheet numbers it; 0 when the note is about the sheet or the file.
    pub row: u32,
    /// The column's title, or `file name`.
    pub column: String,
    /// What stands there.
    pub found: String,
    /// What was taken instead; `None` where it is left for a person.
    pub took: Option<String>,
    /// Why, in a few words; the same words for every note of the same kind, so notes can be grouped.
    pub why: String,
}

/// Which half of the day ICE says the list is from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum DayPart {
    /// The morning's list.
    Am,
    /// The afternoon's list.
    Pm,
}

/// What is known of the day a list stands for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AsOfGuess {
    /// The day; `None` where a person has to give it.
    pub day: Option<Date>,
    /// Morning or afternoon, from the file's name.
    pub part: Option<DayPart>,
    /// Days it may be where `day` is `None`.
    pub candidates: Vec<Date>,
    /// The newest settled signature on the list.
    pub newest_signature: Option<Date>,
}

/// A list as read.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Listing {
    /// Which list it is by its content, whatever its name says.
    pub kind: ListKind,
    /// Its date; `None` where neither the name nor a signature tells anything.
    pub as_of: Option<AsOfGuess>,
    /// Every row that could be read, in the list's order, duplicates included.
    pub rows: Vec<Row>,
    /// How many rows with data could not be read; each has a note.
    pub left_out: usize,
    /// What was corrected or is left for a person.
    pub notes: Vec<Note>,
}

/// Why a file could not be read as one of ICE's lists, whose sheets and titles are known, so that nobody is asked which is meant.
///
/// `TableError` of `table` is why a table of a person's own could not be read.
#[derive(Debug)]
pub enum ReadError {
    /// The file could not be opened or read.
    Io {
        /// The file.
        path: PathBuf,
        /// The system's reason.
        source: std::io::Error,
    },
    /// The file is no xlsx, xls or CSV table, or a damaged one.
    Format {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// No sheet has a row with the titles of the state, the agency and the model.
    NoHeader {
        /// The file.
        path: PathBuf,
        /// The sheets that were looked at.
        sheets: Vec<String>,
    },
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ReadError::Io { path, source } => write!(f, "cannot read `{}`: {source}", path.display()),
            ReadError::Format { path, reason } => write!(f, "cannot read `{}` as a table: {reason}", path.display()),
            ReadError::NoHeader { path, sheets } => write!(
                f,
                "`{}` has no row titled `STATE`, `LAW ENFORCEMENT AGENCY` and `SUPPORT TYPE` in {}",
                path.display(),
                sheets.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
            ),
        }
    }
}

impl std::error::Error for ReadError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            ReadError::Io { source, .. } => Some(source),
            ReadError::Format { .. } | ReadError::NoHeader { .. } => None,
        }
    }
}

/// Reads a list (xlsx, xls or CSV, known by its content) and takes its date from its name.
pub fn read(path: &Path) -> Result<Listing, ReadError> {
    read_as_of(path, None)
}

/// Reads a list whose date a person gives; the file's name is then not asked.
pub fn read_as_of(path: &Path, as_of: Option<Date>) -> Result<Listing, ReadError> {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let bytes = sheet::load(path)?;
    let grids = sheet::grids(&bytes, &name).map_err(|reason| ReadError::Format { path: path.to_path_buf(), reason })?;
    rows::listing(&grids, &name, as_of).ok_or_else(|| ReadError::NoHeader {
        path: path.to_path_buf(),
        sheets: grids.iter().map(|grid| grid.name.clone()).collect(),
    })
}
