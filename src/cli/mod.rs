//! Owns the command line as a person types it: the commands, and the options that are not of one group's own.

use std::path::PathBuf;

use clap::builder::TypedValueParser;
use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::values::{Date, Leaf};

mod build;
mod import;
mod new;

pub use build::{Build, Format, Gather, Merge, Rows, StackBy};
pub use import::{
    Filling, Import, ImportCongress, ImportIce, ImportLegislators, ImportOfficials, OfficeKind, Refresh, TableFormat,
};
pub use new::New;

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

fn parse_date(text: &str) -> Result<Date, String> {
    Date::parse(text)
}

/// One of a closed set of words.
fn words<T: Leaf + Clone + Send + Sync + 'static>() -> impl TypedValueParser<Value = T> {
    clap::builder::PossibleValuesParser::new(T::choices())
        .map(|word| T::parse(&word).unwrap_or_else(|_| unreachable!("clap takes no other word")))
}
