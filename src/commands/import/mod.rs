//! Owns `handbill import`: which list is read, and the questions that only a person can answer.

use std::io::IsTerminal;

use crate::cli::Import;

mod ask;
mod congress;
mod filling;
pub(super) mod ice;
mod legislators;
mod own;

/// Runs the command.
pub fn run(what: &Import) -> u8 {
    match what {
        Import::Ice(options) => ice::run(options),
        Import::Congress(options) => congress::run(options),
        Import::Legislators(options) => legislators::run(options),
        Import::Officials(options) => own::run(options),
    }
}

/// Whether somebody is there to be asked.
fn asking() -> bool {
    std::io::stdin().is_terminal() && std::io::stderr().is_terminal()
}
