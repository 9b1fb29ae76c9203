//! Owns the questions that an import puts in a terminal; whoever leaves one unanswered stops the whole.

use inquire::validator::Validation;
use inquire::{InquireError, MultiSelect, Select, Text};
use jiff::civil::Date;

use crate::campaign::choices::Role;
use crate::campaign::officials::COLUMNS;
use crate::officials::mapping::FIRST;

/// Which districts, of several.
pub(super) fn districts(question: &str, known: Vec<String>) -> Result<Vec<String>, InquireError> {
    MultiSelect::new(question, known)
        .with_help_message("type to find, space to choose, enter when done; a county can lie in several")
        .prompt()
}

/// Which day a list is of.
pub(super) fn day() -> Result<Date, InquireError> {
    let valid = |text: &str| {
        Ok(match text.trim().parse::<Date>() {
            Ok(_) => Validation::Valid,
            Err(_) => Validation::Invalid("expected a date such as 2026-06-15".into()),
        })
    };
    let text = Text::new("Which day is the list of?").with_validator(valid).prompt()?;
    text.trim().parse().map_err(|_| InquireError::OperationCanceled)
}

/// Which of our columns a title means; empty if it is left out.
pub(super) fn column(title: &str, sample: &str) -> Result<&'static str, InquireError> {
    const OUT: &str = "leave it out";
    let known: Vec<&str> =
        std::iter::once(OUT).chain(COLUMNS.iter().map(|column| column.name)).chain([FIRST]).collect();
    let said = if sample.is_empty() { String::new() } else { format!(" (it says `{sample}`)") };
    let chosen = Select::new(&format!("What is the column `{title}`{said}?"), known).prompt()?;
    Ok(if chosen == OUT { "" } else { chosen })
}

/// Which role a word means.
pub(super) fn role(word: &str) -> Result<Role, InquireError> {
    let words = Role::WORDS.to_vec();
    let at = Select::new(&format!("What office is `{word}`?"), words).raw_prompt()?.index;
    Ok(Role::ALL[at])
}
