//! What the tests share: the example campaigns, a fixed day, and comparing against kept files.

#![allow(dead_code)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use handbill::compose::Settings;
use handbill::diagnostic::Diagnostics;
use handbill::make::{Made, Workshop};
use handbill::plan::Wanted;

/// The day every test happens on.
pub const TODAY: &str = "2026-11-21";

/// The project's folder.
pub fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The example campaigns, by name.
pub fn examples() -> Vec<PathBuf> {
    handbill::campaign::load::find(&root().join("campaigns")).expect("the examples are there")
}

/// The campaign of a county that does not exist, which says everything a campaign may say.
pub fn full() -> PathBuf {
    root().join("tests/campaigns/example-county-mn")
}

/// The settings of a plain run on the tests' day.
pub fn settings() -> Settings {
    Settings { today: TODAY.parse().expect("a date"), blanks: false, allow_overdue: false, sheets: None }
}

/// Every problem, as a person would read it.
pub fn told(problems: &Diagnostics) -> String {
    problems.iter().map(|problem| problem.render(false)).collect::<Vec<_>>().join("\n\n")
}

/// Opens a campaign and makes all its paper; any error fails the test.
pub fn make_all(folder: &Path) -> (Workshop, Vec<Made>) {
    let mut problems = Diagnostics::default();
    let mut workshop = Workshop::open(folder, &mut problems).unwrap_or_else(|| panic!("{}", told(&problems)));
    let jobs = workshop.plan(&Wanted::everything(), &settings(), &mut problems).jobs;
    let settings = settings();
    let made = jobs.iter().filter_map(|job| workshop.make(job, &settings, &mut problems)).collect();
    assert!(!problems.has_errors(), "{}\n{}", folder.display(), told(&problems));
    (workshop, made)
}

/// Whether kept files are to be written anew.
pub fn blessing() -> bool {
    std::env::var_os("BLESS").is_some()
}

/// Files kept in a folder, each compared as it is made; what is left over at the end fails.
pub struct Kept {
    folder: PathBuf,
    seen: BTreeSet<PathBuf>,
    wrong: Vec<String>,
}

impl Kept {
    /// Opens a folder of `tests/`.
    pub fn new(folder: &str) -> Kept {
        Kept { folder: root().join("tests").join(folder), seen: BTreeSet::new(), wrong: Vec::new() }
    }

    /// Where a kept file stands.
    pub fn path(&mut self, name: &str) -> PathBuf {
        let path = self.folder.join(name);
        self.seen.insert(path.clone());
        path
    }

    /// Compares text with the kept one.
    pub fn text(&mut self, name: &str, found: &str) {
        let path = self.path(name);
        if blessing() {
            fs::create_dir_all(path.parent().expect("it has one")).expect("the folder can be made");
            fs::write(&path, found).expect("the file can be written");
            return;
        }
        let kept = fs::read_to_string(&path).unwrap_or_default();
        if kept != found {
            let line = kept
                .lines()
                .zip(found.lines())
                .position(|(a, b)| a != b)
                .unwrap_or_else(|| kept.lines().count().min(found.lines().count()));
            self.wrong.push(format!(
                "{name} differs from line {}:\n  kept:  {}\n  found: {}",
                line + 1,
                kept.lines().nth(line).unwrap_or("(end)"),
                found.lines().nth(line).unwrap_or("(end)"),
            ));
        }
    }

    /// Notes something wrong.
    pub fn wrong(&mut self, what: String) {
        self.wrong.push(what);
    }

    /// Fails on every difference, and on kept files that nothing was compared with.
    pub fn finish(mut self) {
        let left = files(&self.folder).into_iter().filter(|path| !self.seen.contains(path));
        for path in left.collect::<Vec<_>>() {
            if blessing() {
                fs::remove_file(&path).expect("the file can be removed");
            } else {
                self.wrong.push(format!("left over: {}", path.display()));
            }
        }
        assert!(
            self.wrong.is_empty(),
            "{}\n\nlook at each; if it is meant, run again with BLESS=1 and commit what changed",
            self.wrong.join("\n")
        );
    }
}

/// Every file under a folder.
pub fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() { found.extend(files(&path)) } else { found.push(path) }
    }
    found.sort();
    found
}
