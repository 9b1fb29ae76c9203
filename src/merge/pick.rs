//! Owns picking letters by what stands in the table or is known of the official: `district = 3 and zip ~ 562`.

use super::signers::Signers;
use crate::diagnostic::{Diagnostic, nearest};
use crate::table::loosely;

/// What of an official can be asked about, in the order of `Recipient::asked`.
pub const OFFICIAL: &[&str] = &["role", "name", "last", "title", "district"];

/// A condition, read.
#[derive(Debug, Clone, PartialEq)]
pub struct Filter {
    /// Any of these must hold, each if all of its tests hold.
    any: Vec<Vec<Test>>,
}

#[derive(Debug, Clone, PartialEq)]
struct Test {
    of: Side,
    op: Op,
    value: String,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Side {
    /// A column of the signers' table.
    Signer(usize),
    /// Something of the official, by its place in `OFFICIAL`.
    Official(usize),
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Op {
    Is,
    IsNot,
    Has,
    Less,
    LessOrEqual,
    More,
    MoreOrEqual,
}

/// The signs, the longer before the shorter that they begin with.
const SIGNS: &[(&str, Op)] = &[
    ("!=", Op::IsNot),
    ("<=", Op::LessOrEqual),
    (">=", Op::MoreOrEqual),
    ("=", Op::Is),
    ("~", Op::Has),
    ("<", Op::Less),
    (">", Op::More),
];

impl Filter {
    /// Reads a condition; names are columns of the table, or `official.last` and the like.
    pub fn parse(text: &str, signers: &Signers) -> Result<Filter, Box<Diagnostic>> {
        let any = split(text, "or")
            .into_iter()
            .map(|part| split(&part, "and").iter().map(|test| Test::parse(test, signers)).collect())
            .collect::<Result<_, _>>()?;
        Ok(Filter { any })
    }

    /// Whether it holds for a signer and an official.
    pub fn holds(&self, signers: &Signers, index: usize, official: &[String]) -> bool {
        self.any.iter().any(|all| {
            all.iter().all(|test| match test.of {
                Side::Signer(column) => test.holds(signers.cell(index, column)),
                Side::Official(at) => test.holds(official.get(at).map_or("", String::as_str)),
            })
        })
    }
}

impl Test {
    fn parse(text: &str, signers: &Signers) -> Result<Test, Box<Diagnostic>> {
        let refuse = |message: String| {
            Box::new(
                Diagnostic::error(message)
                    .hint("write conditions as `--where 'district = 3 and city != Spicer'`")
                    .hint("signs: = != ~ (has in it) < <= > >="),
            )
        };
        let at = SIGNS
            .iter()
            .filter_map(|(sign, op)| Some((text.find(sign)?, *sign, *op)))
            .min_by_key(|(at, sign, _)| (*at, usize::MAX - sign.len()));
        let Some((at, sign, op)) = at else {
            return Err(refuse(format!("cannot read the condition `{}`", text.trim())));
        };
        let (name, value) = (text[..at].trim(), text[at + sign.len()..].trim());
        let value = value.trim_matches(|c| c == '\'' || c == '"').to_string();
        let official = |name: &str| OFFICIAL.iter().position(|known| loosely(known) == loosely(name));
        let of = match name.strip_prefix("official.") {
            Some(of) => official(of).map(Side::Official),
            // A word that is no column may be something of the official.
            None => signers.column(name).map(Side::Signer).or_else(|| official(name).map(Side::Official)),
        };
        match of {
            Some(of) => Ok(Test { of, op, value }),
            None => {
                let mut known: Vec<String> = signers.titles().map(str::to_string).collect();
                known.extend(OFFICIAL.iter().map(|name| format!("official.{name}")));
                let problem = refuse(format!("there is no column `{name}`"));
                let near =
                    nearest(name, known.iter().map(String::as_str)).map(|near| format!("did you mean `{near}`?"));
                let problem = near.into_iter().fold(*problem, Diagnostic::hint);
                Err(Box::new(problem.hint(format!("columns: {}", known.join(", ")))))
            }
        }
    }

    fn holds(&self, found: &str) -> bool {
        let (found, wanted) = (found.trim().to_lowercase(), self.value.to_lowercase());
        // `district = 3` means District 3 as well.
        let is = || found == wanted || (!wanted.is_empty() && found.rsplit(' ').next() == Some(wanted.as_str()));
        let order = || match (found.parse::<f64>(), wanted.parse::<f64>()) {
            (Ok(found), Ok(wanted)) => found.partial_cmp(&wanted),
            _ => Some(found.cmp(&wanted)),
        };
        match self.op {
            Op::Is => is(),
            Op::IsNot => !is(),
            Op::Has => found.contains(&wanted),
            Op::Less => order().is_some_and(|order| order.is_lt()),
            Op::LessOrEqual => order().is_some_and(|order| order.is_le()),
            Op::More => order().is_some_and(|order| order.is_gt()),
            Op::MoreOrEqual => order().is_some_and(|order| order.is_ge()),
        }
    }
}

/// Cuts a condition at a word that stands by itself outside quotes.
fn split(text: &str, word: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut quote = None;
    for piece in text.split_inclusive(char::is_whitespace) {
        if quote.is_none() && piece.trim().eq_ignore_ascii_case(word) {
            parts.push(String::new());
            continue;
        }
        for c in piece.chars().filter(|c| matches!(c, '\'' | '"')) {
            quote = match quote {
                Some(open) if open == c => None,
                None => Some(c),
                other => other,
            };
        }
        if let Some(last) = parts.last_mut() {
            last.push_str(piece);
        }
    }
    parts
}

/// Rows as the spreadsheet numbers them: `5-20,31`.
pub fn rows(text: &str) -> Result<Vec<std::ops::RangeInclusive<u32>>, String> {
    text.split(',')
        .map(|part| {
            let number = |text: &str| {
                text.trim()
                    .parse::<u32>()
                    .map_err(|_| format!("`{part}` is no row, expected rows such as 5-20 or 7,12"))
            };
            match part.split_once('-') {
                Some((from, to)) => Ok(number(from)?..=number(to)?),
                None => number(part).map(|row| row..=row),
            }
        })
        .collect()
}
