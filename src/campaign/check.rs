//! Owns the step from `campaign.toml` as written to a campaign that cannot be wrong.

use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use jiff::civil;

use super::choices::{Approval, Status};
use super::raw;
use super::{Agreement, Campaign, Official, Place, Sourced, organizing};
use crate::contract::Set;
use crate::counties::{self, Found};
use crate::diagnostic::{Diagnostic, Diagnostics, SourceFile, Spot};
use crate::facts::{Register, State, check_format};
use crate::values::{AsOf, Count, Date, Field, Fips, Leaf, Text, Url, YesNo};

/// What a check needs beside the file itself.
pub(super) struct Check<'a> {
    pub(super) file: &'a Arc<SourceFile>,
    pub(super) problems: &'a mut Diagnostics,
    /// Whether the file was read without a problem: else what seems missing may be what could not be read.
    clean: bool,
}

/// Checks a campaign; `None` if what every document needs is missing.
pub fn check(
    folder: &Path,
    file: &Arc<SourceFile>,
    raw: raw::Campaign,
    more_officials: Vec<Official>,
    register: &Register,
    problems: &mut Diagnostics,
) -> Option<Campaign> {
    let raw::Campaign {
        format,
        place,
        agency,
        agreement,
        body,
        official,
        meeting,
        comment_rules,
        costs,
        ties,
        organization,
        petition,
        asks,
        event,
        hotline,
        legal,
        media,
        talk,
        budget,
        records,
        coalition,
        bill,
        facts,
        output,
    } = raw;
    let clean = !problems.any_in(&file.path);
    check_format(file, &format, problems);
    let mut check = Check { file, problems, clean };

    let (place, state) = check.place(place, register);
    let code = state.as_ref().map(|state| state.code.clone());
    let agency = check.agency(agency, state.as_ref());
    let agreements = check.agreements(agreement);
    let body = check.body(body, place.as_ref(), state.as_ref(), code.as_deref());
    let mut officials: Vec<Official> =
        official.into_iter().filter_map(|official| check.official(official, code.as_deref())).collect();
    officials.extend(more_officials);
    check.twins(&officials);
    let meeting = check.meeting(meeting);
    let rules = check.comment_rules(comment_rules);
    let costs = check.costs(costs);
    let ties = check.ties(ties);
    let organization = check.organization(organization, code.as_deref());
    let petition = check.petition(petition, organization.kind);
    let raw::Asks { reply_by } = asks;
    let raw::Facts { off } = facts;
    for id in &off {
        if !register.facts.contains_key(id.get_ref()) {
            let known = register.facts.keys().map(String::as_str);
            check.problems.push(
                Diagnostic::error(format!("there is no fact `{}`", id.get_ref()))
                    .at(file, id.span())
                    .suggest(id.get_ref(), known)
                    .hint("`handbill list facts` shows them all"),
            );
        }
    }
    let organizing =
        check.organizing(organizing::Raw { event, hotline, legal, media, talk, budget, records, coalition, bill });
    let raw::Output { languages, blanks, sets, picture } = output;
    let languages: Vec<String> = languages.into_iter().map(toml::Spanned::into_inner).collect();
    let sets = sets.iter().filter_map(|set| check.set(set)).collect();

    Some(Campaign {
        id: folder_name(folder),
        folder: folder.to_path_buf(),
        file: file.clone(),
        state: state?,
        place: place?,
        agency: agency?,
        agreements: agreements?,
        body,
        officials,
        meeting,
        rules,
        costs,
        ties,
        organization,
        petition,
        reply_by: date(reply_by),
        organizing,
        facts_off: off.into_iter().map(toml::Spanned::into_inner).collect(),
        languages: if languages.is_empty() { vec!["en".to_string()] } else { languages },
        blanks: blanks.unwrap_or(false),
        sets,
        picture: picture.take(),
    })
}

pub(super) fn text(field: Field<Text>) -> Option<String> {
    field.take().map(|text| text.0)
}

pub(super) fn date(field: Field<Date>) -> Option<civil::Date> {
    field.take().map(|date| date.0)
}

pub(super) fn count(field: Field<Count>) -> Option<u32> {
    field.take().map(|count| count.0)
}

pub(super) fn yes(field: Field<YesNo>) -> Option<bool> {
    field.take().map(|answer| answer == YesNo::Yes)
}

pub(super) fn sourced(source: Field<Text>, url: Field<Url>, as_of: Field<AsOf>) -> Option<Sourced> {
    Some(Sourced { source: text(source)?, url: url.take(), as_of: as_of.take() })
}

/// The folder's name, also when it was given as `.`.
fn folder_name(folder: &Path) -> String {
    let name = |path: &Path| path.file_name().map(|name| name.to_string_lossy().into_owned());
    name(folder).or_else(|| name(&folder.canonicalize().ok()?)).unwrap_or_else(|| "campaign".to_string())
}

/// The heading of a table in a file; the file itself if it has no such heading.
pub fn table_spot(file: &Arc<SourceFile>, table: &str) -> Spot {
    [format!("[{table}]"), format!("[[{table}]]")]
        .into_iter()
        .find_map(|head| file.text.lines().find(|line| line.trim_start().starts_with(&head)).map(|_| head))
        .and_then(|head| file.text.find(&head).map(|at| Spot::Text(file.clone(), at..at + head.len())))
        .unwrap_or_else(|| Spot::File(file.path.clone()))
}

impl Check<'_> {
    /// The set of this name, or a problem that names them all.
    fn set(&mut self, name: &toml::Spanned<String>) -> Option<Set> {
        let found = Set::parse(name.get_ref()).ok();
        if found.is_none() {
            self.problems.push(
                Diagnostic::error(format!("there is no set `{}`", name.get_ref()))
                    .at(self.file, name.span())
                    .suggest(name.get_ref(), Set::WORDS.iter().copied())
                    .hint(format!("sets: {}", Set::WORDS.join(", "))),
            );
        }
        found
    }

    /// Takes a value every document needs, or says that it is missing and where to write it.
    ///
    /// `example` shows how it is written.
    pub(super) fn needed<T: Leaf>(&mut self, field: Field<T>, table: &str, key: &str, example: &str) -> Option<T> {
        let value = field.take();
        if value.is_none() && self.clean {
            let spot = self.table_spot(table);
            self.problems.push(
                Diagnostic::error(format!("`{table}.{key}` is empty, and every document needs it"))
                    .spot(spot)
                    .hint(format!("write it under `[{table}]`, for example `{key} = {example}`")),
            );
        }
        value
    }

    /// The heading of a table in the file, to point at when a key is missing in it; the file if it has none.
    pub(super) fn table_spot(&self, table: &str) -> Option<Spot> {
        Some(table_spot(self.file, table))
    }

    fn place(&mut self, raw: raw::Place, register: &Register) -> (Option<Place>, Option<State>) {
        let raw::Place { state, name, kind, fips, seat } = raw;
        let span = state.span();
        let state = self.needed(state, "place", "state", "\"MN\"").and_then(|code| {
            let found = register.states.get(&code.0.to_uppercase());
            if found.is_none() {
                let by_name = register.states.values().find(|state| state.name.eq_ignore_ascii_case(&code.0));
                let problem = Diagnostic::error(format!("`{}` is not a state", code.0)).at(self.file, span);
                self.problems.push(match by_name {
                    Some(state) => problem.hint(format!("write `state = \"{}\"`", state.code)),
                    None => problem
                        .hint("expected the two letters of a state or DC, such as \"MN\"")
                        .suggest(&code.0.to_uppercase(), register.states.keys().map(String::as_str)),
                });
            }
            found.cloned()
        });
        let name_span = name.span();
        let name = self.needed(name, "place", "name", "\"Kandiyohi\"");
        let kind_span = kind.span();
        let kind = self.needed(kind, "place", "kind", "\"county\"");
        let (Some(name), Some(kind)) = (name, kind) else { return (None, state) };
        let bare = match kind.suffix().and_then(|suffix| name.0.strip_suffix(suffix)) {
            // "Kandiyohi County" is as good as "Kandiyohi".
            Some(rest) if rest.ends_with(' ') && !rest.trim().is_empty() => rest.trim().to_string(),
            _ => name.0.clone(),
        };
        if bare.chars().count() > 60 {
            self.problems.push(
                Diagnostic::error(format!(
                    "the place's name has {} characters, expected at most 60",
                    bare.chars().count()
                ))
                .at(self.file, name_span.clone()),
            );
        }
        let full = kind.suffix().map_or_else(|| bare.clone(), |suffix| format!("{bare} {suffix}"));
        if kind.suffix().is_some()
            && let Some(state) = &state
        {
            self.known_county(&full, state, name_span, kind_span, &fips);
        }
        (Some(Place { bare, name: full, kind, fips: fips.take(), seat: text(seat) }), state)
    }

    /// Holds a county against the Census Bureau's list: its name, its right word, its code.
    fn known_county(
        &mut self,
        full: &str,
        state: &State,
        name_span: Range<usize>,
        kind_span: Range<usize>,
        fips: &Field<Fips>,
    ) {
        match counties::find(Some(&state.code), full) {
            Found::One(county) => {
                let (is, said) = (county.full_name(), full);
                if is != said {
                    let elsewhere = is.split_whitespace().last() != said.split_whitespace().last();
                    self.problems.push(
                        Diagnostic::warning(format!("the Census Bureau writes `{is}`, not `{said}`"))
                            .at(self.file, if elsewhere { kind_span } else { name_span }.clone())
                            .hint("the paper prints what you write; mend `name` or `kind` if it is a slip"),
                    );
                }
                if let Some(Fips(code)) = fips.get()
                    && code != county.fips
                {
                    let whose = counties::by_fips(code).map_or("no county".to_string(), ToString::to_string);
                    self.problems.push(
                        Diagnostic::error(format!("the county code `{code}` is that of {whose}"))
                            .at(self.file, fips.span())
                            .hint(format!("{county} has the code {}", county.fips)),
                    );
                }
            }
            Found::Several(_) => {}
            Found::None { near } => {
                let names: Vec<String> = near.iter().map(|county| county.full_name()).collect();
                let mut problem =
                    Diagnostic::warning(format!("{} has no `{full}` in the Census Bureau's list", state.name))
                        .at(self.file, name_span);
                if let Some(first) = names.first() {
                    problem = problem.hint(format!("did you mean {first}?"));
                }
                self.problems.push(problem.hint("the paper prints what you write"));
            }
        }
    }

    fn agreements(&mut self, raw: Vec<raw::Agreement>) -> Option<Vec<Agreement>> {
        if raw.is_empty() && !self.clean {
            return None;
        }
        if raw.is_empty() {
            self.problems.push(
                Diagnostic::error("the campaign does not say whether there is an agreement")
                    .file(&self.file.path)
                    .hint(
                        "add `[[agreement]]` with a `status`; write `status = \"none\"` or `\"unknown\"` if that is so",
                    ),
            );
            return None;
        }
        let checked: Vec<Option<Agreement>> = raw.into_iter().map(|agreement| self.agreement(agreement)).collect();
        checked.into_iter().collect()
    }

    fn agreement(&mut self, raw: raw::Agreement) -> Option<Agreement> {
        let raw::Agreement {
            model,
            status,
            applied,
            signed,
            ended,
            signed_by,
            board_approved,
            board_source,
            board_as_of,
            asked_on,
            officers_authorized,
            officers_trained,
            officers_active,
            moa_url,
            source,
            url,
            as_of,
        } = raw;
        let status_span = status.span();
        let held = self.needed(status, "agreement", "status", "\"active\"")?;
        let at = |check: &Check, span: Range<usize>| Some(Spot::Text(check.file.clone(), span));
        match held {
            Status::None | Status::Unknown => {
                if model.get().is_some() {
                    let spot = at(self, model.span());
                    self.problems.push(
                        Diagnostic::error(format!("an agreement that is `{}` has no model", held.word()))
                            .spot(spot)
                            .hint("take `model` out, or say that the agreement is active, pending or ended"),
                    );
                }
            }
            Status::Active | Status::Pending | Status::Ended => {
                if model.get().is_none() {
                    let spot = at(self, status_span.clone());
                    self.problems.push(
                        Diagnostic::error(format!("an agreement that is `{}` needs its model", held.word()))
                            .spot(spot)
                            .hint("write `model = \"jail\"`, `\"warrant\"` or `\"task-force\"`"),
                    );
                }
            }
        }
        if self.clean && held != Status::Unknown && (source.get().is_none() || as_of.get().is_none()) {
            let spot = at(self, status_span.clone());
            self.problems.push(
                Diagnostic::error(format!("`status = \"{}\"` needs a `source` and its date", held.word()))
                    .spot(spot)
                    .hint("write `source = \"ICE, list of participating agencies\"` and `as_of = 2026-05-18`"),
            );
        }
        if board_approved.get().is_some_and(|answer| *answer != Approval::Unknown) && board_source.get().is_none() {
            let spot = at(self, board_approved.span());
            self.problems.push(
                Diagnostic::error("what is said of the board's approval needs its `board_source`")
                    .spot(spot)
                    .hint("write `board_source = \"...\"` and `board_as_of = ...`, or `board_approved = \"unknown\"`"),
            );
        }
        if let (Some(signed), Some(end)) = (signed.get(), ended.get())
            && end < signed
        {
            let spot = at(self, ended.span());
            self.problems.push(
                Diagnostic::error(format!("the agreement ended on {} before it was signed on {}", end.0, signed.0))
                    .spot(spot),
            );
        }
        if ended.get().is_some() && held != Status::Ended {
            let spot = at(self, ended.span());
            self.problems.push(
                Diagnostic::error(format!("`ended` is given, but the status is `{}`", held.word()))
                    .spot(spot)
                    .hint("write `status = \"ended\"`, or take `ended` out"),
            );
        }
        Some(Agreement {
            model: model.take(),
            status: held,
            applied: date(applied),
            signed: date(signed),
            ended: date(ended),
            signed_by: text(signed_by),
            approved: board_approved.take().unwrap_or(Approval::Unknown),
            approval_sourced: sourced(board_source, Field::default(), board_as_of),
            asked_on: date(asked_on),
            officers: [count(officers_authorized), count(officers_trained), count(officers_active)],
            moa_url: moa_url.take(),
            sourced: sourced(source, url, as_of),
        })
    }
}
