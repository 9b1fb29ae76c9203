//! Owns `template.toml`: what a document is for, how much paper it may fill, and which values and sections it needs.

use std::sync::Arc;

use serde::Deserialize;
use toml::Spanned;

use crate::campaign::choices::{Role, Status};
use crate::choices;
use crate::decode::decode;
use crate::diagnostic::{Diagnostic, Diagnostics, SourceFile};
use crate::facts::check_format;
use crate::fields::{FIELDS, find};
use crate::values::{Count, Field, Text};

choices! {
    /// What one file is made for.
    OnePer {
        /** The place. */ Place = "place",
        /** Each official with one of the roles. */ Official = "official",
    }
}

/// `template.toml` as written.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct RawContract {
    format: Field<Count>,
    title: Field<Text>,
    purpose: Field<Text>,
    audience: Field<Text>,
    grade: Field<Count>,
    pages: Field<Count>,
    one_per: Field<OnePer>,
    roles: Vec<Role>,
    statuses: Vec<Status>,
    figures: Vec<String>,
    sections: Vec<String>,
    required: Vec<Spanned<String>>,
    optional: Vec<Spanned<String>>,
    script: Vec<RawScript>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct RawScript {
    section: Field<Text>,
    seconds: Field<Count>,
}

/// A section that is read aloud against a clock.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Script {
    /// The section's id.
    pub section: String,
    /// Seconds it may take.
    pub seconds: u32,
}

/// What a document promises and needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contract {
    /// The document's name: `fact-sheet`.
    pub document: String,
    /// Its title for people.
    pub title: String,
    /// What it is for, one sentence.
    pub purpose: String,
    /// Who reads it.
    pub audience: String,
    /// Reading level it aims at, as a school grade.
    pub grade: u32,
    /// Sides of paper it may fill.
    pub pages: u32,
    /// What one file is made for.
    pub one_per: OnePer,
    /// For letters: which officials.
    pub roles: Vec<Role>,
    /// The statuses for which it makes sense.
    pub statuses: Vec<Status>,
    /// Figures the words may contain of themselves.
    pub figures: Vec<String>,
    /// Sections that every language must have.
    pub sections: Vec<String>,
    /// Values it must have.
    pub required: Vec<String>,
    /// Values it uses if they are there.
    pub optional: Vec<String>,
    /// Sections read aloud.
    pub scripts: Vec<Script>,
    /// The file it was read from.
    pub file: Arc<SourceFile>,
}

impl Contract {
    /// Reads and checks a contract.
    pub fn load(document: &str, file: &Arc<SourceFile>, problems: &mut Diagnostics) -> Option<Contract> {
        let RawContract {
            format,
            title,
            purpose,
            audience,
            grade,
            pages,
            one_per,
            roles,
            statuses,
            figures,
            sections,
            required,
            optional,
            script,
        } = decode(file, problems)?;
        check_format(file, &format, problems);
        let mut missing = |key: &str| {
            problems.push(Diagnostic::error(format!("`{key}` is missing")).at(file, 0..0));
        };
        let title = title.take().or_else(|| {
            missing("title");
            None
        });
        let purpose = purpose.take().or_else(|| {
            missing("purpose");
            None
        });
        let pages = pages.take().or_else(|| {
            missing("pages");
            None
        });
        let one_per_span = one_per.span();
        let one_per = one_per.take().unwrap_or(OnePer::Place);
        if one_per == OnePer::Official && roles.is_empty() {
            problems.push(
                Diagnostic::error("one letter for each official, but of which `roles`?")
                    .at(file, one_per_span)
                    .hint(format!("expected some of {}", Role::WORDS.join(", "))),
            );
        }
        for path in required.iter().chain(&optional) {
            if find(path.get_ref()).is_none() {
                problems.push(
                    Diagnostic::error(format!("there is no value `{}`", path.get_ref()))
                        .at(file, path.span())
                        .suggest(path.get_ref(), FIELDS.iter().map(|field| field.path))
                        .hint("`handbill fields` lists them all"),
                );
            }
        }
        let plain = |paths: Vec<Spanned<String>>| paths.into_iter().map(Spanned::into_inner).collect();
        Some(Contract {
            document: document.to_string(),
            title: title?.0,
            purpose: purpose?.0,
            audience: audience.take().map(|text| text.0).unwrap_or_default(),
            grade: grade.take().map_or(8, |count| count.0),
            pages: pages?.0,
            one_per,
            roles,
            statuses: if statuses.is_empty() { Status::ALL.to_vec() } else { statuses },
            figures,
            sections,
            required: plain(required),
            optional: plain(optional),
            scripts: script
                .into_iter()
                .filter_map(|script| {
                    Some(Script { section: script.section.take()?.0, seconds: script.seconds.take()?.0 })
                })
                .collect(),
            file: file.clone(),
        })
    }
}
