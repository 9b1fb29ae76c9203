//! Owns the options of `build`, of letters for many signers, and of `gather`, which joins their parts.

use std::path::PathBuf;

use clap::builder::TypedValueParser;
use clap::{Args, ValueEnum};

use super::Making;
use crate::contract::Set;
use crate::values::Leaf;

/// Options of `build`.
#[derive(Debug, Args)]
pub struct Build {
    /// Campaign folders, or a folder of them.
    #[arg(value_name = "CAMPAIGN", default_value = ".")]
    pub campaigns: Vec<PathBuf>,
    /// Only this document; may be given several times.
    #[arg(short, long = "document", value_name = "DOCUMENT")]
    pub documents: Vec<String>,
    /// The documents of this set; may be given several times. The basics, if neither documents nor sets are named.
    #[arg(short, long = "set", value_name = "SET", value_parser = clap::builder::PossibleValuesParser::new(Set::WORDS).map(parse_set))]
    pub sets: Vec<Set>,
    /// Only this language; may be given several times.
    #[arg(long, value_name = "LANGUAGE")]
    pub lang: Vec<String>,
    /// Where the files go, each campaign in its own folder.
    #[arg(short, long, value_name = "DIR", default_value = "out")]
    pub out: PathBuf,
    #[command(flatten)]
    pub making: Making,
    /// Bind everything into one PDF with a cover, contents, bookmarks and running heads.
    #[arg(long, conflicts_with = "signers")]
    pub packet: bool,
    #[command(flatten)]
    pub merge: Merge,
    /// Kinds of files to make.
    #[arg(long, value_enum, value_delimiter = ',', default_value = "pdf")]
    pub format: Vec<Format>,
    /// Overwrite files that this program did not make, or that were changed since.
    #[arg(long)]
    pub force: bool,
    /// Do everything but write.
    #[arg(long)]
    pub dry_run: bool,
    /// Print what was made as JSON.
    #[arg(long)]
    pub json: bool,
    /// Print nothing but errors.
    #[arg(short, long)]
    pub quiet: bool,
}

/// Options of a merge: a letter for each signer and official.
#[derive(Debug, Args)]
#[command(next_help_heading = "Letters for many signers")]
pub struct Merge {
    /// Make a letter for each person in this table (CSV, TSV, XLSX, ODS or JSON) and each official.
    #[arg(long, value_name = "TABLE")]
    pub signers: Option<PathBuf>,
    /// The sheet of the workbook.
    #[arg(long, value_name = "NAME", requires = "signers")]
    pub sheet: Option<String>,
    /// Only letters for which this holds: 'district = 3 and city != Spicer'.
    #[arg(long = "where", value_name = "CONDITION", requires = "signers")]
    pub filter: Option<String>,
    /// Only these rows, as the spreadsheet numbers them: 5-20,31.
    #[arg(long, value_name = "ROWS", requires = "signers", value_parser = crate::merge::pick::rows)]
    pub rows: Option<Rows>,
    /// At most so many signers.
    #[arg(long, value_name = "NUMBER", requires = "signers")]
    pub limit: Option<usize>,
    /// One letter of each kind, to read before the run.
    #[arg(long, requires = "signers")]
    pub sample: bool,
    /// Go on without the rows in which something is wrong, and write them to a table with the reasons.
    #[arg(long, requires = "signers")]
    pub skip_bad: bool,
    /// How a letter's file is named; {official}, {signer.last}, {row} or any column.
    #[arg(long, value_name = "PATTERN", requires = "signers", conflicts_with_all = ["stack", "anonymous_names"])]
    pub name: Option<String>,
    /// Keep names of people out of the names of files.
    #[arg(long, requires = "signers")]
    pub anonymous_names: bool,
    /// Make stacks ready for a printer in place of a file for each letter.
    #[arg(long, requires = "signers")]
    pub stack: bool,
    /// Letters in a stack.
    #[arg(long, value_name = "NUMBER", requires = "stack", default_value_t = 100, value_parser = stack_size)]
    pub stack_size: usize,
    /// What a stack never mixes.
    #[arg(long, value_enum, requires = "stack", default_value = "campaign")]
    pub stack_by: StackBy,
    /// The order of letters: any columns, `official` or `signer`; may be given several times or with commas.
    #[arg(long, value_name = "COLUMN", requires = "signers", value_delimiter = ',')]
    pub sort: Vec<String>,
    /// Begin every letter of a stack on a new sheet, for a printer that prints both sides.
    #[arg(long, requires = "stack")]
    pub duplex: bool,
    /// Pack the files into one archive as well.
    #[arg(long, requires = "signers")]
    pub zip: bool,
    /// Make everything again, also what is there and unchanged.
    #[arg(long, requires = "signers")]
    pub fresh: bool,
    /// Make only the I-th of N equal parts of the same plan; `handbill gather` joins them.
    #[arg(long, value_name = "I/N", requires = "signers", value_parser = shard)]
    pub shard: Option<(usize, usize)>,
    /// Letters made at a time; as many as the machine has cores if left out.
    #[arg(long, value_name = "NUMBER", requires = "signers", value_parser = clap::value_parser!(u16).range(1..=256))]
    pub jobs: Option<u16>,
}

/// Rows of a table, in ranges.
pub type Rows = Vec<std::ops::RangeInclusive<u32>>;

/// What a stack never mixes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum StackBy {
    /// Campaigns.
    Campaign,
    /// Officials.
    Official,
}

/// Options of `gather`.
#[derive(Debug, Args)]
pub struct Gather {
    /// Folders that the parts were written to.
    #[arg(value_name = "FOLDER", required = true)]
    pub folders: Vec<PathBuf>,
    /// Put all files here; without it the parts must stand in one folder already.
    #[arg(short, long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Print what was joined as JSON.
    #[arg(long)]
    pub json: bool,
}

/// A kind of file to make.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// PDF/UA-1, to print and to send.
    Pdf,
    /// A picture of each page.
    Png,
}

fn stack_size(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(size @ 1..=2000) => Ok(size),
        _ => Err("expected a number from 1 to 2000".to_string()),
    }
}

fn shard(text: &str) -> Result<(usize, usize), String> {
    let parts = text.split_once('/').and_then(|(at, of)| Some((at.trim().parse().ok()?, of.trim().parse().ok()?)));
    match parts {
        Some((at, of)) if 1 <= at && at <= of => Ok((at, of)),
        _ => Err("expected a part and the number of parts, such as 2/5".to_string()),
    }
}

fn parse_set(word: String) -> Set {
    Set::parse(&word).expect("clap takes no other word")
}
