//! Owns `handbill new`: the questions or the options that answer them, the new folder, and what is told of it.

use std::fs;
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};

use jiff::civil::Date;

use super::{DONE, FILES, PROBLEMS, USAGE, fail, print, report, settings, styled};
use crate::campaign::load::{self, CAMPAIGN_FILE};
use crate::cli::{Making, New};
use crate::compose::Settings;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::ice::{beside, state_code, state_name};
use crate::interview::answers::{Answers, Given, Step, accept};
use crate::interview::ask::{Asker, Choose, Offer, Silent, Turn};
use crate::interview::lines::Lines;
use crate::interview::listed::Lists;
use crate::interview::terminal::Terminal;
use crate::interview::{Interview, Outcome, no_territory};
use crate::kit::Kit;
use crate::library::STATES;
use crate::starter::{self, missing};

/// Where the new folder goes, and its name if a person gave one.
struct Target {
    out: PathBuf,
    name: Option<String>,
}

/// Runs the command.
pub fn run(options: &New) -> u8 {
    let making = Making { date: options.date, blanks: true, sheets: None, allow_overdue: true };
    let settings = match settings(&making) {
        Ok(settings) => settings,
        Err(problem) => {
            report([&*problem]);
            return USAGE;
        }
    };
    let mut problems = Diagnostics::default();
    let target = target(options, &mut problems);
    let given = given(options, target.name.clone(), settings.today, &mut problems);
    let person = !options.yes && io::stdin().is_terminal() && io::stderr().is_terminal();
    if !person {
        nobody_to_ask(options, &mut problems);
    }
    if problems.has_errors() {
        report(problems.iter());
        return USAGE;
    }
    if let Some(name) = &target.name
        && target.out.join(name).join(CAMPAIGN_FILE).exists()
    {
        return there(&target.out.join(name));
    }
    if !person {
        return converse(options, &settings, given, &target, &mut Silent { aloud: true });
    }
    if std::env::var_os("TERM").is_some_and(|term| term == "dumb") {
        return converse(options, &settings, given, &target, &mut Lines::new(io::stdin().lock(), io::stderr()));
    }
    converse(options, &settings, given, &target, &mut Terminal::new(styled()))
}

/// Holds the conversation, writes its outcome and tells what comes next.
fn converse(options: &New, settings: &Settings, given: Given, target: &Target, asker: &mut dyn Asker) -> u8 {
    if asker.asks_a_person() {
        asker.tell("A few questions begin a campaign. What you do not know stays open.\n");
    }
    let paths = match lists_at_hand(options, asker) {
        Ok(paths) => paths,
        Err(Turn::Stuck(problem)) => return stuck(&problem),
        Err(Turn::Back | Turn::Quit) => return print("nothing was written\n"),
    };
    let as_of = given.answers.text(Step::AsOf).and_then(|day| day.parse().ok());
    let lists = match Lists::read(&paths, as_of) {
        Ok(lists) => lists,
        Err(error) => return super::import::ice::refuse(&error),
    };
    tell_lists(&lists, asker);
    let mut problems = Diagnostics::default();
    let register = Kit::built_in_register(&mut problems);
    let taken = |name: &str| target.out.join(name).join(CAMPAIGN_FILE).exists();
    let out = target.out.display().to_string();
    let mut interview = Interview::new(&register, &lists, settings.today, given, out, &taken);
    match interview.run(asker) {
        Outcome::Stuck(problem) => stuck(&problem),
        Outcome::There(folder) => there(&target.out.join(folder)),
        Outcome::Nothing => print("nothing was written\n"),
        Outcome::Write { folder, start } => {
            let folder = target.out.join(folder);
            let written = write(&folder, &starter::write(&start));
            match written.and_then(|()| super::schema::write_beside(&target.out)) {
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => there(&folder),
                Err(error) => fail(&Diagnostic::error(format!("cannot write `{}`: {error}", folder.display()))),
                Ok(()) => tell(&folder, settings),
            }
        }
    }
}

fn stuck(problem: &Diagnostic) -> u8 {
    report([problem]);
    USAGE
}

/// A campaign that is there stays as it is.
fn there(folder: &Path) -> u8 {
    fail(
        &Diagnostic::error(format!("there is a campaign in `{}` already, and it stays as it is", folder.display()))
            .hint("give the new one another name with `--name FOLDER`"),
    )
}

/// Where the new folder goes.
fn target(options: &New, problems: &mut Diagnostics) -> Target {
    let Some(dir) = &options.dir else {
        return Target { out: options.out.clone(), name: options.name.clone() };
    };
    // `.` has a name too.
    let whole = match dir.file_name() {
        Some(_) => dir.clone(),
        None => dir.canonicalize().unwrap_or_else(|_| dir.clone()),
    };
    if !whole.join(CAMPAIGN_FILE).exists() && load::find(&whole).is_ok_and(|found| !found.is_empty()) {
        let shown = dir.display();
        problems.push(
            Diagnostic::error(format!("`{shown}` is a folder of campaigns"))
                .hint(format!("`--out {shown}` puts the new one into it; or name its own folder, `{shown}/NAME`")),
        );
    }
    Target {
        out: whole.parent().map(Path::to_path_buf).unwrap_or_default(),
        name: whole.file_name().map(|name| name.to_string_lossy().into_owned()),
    }
}

/// What the options answer; each that will not do is a problem.
fn given(options: &New, folder: Option<String>, today: Date, problems: &mut Diagnostics) -> Given {
    let mut answers = Answers {
        kind: options.agency_kind,
        status: options.status,
        models: options.models.clone(),
        organization: options.organization_kind,
        ..Answers::default()
    };
    answers.state = options.state.as_deref().and_then(|text| state(text, problems));
    let texts = [
        ("--city", Step::City, &options.city),
        ("--agency", Step::Agency, &options.agency),
        ("--head", Step::Head, &options.head),
        ("--title", Step::Title, &options.title),
        ("--signed", Step::Signed, &options.signed),
        ("--source", Step::Source, &options.source),
        ("--as-of", Step::AsOf, &options.as_of),
        ("--body", Step::Body, &options.body),
        ("--organization", Step::Organization, &options.organization),
        ("--phone", Step::Phone, &options.phone),
        ("--email", Step::Email, &options.email),
        ("--url", Step::Url, &options.url),
        ("--meeting-date", Step::MeetingDate, &options.meeting_date),
        ("--meeting-time", Step::MeetingTime, &options.meeting_time),
        ("--meeting-place", Step::MeetingPlace, &options.meeting_place),
    ];
    for (flag, step, text) in texts {
        let Some(text) = text else { continue };
        match accept(step, text, today) {
            Ok(text) if text.is_empty() && matches!(step, Step::City | Step::Agency) => {
                problems.push(Diagnostic::error(format!("{flag} is empty")));
            }
            Ok(text) => {
                answers.typed.insert(step, text);
            }
            Err(why) => problems.push(Diagnostic::error(format!("{flag}: {why}"))),
        }
    }
    if let Some(name) = &folder
        && let Err(why) = accept(Step::Folder, name, today)
    {
        problems.push(Diagnostic::error(format!("`{name}` will not do as a folder's name: {why}")));
    }
    Given { county: options.county.clone(), folder, answers }
}

/// A state by its letters or its name; what only resembles one is not taken.
fn state(text: &str, problems: &mut Diagnostics) -> Option<&'static str> {
    let text = text.trim();
    let found = state_code(text);
    let exact = found.filter(|code| {
        code.eq_ignore_ascii_case(text) || state_name(code).is_some_and(|name| name.eq_ignore_ascii_case(text))
    });
    match exact {
        Some(code) => match STATES.iter().find(|known| **known == code) {
            Some(code) => return Some(code),
            None => problems.push(Diagnostic::error(no_territory(code))),
        },
        None => {
            let problem = Diagnostic::error(format!("`{text}` is not a state"));
            problems.push(match found.and_then(state_name) {
                Some(name) => problem.hint(format!("did you mean {name}?")),
                None => problem.hint("expected the two letters of a state or DC, such as MN, or its name"),
            });
        }
    }
    None
}

/// Without a person to ask, the place has to be given.
fn nobody_to_ask(options: &New, problems: &mut Diagnostics) {
    let mut needed = Vec::new();
    if options.state.is_none() {
        needed.push("--state");
    }
    if options.county.is_none() && options.city.is_none() && options.state.as_deref() != Some("DC") {
        needed.push("--county or --city");
    }
    let hint = "the rest has usual answers; `handbill new --help` lists the options";
    if !options.yes {
        let mut problem = Diagnostic::error("there is no terminal to ask in, and `--yes` is not given");
        if !needed.is_empty() {
            problem = problem.hint(format!("give {} too", needed.join(" and ")));
        }
        problems.push(problem.hint(hint));
    } else if !needed.is_empty() {
        problems.push(Diagnostic::error(format!("missing: {}", needed.join(" and "))).hint(hint));
    }
}

/// ICE's lists: those given, or those found beside, if a person wants them.
fn lists_at_hand(options: &New, asker: &mut dyn Asker) -> Result<Vec<PathBuf>, Turn> {
    let mut paths: Vec<PathBuf> = options.ice.iter().chain(&options.pending).cloned().collect();
    if !paths.is_empty() {
        return Ok(paths);
    }
    let found = beside(Path::new("."));
    let named = |word: &str| -> Vec<&PathBuf> {
        found.iter().filter(|path| name(path).to_lowercase().contains(word)).collect()
    };
    for (word, flag, what) in [
        ("participating", "--ice", "ICE's list of agencies with agreements"),
        ("pending", "--pending", "ICE's list of pending agencies"),
    ] {
        let files = named(word);
        let Some(first) = files.first() else { continue };
        if !asker.asks_a_person() {
            asker.tell(&format!("{what} is in this folder, {}; `{flag}` uses it", name(first)));
            continue;
        }
        let mut offers: Vec<Offer> = files.iter().map(|path| Offer::new(name(path))).collect();
        offers.push(Offer::always("do without it"));
        let question = Choose {
            flag,
            question: format!("Use {what}?"),
            help: "It is in this folder, and tells the agency, its models and their days".to_string(),
            offers,
            usual: Some(0),
            because: None,
        };
        let chosen = asker.choose(&question)?;
        paths.extend(files.get(chosen).map(|path| (*path).clone()));
    }
    Ok(paths)
}

fn tell_lists(lists: &Lists, asker: &mut dyn Asker) {
    for list in &lists.0 {
        let day = list.day.map_or(format!("({})", list.name), |day| format!("of {day}"));
        asker.tell(&format!("From ICE's list of {} {day}.", list.kind.title()));
    }
}

fn name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// Writes a campaign's file whole or not at all, and never over another.
fn write(folder: &Path, text: &str) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(text.as_bytes())?;
    file.persist_noclobber(folder.join(CAMPAIGN_FILE)).map_err(|error| error.error)?;
    Ok(())
}

/// What was written, what it lacks, and the next command.
fn tell(folder: &Path, settings: &Settings) -> u8 {
    let shown = folder.display();
    let mut problems = Diagnostics::default();
    let kit = Kit::for_campaign(folder, &mut problems);
    let campaign = load::load(folder, &kit.register, &mut problems);
    report(problems.iter());
    let Some(campaign) = campaign else { return PROBLEMS };
    let lacks = missing::told(&missing::missing(&kit, &campaign, settings));
    let text = format!(
        "wrote {shown}/{CAMPAIGN_FILE}\n\n{lacks}\nNext: handbill build {}\nThen complete the file in any editor, and build again.\n",
        argument(folder)
    );
    match print(&text) {
        DONE if problems.has_errors() => PROBLEMS,
        DONE => DONE,
        _ => FILES,
    }
}

/// A path as it is typed in a shell.
fn argument(path: &Path) -> String {
    let text = path.display().to_string();
    match text.contains(|letter: char| letter.is_whitespace() || "'\"\\$`&|;<>()*?!#~".contains(letter)) {
        true => format!("'{}'", text.replace('\'', "'\\''")),
        false => text,
    }
}
