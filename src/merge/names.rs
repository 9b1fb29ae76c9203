//! Owns what a letter's file is called: a pattern of names in braces, and that no two letters share one.

use super::mailing::Recipient;
use super::pick::OFFICIAL;
use super::signers::Signers;
use crate::diagnostic::{Diagnostic, nearest};
use crate::plan::slug;
use crate::table::loosely;

/// The pattern if none is given.
pub const USUAL: &str = "{official}-{signer.last}-{row}";
/// The pattern without anyone's name: the official's number in the list and the signer's row.
pub const ANONYMOUS: &str = "{number}-{row}";

/// A pattern, read.
#[derive(Debug, Clone, PartialEq)]
pub struct Pattern {
    parts: Vec<Part>,
}

#[derive(Debug, Clone, PartialEq)]
enum Part {
    Text(String),
    /// The official as letters to officials are called otherwise.
    Recipient,
    /// The official's place in the list, from 1.
    Number,
    Row,
    SignerName,
    SignerLast,
    Official(usize),
    Column(usize),
}

impl Pattern {
    /// Reads a pattern such as `{official.last}-{signer.last}`.
    pub fn parse(text: &str, signers: &Signers) -> Result<Pattern, Box<Diagnostic>> {
        let mut parts = Vec::new();
        let mut rest = text;
        while let Some(open) = rest.find('{') {
            let Some(close) = rest[open..].find('}').map(|at| open + at) else {
                return Err(Box::new(Diagnostic::error(format!("a brace in the name `{text}` is not closed"))));
            };
            if open > 0 {
                parts.push(Part::Text(rest[..open].to_string()));
            }
            parts.push(part(rest[open + 1..close].trim(), signers)?);
            rest = &rest[close + 1..];
        }
        if !rest.is_empty() {
            parts.push(Part::Text(rest.to_string()));
        }
        Ok(Pattern { parts })
    }

    /// The name of one letter's file, without its ending.
    pub fn name(&self, recipient: &Recipient, signers: &Signers, index: usize) -> String {
        let parts: Vec<String> = self
            .parts
            .iter()
            .map(|part| match part {
                // A slash would be a folder.
                Part::Text(text) => text.replace(['/', '\\'], "-"),
                Part::Recipient => recipient.slug.clone(),
                Part::Number => format!("{:02}", recipient.number),
                Part::Row => format!("{:04}", signers.table.row(index).number()),
                Part::SignerName => slug(&signers.full_name(index)),
                Part::SignerLast => slug(&signers.last_name(index)),
                Part::Official(at) => slug(&recipient.asked[*at]),
                Part::Column(column) => slug(signers.cell(index, *column)),
            })
            .collect();
        let name = parts.concat();
        let name = name.trim_matches(['.', ' ', '-']);
        if name.is_empty() { "letter".to_string() } else { name.to_string() }
    }
}

fn part(name: &str, signers: &Signers) -> Result<Part, Box<Diagnostic>> {
    let official = |name: &str| OFFICIAL.iter().position(|known| loosely(known) == loosely(name));
    let found = match name {
        "official" => Some(Part::Recipient),
        "number" => Some(Part::Number),
        "row" | "signer.row" => Some(Part::Row),
        "signer" | "signer.name" => Some(Part::SignerName),
        "signer.last" => Some(Part::SignerLast),
        _ => match name.strip_prefix("official.") {
            Some(of) => official(of).map(Part::Official),
            None => signers.column(name).map(Part::Column),
        },
    };
    found.ok_or_else(|| {
        let mut known: Vec<String> =
            ["official", "number", "row", "signer.name", "signer.last"].map(str::to_string).to_vec();
        known.extend(OFFICIAL.iter().map(|name| format!("official.{name}")));
        known.extend(signers.titles().map(str::to_string));
        let problem = Diagnostic::error(format!("a letter's name knows no `{{{name}}}`"));
        let near = nearest(name, known.iter().map(String::as_str)).map(|near| format!("did you mean `{{{near}}}`?"));
        Box::new(near.into_iter().fold(problem, Diagnostic::hint).hint(format!("known: {}", known.join(", "))))
    })
}
