//! Owns running a command: what it prints, and the exit code it ends with.

use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};

use clap::CommandFactory;
use jiff::civil;

use crate::campaign::load;
use crate::cli::{Cli, Command, Making};
use crate::compose::Settings;
use crate::diagnostic::{Diagnostic, Diagnostics, Severity};

mod build;
mod check;
mod eject;
mod facts;
mod fields;
mod gather;
mod import;
mod list;
mod long;
mod merge;
mod new;
mod problems;
mod refresh;
mod schema;
mod summary;

/// Everything went well.
pub const DONE: u8 = 0;
/// The input has problems.
pub const PROBLEMS: u8 = 1;
/// The command line was wrong.
pub const USAGE: u8 = 2;
/// A file or the disk failed.
pub const FILES: u8 = 3;
/// Some of a batch could not be made.
pub const SOME: u8 = 4;
/// A person stopped the run.
pub const STOPPED: u8 = 130;

/// Problems, or files in the way, that are told one by one.
const SHOWN: usize = 40;

/// Runs a command and gives its exit code.
pub fn run(cli: Cli) -> u8 {
    match cli.command {
        Command::New(options) => new::run(&options),
        Command::Build(options) => build::run(&options),
        Command::Gather(options) => gather::run(&options),
        Command::Check(options) => check::run(&options),
        Command::List(options) => list::run(&options),
        Command::Refresh(options) => refresh::run(&options),
        Command::Import(what) => import::run(&what),
        Command::Facts(options) => facts::run(&options),
        Command::Fields(options) => fields::run(&options),
        Command::Eject(options) => eject::run(&options),
        Command::Schema { file } => schema::run(file),
        Command::Completions { shell } => {
            let mut out = Vec::new();
            clap_complete::generate(shell, &mut Cli::command(), "handbill", &mut out);
            print(&String::from_utf8_lossy(&out))
        }
        Command::Man => {
            let mut out = Vec::new();
            // One page for the whole, and one after it for each command.
            let mut whole = Cli::command();
            whole.build();
            let rendered = std::iter::once(&whole)
                .chain(whole.get_subcommands())
                .try_for_each(|command| clap_mangen::Man::new(command.clone()).render(&mut out));
            match rendered {
                Ok(()) => print(&String::from_utf8_lossy(&out)),
                Err(error) => fail(&Diagnostic::error(format!("cannot make the manual page: {error}"))),
            }
        }
    }
}

/// Writes to standard output; a reader that went away is no problem.
fn print(text: &str) -> u8 {
    let mut out = std::io::stdout().lock();
    let written = out.write_all(text.as_bytes()).and_then(|()| out.flush());
    match written {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
            fail(&Diagnostic::error(format!("cannot write to standard output: {error}")))
        }
        _ => DONE,
    }
}

/// Whether messages may be coloured: on a terminal, unless `NO_COLOR` says otherwise.
fn styled() -> bool {
    std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
}

/// Prints problems to standard error.
fn report<'a>(problems: impl IntoIterator<Item = &'a Diagnostic>) {
    let styled = styled();
    for problem in problems {
        let text = problem.render(styled);
        // Nothing can be done for a person who closed standard error.
        let _ = writeln!(std::io::stderr(), "{text}\n");
    }
}

/// Prints one problem with a file or the disk.
fn fail(problem: &Diagnostic) -> u8 {
    report([problem]);
    FILES
}

/// Says which files stand in the way.
fn not_ours(paths: &[PathBuf]) -> Diagnostic {
    let mut problem = Diagnostic::error("files stand there that this program did not make, or that were changed since");
    for path in paths.iter().take(SHOWN) {
        problem = problem.hint(path.display().to_string());
    }
    if paths.len() > SHOWN {
        problem = problem.hint(format!("and {} more", paths.len() - SHOWN));
    }
    problem.hint("move them away, choose another folder with `-o`, or overwrite them with `--force`")
}

/// `3 errors, 1 warning`.
fn count(problems: &Diagnostics) -> String {
    tally(problems.count(Severity::Error), problems.count(Severity::Warning))
}

fn tally(errors: usize, warnings: usize) -> String {
    let say = |number: usize, word: &str| match number {
        1 => format!("1 {word}"),
        number => format!("{number} {word}s"),
    };
    match (errors, warnings) {
        (errors, 0) => say(errors, "error"),
        (0, warnings) => say(warnings, "warning"),
        (errors, warnings) => format!("{}, {}", say(errors, "error"), say(warnings, "warning")),
    }
}

/// The settings of a run.
fn settings(making: &Making) -> Result<Settings, Box<Diagnostic>> {
    let today = today(making.date.map(|date| date.0))?;
    Ok(Settings { today, blanks: making.blanks, allow_overdue: making.allow_overdue, sheets: making.sheets })
}

/// The day a run happens: the one given, or `SOURCE_DATE_EPOCH`, or the clock's. Nothing else asks the clock.
fn today(given: Option<civil::Date>) -> Result<civil::Date, Box<Diagnostic>> {
    match (given, std::env::var("SOURCE_DATE_EPOCH")) {
        (Some(date), _) => Ok(date),
        (None, Ok(epoch)) => from_epoch(&epoch).ok_or_else(|| {
            Box::new(Diagnostic::error(format!("`SOURCE_DATE_EPOCH` is `{epoch}`, expected seconds since 1970")))
        }),
        (None, Err(_)) => Ok(jiff::Zoned::now().date()),
    }
}

fn from_epoch(epoch: &str) -> Option<civil::Date> {
    let stamp = jiff::Timestamp::from_second(epoch.trim().parse().ok()?).ok()?;
    Some(stamp.to_zoned(jiff::tz::TimeZone::UTC).date())
}

/// The campaign folders that the given folders are or hold.
fn campaigns(folders: &[PathBuf]) -> Result<Vec<PathBuf>, Box<Diagnostic>> {
    let mut found = Vec::new();
    for folder in folders {
        let inside = load::find(folder).map_err(|error| {
            let shown = folder.display();
            Box::new(match error.kind() {
                std::io::ErrorKind::NotFound => {
                    suggest_folder(Diagnostic::error(format!("there is no folder `{shown}`")), folder)
                }
                _ => Diagnostic::error(format!("cannot read `{shown}`: {error}")),
            })
        })?;
        if inside.is_empty() {
            return Err(Box::new(
                Diagnostic::error(format!("there is no campaign in `{}`", folder.display()))
                    .hint("a campaign is a folder with a campaign.toml")
                    .hint("`handbill list campaigns FOLDER` shows those in a folder"),
            ));
        }
        found.extend(inside);
    }
    found.dedup();
    Ok(found)
}

/// Suggests the folder beside it that was most likely meant.
fn suggest_folder(problem: Diagnostic, folder: &Path) -> Diagnostic {
    let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let beside: Vec<String> = folder
        .parent()
        .map(|parent| if parent.as_os_str().is_empty() { Path::new(".") } else { parent })
        .and_then(|parent| std::fs::read_dir(parent).ok())
        .into_iter()
        .flatten()
        .filter_map(|entry| Some(entry.ok()?.file_name().to_string_lossy().into_owned()))
        .collect();
    problem.suggest(&name, beside.iter().map(String::as_str))
}
