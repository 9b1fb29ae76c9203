//! Owns merging: one letter for each signer and official, made in any number, stopped and taken up again at any moment.

use std::ops::RangeInclusive;

use pick::Filter;

pub mod gather;
pub mod journal;
pub mod mailing;
mod names;
pub mod pick;
pub mod run;
pub mod signers;
mod work;

pub use names::{ANONYMOUS, USUAL};

/// What a person decided for a merge.
#[derive(Debug, Clone, PartialEq)]
pub struct Options {
    /// Only rows in one of these ranges; all if there are none.
    pub rows: Vec<RangeInclusive<u32>>,
    /// Only letters for which this holds.
    pub filter: Option<Filter>,
    /// At most so many signers.
    pub limit: Option<usize>,
    /// Only one letter of each kind.
    pub sample: bool,
    /// Go on without rows in which something is wrong.
    pub skip_bad: bool,
    /// How files are named.
    pub name: String,
    /// Whether names of people stay out of the names of files.
    pub anonymous: bool,
    /// Letters to a stack, if stacks are made in place of a file for each letter.
    pub stack: Option<usize>,
    /// Whether each official has stacks of their own.
    pub by_official: bool,
    /// The order of the letters: columns, `official` or `signer`, the first the most important.
    pub sort: Vec<String>,
    /// Whether every letter in a stack begins on a new sheet of a printer that prints both sides.
    pub even: bool,
    /// Whether everything is packed into one archive as well.
    pub zip: bool,
    /// Whether everything is made again.
    pub fresh: bool,
    /// Whether files that are not ours are overwritten.
    pub force: bool,
    /// Which part of the plan is made, from 1, and of how many.
    pub part: (usize, usize),
    /// Letters made at a time.
    pub threads: usize,
}

impl Options {
    /// Whether all letters of the list are made, so that what is no longer among them can go.
    fn is_whole(&self) -> bool {
        self.rows.is_empty() && self.filter.is_none() && self.limit.is_none() && !self.sample && self.part == (1, 1)
    }
}
