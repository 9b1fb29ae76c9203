//! Owns the options of the commands that read public lists: `import` and `refresh`.

use std::path::PathBuf;

use clap::builder::TypedValueParser;
use clap::{Args, Subcommand, ValueEnum};

use super::parse_date;
use crate::campaign::choices::Role;
use crate::values::{Date, Leaf};

/// What can be imported.
#[derive(Debug, Subcommand)]
pub enum Import {
    /// Read ICE's spreadsheet of 287(g) agencies: a campaign folder for each agency, or one tidy table.
    Ice(ImportIce),
    /// Fill a campaign's officials with its state's senators and representatives in Congress.
    Congress(ImportCongress),
    /// Fill a campaign's officials with its state's legislators.
    Legislators(ImportLegislators),
    /// Fill a campaign's officials from a list of your own.
    Officials(ImportOfficials),
}

/// Options of every import that fills a campaign's officials.
#[derive(Debug, Args)]
pub struct Filling {
    /// The campaign's folder.
    #[arg(long, value_name = "CAMPAIGN", default_value = ".")]
    pub to: PathBuf,
    /// The day the list is of, if its name does not say.
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = parse_date)]
    pub as_of: Option<Date>,
    /// Where the list and officials.csv differ, take the list's word.
    #[arg(long)]
    pub replace: bool,
    /// Say what would be written, and write nothing.
    #[arg(long)]
    pub dry_run: bool,
}

/// Options of `import congress`.
#[derive(Debug, Args)]
pub struct ImportCongress {
    /// The list of members: legislators-current.yaml of unitedstates/congress-legislators.
    #[arg(value_name = "MEMBERS")]
    pub list: PathBuf,
    /// The list of home offices: legislators-district-offices.yaml.
    #[arg(value_name = "OFFICES")]
    pub offices: Option<PathBuf>,
    /// A House district the place lies in, AL at large; may be given several times.
    #[arg(long = "district", value_name = "N", value_parser = parse_district)]
    pub districts: Vec<u32>,
    /// Where letters go; to home offices if their list is given.
    #[arg(long, value_enum)]
    pub office: Option<OfficeKind>,
    #[command(flatten)]
    pub filling: Filling,
}

/// An office of a member of Congress.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum OfficeKind {
    /// The one in Washington.
    Washington,
    /// The one at home, nearest to the county seat.
    Home,
}

/// Options of `import legislators`.
#[derive(Debug, Args)]
pub struct ImportLegislators {
    /// The list, in the layout of Open States (CSV, a workbook or JSON).
    #[arg(value_name = "LIST")]
    pub list: PathBuf,
    /// The sheet of a workbook, if several hold data.
    #[arg(long, value_name = "SHEET")]
    pub sheet: Option<String>,
    /// A district of the lower house the place lies in; may be given several times.
    #[arg(long, value_name = "N")]
    pub lower: Vec<String>,
    /// A district of the upper house the place lies in; may be given several times.
    #[arg(long, value_name = "N")]
    pub upper: Vec<String>,
    #[command(flatten)]
    pub filling: Filling,
}

/// Options of `import officials`.
#[derive(Debug, Args)]
pub struct ImportOfficials {
    /// The list (CSV, a workbook or JSON).
    #[arg(value_name = "LIST")]
    pub list: PathBuf,
    /// The sheet of a workbook, if several hold data.
    #[arg(long, value_name = "SHEET")]
    pub sheet: Option<String>,
    /// Which column a title means, such as "Office=role"; "Remarks=" leaves it out; may be given several times, and is remembered.
    #[arg(long, value_name = "TITLE=COLUMN", value_parser = parse_pair)]
    pub map: Vec<(String, String)>,
    /// Which role a word means, such as "Supervisor=county-body"; may be given several times, and is remembered.
    #[arg(long, value_name = "WORD=ROLE", value_parser = parse_pair)]
    pub role: Vec<(String, String)>,
    /// The role of everybody on the list.
    #[arg(long, value_name = "ROLE", value_parser = clap::builder::PossibleValuesParser::new(Role::WORDS).map(parse_role))]
    pub role_for_all: Option<Role>,
    /// Where the list comes from, as it is to be printed; its name if left out.
    #[arg(long, value_name = "TEXT")]
    pub source: Option<String>,
    #[command(flatten)]
    pub filling: Filling,
}

/// Options of `import ice`.
#[derive(Debug, Args)]
pub struct ImportIce {
    /// ICE's list of participating agencies, as published (xlsx or CSV).
    #[arg(value_name = "LIST")]
    pub list: PathBuf,
    /// ICE's list of pending agencies.
    #[arg(long, value_name = "LIST")]
    pub pending: Option<PathBuf>,
    /// Only agencies of this state, by its two letters; may be given several times.
    #[arg(long, value_name = "STATE")]
    pub state: Vec<String>,
    /// Only agencies of this county.
    #[arg(long, value_name = "COUNTY")]
    pub county: Option<String>,
    /// Only agencies whose name has this in it.
    #[arg(long, value_name = "NAME")]
    pub agency: Option<String>,
    /// The day the list stands for, if its name does not say.
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = parse_date)]
    pub as_of: Option<Date>,
    /// Print one table instead of writing campaigns.
    #[arg(long, value_enum)]
    pub table: Option<TableFormat>,
    /// The folder the campaigns go into.
    #[arg(short, long, value_name = "DIR", default_value = "campaigns")]
    pub out: PathBuf,
    /// Say what would be written, and write nothing.
    #[arg(long)]
    pub dry_run: bool,
}

/// Options of `refresh`.
#[derive(Debug, Args)]
pub struct Refresh {
    /// Campaign folders, or a folder of them.
    #[arg(value_name = "CAMPAIGN", required = true)]
    pub campaigns: Vec<PathBuf>,
    /// ICE's newer list of participating agencies, as published (xlsx or CSV).
    #[arg(long, value_name = "LIST")]
    pub ice: PathBuf,
    /// ICE's newer list of pending agencies.
    #[arg(long, value_name = "LIST")]
    pub pending: Option<PathBuf>,
    /// The day the list stands for, if its name does not say.
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = parse_date)]
    pub as_of: Option<Date>,
    /// Write what is new into the campaigns' agreements; every other line stays as it is.
    #[arg(long)]
    pub write: bool,
    /// Set an agreement that left the list to `unknown`; what was said of it stays as a comment.
    #[arg(long)]
    pub left_is_unknown: bool,
    /// Print the differences as JSON.
    #[arg(long)]
    pub json: bool,
}

/// The form of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum TableFormat {
    /// Comma-separated values.
    Csv,
    /// JSON, with the counts and everything that was corrected.
    Json,
}

fn parse_role(word: String) -> Role {
    Role::parse(&word).expect("clap takes no other word")
}

/// A House district; 0 is a state's only one.
fn parse_district(text: &str) -> Result<u32, String> {
    match text.trim().to_uppercase().as_str() {
        "AL" | "AT-LARGE" => Ok(0),
        number => number.parse().map_err(|_| "expected a number, or AL for a state with one district".to_string()),
    }
}

fn parse_pair(text: &str) -> Result<(String, String), String> {
    let (title, meaning) = text.rsplit_once('=').ok_or("expected two words with = between, such as \"Office=role\"")?;
    Ok((title.trim().to_string(), meaning.trim().to_string()))
}
