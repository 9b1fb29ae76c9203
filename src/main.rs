//! Parses the command line, runs it, and turns the result into an exit code.

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    let cli = handbill::cli::Cli::parse();
    ExitCode::from(handbill::commands::run(cli))
}
