//! Owns `template.toml`: what a document is for, how much paper it may fill, and which values and sections it needs.

use std::sync::Arc;

use schemars::JsonSchema;
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

choices! {
    /// Whom a document serves; the order of the catalogue.
    Group {
        /** Residents read it. */ Residents = "residents",
        /** Officials read it. */ Officials = "officials",
        /** It is used at or about a meeting. */ Meetings = "meetings",
        /** Organizers keep it. */ Organizers = "organizers",
    }
}

choices! {
    /// Documents that are made together.
    Set {
        /** What a campaign begins with. */ Basics = "basics",
        /** A forum or town hall. */ Forum = "forum",
        /** Collecting signatures and handing them over. */ PetitionDrive = "petition-drive",
        /** Every letter to officials. */ Letters = "letters",
        /** Meeting an official, or speaking at a meeting. */ Meeting = "meeting",
        /** Going public. */ Launch = "launch",
        /** Everything. */ All = "all",
    }
}

choices! {
    /// Whom a letter that is made once for a place goes to.
    Recipient {
        /** The head of the agency. */ Head = "head",
        /** The county's governing body as a whole. */ Body = "body",
        /** Its clerk. */ Clerk = "clerk",
        /** Who answers public-records requests at the agency. */ Custodian = "custodian",
        /** ICE's office for requests under the Freedom of Information Act. */ Ice = "ice",
        /** Nobody: no address is printed. */ Nobody = "nobody",
    }
}

choices! {
    /// How a document is printed.
    Print {
        /** On one side. */ OneSide = "one-side",
        /** On both sides, flipped on the long edge. */ LongEdge = "long-edge",
        /** On both sides, flipped on the short edge: pages that lie on their side. */ ShortEdge = "short-edge",
        /** On one side, then cut at the ticks. */ Cut = "cut",
        /** On 11 by 17 inch paper. */ Tabloid = "tabloid",
        /** On one side, signed by hand, folded into an envelope. */ Letter = "letter",
    }
}

choices! {
    /// A picture made of ICE's list.
    Picture {
        /** The state's counties with their agreements. */ Map = "map",
        /** Agreements by month of signing. */ Growth = "growth",
    }
}

/// `template.toml` as written.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("required" = ["format", "title", "purpose", "pages"]))]
pub(crate) struct RawContract {
    /// The file's format; 1.
    #[schemars(extend("enum" = [1]))]
    format: Field<Count>,
    /// Its title for people.
    title: Field<Text>,
    /// What it is for, one sentence.
    purpose: Field<Text>,
    /// Who reads it.
    audience: Field<Text>,
    /// Reading level it aims at, as a school grade; 8 if left out.
    grade: Field<Count>,
    /// Sides of paper it may fill.
    pages: Field<Count>,
    /// What one file is made for; the place if left out.
    one_per: Field<OnePer>,
    /// For letters: which officials.
    roles: Vec<Role>,
    /// For letters: whether residents sign it, each a letter of their own; no if left out.
    signers: bool,
    /// For letters made once for a place: to whom; the head of the agency if left out.
    to: Field<Recipient>,
    /// Whom it serves; residents if left out.
    group: Field<Group>,
    /// How it is printed; on one side if left out.
    print: Field<Print>,
    /// The sets it belongs to, besides all.
    sets: Vec<Set>,
    /// The statuses for which it makes sense; all if left out.
    statuses: Vec<Status>,
    /// The pictures its layout draws.
    pictures: Vec<Picture>,
    /// The pictures its layout draws if the campaign asks for one.
    pictures_if_asked: Vec<Picture>,
    /// Figures the words may contain of themselves.
    figures: Vec<String>,
    /// Sections that every language must have.
    sections: Vec<String>,
    /// Values without which it is not made at all, not even with write-in lines.
    #[schemars(schema_with = "crate::schema::value_names")]
    must: Vec<Spanned<String>>,
    /// Values it must have.
    #[schemars(schema_with = "crate::schema::value_names")]
    required: Vec<Spanned<String>>,
    /// Values it uses if they are there.
    #[schemars(schema_with = "crate::schema::value_names")]
    optional: Vec<Spanned<String>>,
    /// Sections read aloud.
    script: Vec<RawScript>,
    /// Limits of words.
    limit: Vec<RawLimit>,
}

/// How many words sections may have together.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
struct RawLimit {
    /// The sections counted.
    sections: Vec<String>,
    /// The fewest.
    least: Field<Count>,
    /// The most.
    most: Field<Count>,
    /// Whether it holds for each text under a heading of its own, rather than for all together.
    each: bool,
}

/// A section that is read aloud against a clock.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
struct RawScript {
    /// The section's id.
    section: Field<Text>,
    /// Seconds it may take.
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

/// How many words sections may have together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limit {
    /// The sections counted.
    pub sections: Vec<String>,
    /// The fewest.
    pub least: usize,
    /// The most.
    pub most: usize,
    /// Whether it holds for each text under a heading of its own, rather than for all together.
    pub each: bool,
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
    /// For letters: whether residents sign it, each a letter of their own.
    pub signers: bool,
    /// For letters made once for a place: to whom.
    pub to: Recipient,
    /// Whom it serves.
    pub group: Group,
    /// The sets it belongs to, besides all.
    pub sets: Vec<Set>,
    /// How it is printed.
    pub print: Print,
    /// The statuses for which it makes sense.
    pub statuses: Vec<Status>,
    /// The pictures its layout draws.
    pub pictures: Vec<Picture>,
    /// The pictures it draws if the campaign asks for one of them.
    pub pictures_if_asked: Vec<Picture>,
    /// Figures the words may contain of themselves.
    pub figures: Vec<String>,
    /// Sections that every language must have.
    pub sections: Vec<String>,
    /// Values without which it is not made at all, not even with write-in lines.
    pub must: Vec<String>,
    /// Values it must have.
    pub required: Vec<String>,
    /// Values it uses if they are there.
    pub optional: Vec<String>,
    /// Sections read aloud.
    pub scripts: Vec<Script>,
    /// Limits of words.
    pub limits: Vec<Limit>,
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
            signers,
            to,
            group,
            print,
            sets,
            statuses,
            pictures,
            pictures_if_asked,
            figures,
            sections,
            must,
            required,
            optional,
            script,
            limit,
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
        let mut limits = Vec::new();
        for limit in limit {
            let RawLimit { sections: counted, least, most, each } = limit;
            for id in counted.iter().filter(|id| !sections.contains(id)) {
                problems.push(
                    Diagnostic::error(format!("a limit of words names the section `{id}`, which there is not"))
                        .at(file, most.span())
                        .suggest(id, sections.iter().map(String::as_str)),
                );
            }
            let most = most.take().map_or(usize::MAX, |count| count.0 as usize);
            limits.push(Limit {
                sections: counted,
                least: least.take().map_or(0, |count| count.0 as usize),
                most,
                each,
            });
        }
        for path in required.iter().chain(&optional).chain(&must) {
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
            signers,
            to: to.take().unwrap_or(Recipient::Head),
            group: group.take().unwrap_or(Group::Residents),
            sets,
            print: print.take().unwrap_or(Print::OneSide),
            statuses: if statuses.is_empty() { Status::ALL.to_vec() } else { statuses },
            pictures,
            pictures_if_asked,
            figures,
            sections,
            must: plain(must),
            required: plain(required),
            optional: plain(optional),
            scripts: script
                .into_iter()
                .filter_map(|script| {
                    Some(Script { section: script.section.take()?.0, seconds: script.seconds.take()?.0 })
                })
                .collect(),
            limits,
            file: file.clone(),
        })
    }
}
