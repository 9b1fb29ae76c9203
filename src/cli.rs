//! Owns the command line as a person types it.

use std::path::PathBuf;

use clap::builder::TypedValueParser;
use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::campaign::choices::{AgencyKind, Model, OrganizationKind, Role, Status};
use crate::contract::Set;
use crate::values::{Date, Leaf};

/// Turn a folder of local details into print-ready paper about a 287(g) agreement.
#[derive(Debug, Parser)]
#[command(name = "handbill", version, about, disable_help_subcommand = true)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Begin a campaign: answer a few questions, or give the answers as options.
    New(Box<New>),
    /// Make a campaign's paper as PDF files.
    Build(Box<Build>),
    /// Join the parts of a mailing that several machines made, and look at every file.
    Gather(Gather),
    /// Find every problem of campaigns and templates; write nothing.
    Check(Check),
    /// List what there is.
    List(List),
    /// Make or fill campaigns from public lists.
    #[command(subcommand)]
    Import(Import),
    /// Hold campaigns against a newer list of ICE's: what is new, what moved, what is gone.
    Refresh(Refresh),
    /// Print the register of facts: wording, source, dates, certainty, and what an opponent answers.
    Facts(Facts),
    /// Show what a document needs: each value, its kind, an example, and where it comes from.
    Fields(Fields),
    /// Copy a document's words, layout and contract into a campaign, to change them there.
    Eject(Eject),
    /// Print the JSON Schema of a kind of file, by which editors complete and check it.
    Schema {
        /// The kind of file.
        #[arg(value_enum, value_name = "FILE")]
        file: Described,
    },
    /// Print completions for a shell.
    Completions {
        /// The shell.
        shell: clap_complete::Shell,
    },
    /// Print the manual page.
    Man,
}

/// Options of `new`: each answers one question, which is then not asked.
#[derive(Debug, Args)]
pub struct New {
    /// The new campaign's folder; by the place's name in `--out` if left out.
    #[arg(value_name = "DIR", conflicts_with_all = ["out", "name"])]
    pub dir: Option<PathBuf>,
    /// The state, by its two letters or its name.
    #[arg(long, value_name = "STATE")]
    pub state: Option<String>,
    /// The county, parish, borough or independent city.
    #[arg(long, value_name = "COUNTY", conflicts_with = "city")]
    pub county: Option<String>,
    /// The city or town, for its own police.
    #[arg(long, value_name = "CITY")]
    pub city: Option<String>,
    /// The agency's full name.
    #[arg(long, value_name = "NAME")]
    pub agency: Option<String>,
    /// What the agency is.
    #[arg(long, value_name = "KIND", value_parser = words::<AgencyKind>())]
    pub agency_kind: Option<AgencyKind>,
    /// Who heads it.
    #[arg(long, value_name = "NAME")]
    pub head: Option<String>,
    /// The head's title.
    #[arg(long, value_name = "TITLE")]
    pub title: Option<String>,
    /// A model of its agreement; may be given several times.
    #[arg(long = "model", value_name = "MODEL", requires = "status", value_parser = words::<Model>())]
    pub models: Vec<Model>,
    /// Where the agreement stands.
    #[arg(long, value_name = "STATUS", value_parser = words::<Status>())]
    pub status: Option<Status>,
    /// The day it was signed.
    #[arg(long, value_name = "DAY", requires = "status")]
    pub signed: Option<String>,
    /// Where what is said of the agreement comes from.
    #[arg(long, value_name = "SOURCE", requires = "status")]
    pub source: Option<String>,
    /// The day of that source, or of a list whose name does not say it.
    #[arg(long, value_name = "DAY")]
    pub as_of: Option<String>,
    /// The governing body's name, if not the usual one.
    #[arg(long, value_name = "NAME")]
    pub body: Option<String>,
    /// Who makes the paper.
    #[arg(long, value_name = "NAME")]
    pub organization: Option<String>,
    /// What kind of organization it is.
    #[arg(long, value_name = "KIND", value_parser = words::<OrganizationKind>())]
    pub organization_kind: Option<OrganizationKind>,
    /// Its phone.
    #[arg(long, value_name = "PHONE")]
    pub phone: Option<String>,
    /// Its e-mail.
    #[arg(long, value_name = "EMAIL")]
    pub email: Option<String>,
    /// Its web address.
    #[arg(long, value_name = "URL")]
    pub url: Option<String>,
    /// The day of the body's next meeting.
    #[arg(long, value_name = "DAY")]
    pub meeting_date: Option<String>,
    /// Its time, as printed.
    #[arg(long, value_name = "TIME")]
    pub meeting_time: Option<String>,
    /// Its building and room.
    #[arg(long, value_name = "PLACE")]
    pub meeting_place: Option<String>,
    /// ICE's list of participating agencies, which answers for the agency and its agreements.
    #[arg(long, value_name = "LIST")]
    pub ice: Option<PathBuf>,
    /// ICE's list of pending agencies.
    #[arg(long, value_name = "LIST")]
    pub pending: Option<PathBuf>,
    /// The folder of campaigns that the new one goes into.
    #[arg(short, long, value_name = "DIR", default_value = "campaigns")]
    pub out: PathBuf,
    /// The new folder's name.
    #[arg(long, value_name = "FOLDER")]
    pub name: Option<String>,
    /// The day it begins; today if left out.
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = parse_date)]
    pub date: Option<Date>,
    /// Ask nothing: take the options, and the usual answer for the rest.
    #[arg(short, long)]
    pub yes: bool,
}

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

/// Options that decide what stands on the paper.
#[derive(Debug, Args)]
pub struct Making {
    /// The date on the paper; today if left out.
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = parse_date)]
    pub date: Option<Date>,
    /// Print a line to write on wherever a needed detail is missing.
    #[arg(long)]
    pub blanks: bool,
    /// Number so many petition sheets.
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(u32).range(1..=500))]
    pub sheets: Option<u32>,
    /// Print facts whose review is overdue; the paper then says that they were not re-checked.
    #[arg(long)]
    pub allow_overdue: bool,
}

/// Options of `check`.
#[derive(Debug, Args)]
pub struct Check {
    /// Campaign folders, or a folder of them; only the built-in templates if left out.
    #[arg(value_name = "CAMPAIGN")]
    pub campaigns: Vec<PathBuf>,
    #[command(flatten)]
    pub making: Making,
    /// Print the problems as JSON.
    #[arg(long)]
    pub json: bool,
}

/// Options of `list`.
#[derive(Debug, Args)]
pub struct List {
    /// What to list.
    #[arg(value_enum)]
    pub what: What,
    /// Where campaigns are looked for, and the campaign whose own templates and facts count.
    #[arg(value_name = "FOLDER")]
    pub folder: Option<PathBuf>,
    /// Print it as JSON.
    #[arg(long)]
    pub json: bool,
}

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

/// Options of `facts`.
#[derive(Debug, Args)]
pub struct Facts {
    /// Only facts that this document may print.
    #[arg(long, value_name = "DOCUMENT")]
    pub used_by: Option<String>,
    /// Only facts whose review is due by this day.
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = parse_date)]
    pub due: Option<Date>,
    /// The campaign whose own facts and words count, and whose state's law is shown; every state's if left out.
    #[arg(value_name = "CAMPAIGN")]
    pub campaign: Option<PathBuf>,
    /// Print them as JSON.
    #[arg(long)]
    pub json: bool,
}

/// Options of `fields`.
#[derive(Debug, Args)]
pub struct Fields {
    /// The document; every value there is if left out.
    pub document: Option<String>,
    /// Print the titles of a table of signers, to fill in with a spreadsheet program.
    #[arg(long, requires = "document", conflicts_with = "json")]
    pub csv: bool,
    /// Print them as JSON.
    #[arg(long)]
    pub json: bool,
}

/// Options of `eject`.
#[derive(Debug, Args)]
pub struct Eject {
    /// The document, or `shared`.
    pub document: String,
    /// The campaign's folder.
    #[arg(long, value_name = "CAMPAIGN", default_value = ".")]
    pub to: PathBuf,
    /// Only this part; may be given several times.
    #[arg(long, value_enum)]
    pub only: Vec<Part>,
}

/// A kind of file to make.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// PDF/UA-1, to print and to send.
    Pdf,
    /// A picture of each page.
    Png,
}

/// What can be listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum What {
    /// The kinds of paper.
    Documents,
    /// The campaigns in a folder.
    Campaigns,
    /// The facts that may be printed.
    Facts,
    /// The languages there are words in.
    Languages,
}

/// A kind of file that people write.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Described {
    /// A campaign's `campaign.toml`.
    Campaign,
    /// A document's `template.toml`.
    Template,
    /// The register's `facts/*.toml`.
    Facts,
}

/// A part of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Part {
    /// What it says.
    Words,
    /// How it looks.
    Layout,
    /// What it needs.
    Contract,
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

fn parse_date(text: &str) -> Result<Date, String> {
    Date::parse(text)
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

/// One of a closed set of words.
fn words<T: Leaf + Clone + Send + Sync + 'static>() -> impl TypedValueParser<Value = T> {
    clap::builder::PossibleValuesParser::new(T::choices())
        .map(|word| T::parse(&word).unwrap_or_else(|_| unreachable!("clap takes no other word")))
}
