//! Owns what a campaign still lacks: which details wait in which table, and which documents wait for them.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use jiff::civil;

use crate::campaign::Campaign;
use crate::compose::{Settings, compose};
use crate::context::{Run, SourceDates, context};
use crate::contract::{Contract, OnePer, Recipient, Set};
use crate::diagnostic::Diagnostics;
use crate::fields::{Kind, find, origin};
use crate::kit::Kit;
use crate::plan::{Job, Wanted, plan};

/// Details of one table that are missing, and the documents that would print them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missing {
    /// The table of `campaign.toml`.
    pub table: String,
    /// Its keys.
    pub keys: Vec<String>,
    /// The documents, in the order they are listed.
    pub documents: Vec<String>,
    /// Whether one of the basics is among them.
    pub basics: bool,
    /// What comes of it.
    pub effect: Effect,
}

/// What comes of a missing detail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Effect {
    /// A line to write on stands in its place.
    Line,
    /// The paper says less.
    Less,
    /// The paper is not made.
    NotMade,
}

/// What a campaign lacks, what the basics wait for first.
pub fn missing(kit: &Kit, campaign: &Campaign, settings: &Settings) -> Vec<Missing> {
    let settings = Settings { blanks: true, allow_overdue: true, ..settings.clone() };
    let mut ignored = Diagnostics::default();
    let all = plan(kit, campaign, &Wanted::everything(), &settings, &mut ignored);
    let mut found: Vec<Missing> = Vec::new();
    let mut done = BTreeSet::new();
    let first_of_each = all.jobs.iter().filter(|job| done.insert(job.document.clone()));
    let mut jobs: Vec<(&Job, &Contract)> =
        first_of_each.filter_map(|job| Some((job, kit.contracts.get(&job.document)?))).collect();
    jobs.sort_by_key(|(_, contract)| !contract.sets.contains(&Set::Basics));
    for (job, contract) in jobs {
        let composed = compose(kit, campaign, job, &settings, &all.run, &|_| true, &mut ignored);
        for path in composed.iter().flat_map(|composed| &composed.blanks) {
            note(&mut found, contract, key(path, contract, campaign), Effect::Line);
        }
        for path in unmet(kit, contract, campaign, settings.today) {
            note(&mut found, contract, key(path, contract, campaign), Effect::Less);
        }
    }
    for (document, waiting) in &all.left_out {
        let Some(contract) = kit.contracts.get(document) else { continue };
        for path in waiting {
            note(&mut found, contract, key(path, contract, campaign), Effect::NotMade);
        }
    }
    found.sort_by_key(|missing| (missing.effect, !missing.basics, std::cmp::Reverse(missing.documents.len())));
    found
}

fn note(found: &mut Vec<Missing>, contract: &Contract, (table, key): (String, String), effect: Effect) {
    let basics = contract.sets.contains(&Set::Basics);
    // What the basics lack is said once, with them.
    let told = |missing: &&Missing| {
        missing.table == table && missing.effect == effect && missing.basics && missing.keys.contains(&key)
    };
    if !basics && found.iter().any(|missing| told(&missing)) {
        return;
    }
    let of = |missing: &Missing| missing.table == table && missing.effect == effect && missing.basics == basics;
    let at = found.iter().position(of).unwrap_or_else(|| {
        found.push(Missing { table, keys: Vec::new(), documents: Vec::new(), basics, effect });
        found.len() - 1
    });
    let missing = &mut found[at];
    if !missing.keys.contains(&key) {
        // Who it is comes before how to reach it.
        let place = if key == "name" { 0 } else { missing.keys.len() };
        missing.keys.insert(place, key);
    }
    if !missing.documents.contains(&contract.document) {
        missing.documents.push(contract.document.clone());
    }
}

/// The occasions a document asks about and the campaign does not name: an event, a hotline, a meeting ahead.
fn unmet<'a>(kit: &Kit, contract: &'a Contract, campaign: &Campaign, today: civil::Date) -> Vec<&'a str> {
    let Some(language) = kit.languages.get("en") else { return Vec::new() };
    let values = context(
        campaign,
        &kit.register.counts,
        None,
        &language.lexicon,
        today,
        &SourceDates::default(),
        &Run::default(),
    );
    let asked = |path: &&str| {
        let spec = find(path);
        spec.is_some_and(|spec| spec.kind == Kind::Flag && own_key(spec.origin).is_some())
            && (path.ends_with(".known") || path.ends_with(".upcoming"))
            && is_false(&values.data, path)
    };
    contract.required.iter().map(String::as_str).filter(asked).collect()
}

/// Whether a value is a plain no.
fn is_false(values: &serde_json::Map<String, serde_json::Value>, path: &str) -> bool {
    let mut parts = path.split('.');
    let first = parts.next().and_then(|part| values.get(part));
    parts.fold(first, |at, part| at?.get(part)) == Some(&serde_json::Value::Bool(false))
}

/// How the people letters go to are named.
const OFFICIALS: &str = "official";

/// The table and key where a missing value is written.
fn key(path: &str, contract: &Contract, campaign: &Campaign) -> (String, String) {
    let pair = |table: &str, key: &str| (table.to_string(), key.to_string());
    match path {
        "head.title" | "head.title_lower" => pair("agency.head", "title"),
        _ if path.starts_with("head.") => pair("agency.head", "name"),
        "event.known" | "meeting.upcoming" => pair(path.split('.').next().unwrap_or_default(), "date, time, place"),
        "hotline.known" => pair("hotline", "name, phone"),
        "organization.contact" => pair("organization", "phone or email"),
        "petition.return_to" => pair("organization.mail", "street, city, zip"),
        "mail.street" | "mail.city_line" => match (contract.one_per, contract.to) {
            (OnePer::Place, Recipient::Head | Recipient::Custodian) => pair("agency.mail", "street, city, zip"),
            (OnePer::Place, _) => pair("body.mail", "street, city, zip"),
            (OnePer::Official, _) if contract.roles.contains(&crate::campaign::choices::Role::CountyBody) => {
                pair("body.mail", "street, city, zip")
            }
            (OnePer::Official, _) => pair(OFFICIALS, &roles(contract)),
        },
        _ if path.starts_with("official.") || path.starts_with("an official") => pair(OFFICIALS, &roles(contract)),
        _ => own_key(origin(path)).map_or_else(
            || (campaign.id.clone(), path.to_string()),
            |(table, key)| (table.to_string(), key.to_string()),
        ),
    }
}

fn roles(contract: &Contract) -> String {
    let words: Vec<&str> = contract.roles.iter().map(|role| role.word()).collect();
    words.join(" or ")
}

/// The first key of `campaign.toml` that a value comes from: its table and its name.
fn own_key(origin: &str) -> Option<(&str, &str)> {
    let first = origin.split([',', ' ']).next()?;
    let (table, key) = first.rsplit_once('.')?;
    let plain = |text: &str| text.chars().all(|letter| letter.is_ascii_lowercase() || "._".contains(letter));
    (plain(table) && plain(key) && !table.starts_with("facts")).then_some((table, key))
}

/// What is missing, as it is told.
pub fn told(found: &[Missing]) -> String {
    let mut text = String::new();
    let groups = [
        ("The basics have lines to write on, until you write in the file:", Effect::Line, Some(true)),
        ("Other paper has them for:", Effect::Line, Some(false)),
        ("Some says more once you write:", Effect::Less, None),
        ("Not made without:", Effect::NotMade, None),
    ];
    for (head, effect, basics) in groups {
        let belongs =
            |missing: &&Missing| missing.effect == effect && basics.is_none_or(|basics| missing.basics == basics);
        let lines: Vec<&Missing> = found.iter().filter(belongs).collect();
        if lines.is_empty() {
            continue;
        }
        let _ = writeln!(text, "{head}");
        for missing in lines {
            let _ = writeln!(text, "  {} {}", heading(&missing.table), some_of(&missing.keys));
            let _ = writeln!(text, "      {}", some_of(&missing.documents));
        }
    }
    text
}

/// A table as it is headed in the file.
fn heading(table: &str) -> String {
    match table {
        OFFICIALS => "[[official]]".to_string(),
        table => format!("[{table}]"),
    }
}

/// How many are named before the rest is only counted.
const NAMED: usize = 3;

fn some_of(all: &[String]) -> String {
    let named = all.iter().take(NAMED).cloned().collect::<Vec<_>>().join(", ");
    match all.len().saturating_sub(NAMED) {
        0 => named,
        more => format!("{named} and {more} more"),
    }
}
