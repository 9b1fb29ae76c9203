//! Owns asking in a terminal, with lists that narrow while one types.

use std::cmp::Reverse;
use std::fmt;

use inquire::ui::{RenderConfig, Styled};
use inquire::validator::Validation;
use inquire::{InquireError, MultiSelect, Select, Text};

use super::ask::{Asker, Choose, Offer, Turn, Typed, score};
use crate::diagnostic::Diagnostic;

/// Lines of a list that are shown at once; a small terminal has 24 in all.
const PAGE: usize = 12;

/// Asks in a terminal.
pub struct Terminal {
    look: RenderConfig<'static>,
}

impl Terminal {
    /// A terminal; in plain black and white unless `styled`.
    pub fn new(styled: bool) -> Terminal {
        let look = if styled { RenderConfig::default_colored() } else { RenderConfig::empty() };
        let look = look.with_canceled_prompt_indicator(Styled::new("(back)"));
        // What was answered looks different from what is asked, with colour or without.
        Terminal { look: look.with_answered_prompt_prefix(Styled::new(">")) }
    }
}

/// An offer in a list, with its place there.
#[derive(Clone)]
struct Row {
    at: usize,
    offer: Offer,
}

impl fmt::Display for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.offer.label)
    }
}

fn rows(question: &Choose) -> Vec<Row> {
    question.offers.iter().cloned().enumerate().map(|(at, offer)| Row { at, offer }).collect()
}

fn fits(typed: &str, row: &Row) -> Option<i64> {
    score(typed, &row.offer.label).or(row.offer.always.then_some(-1))
}

/// The best first, and what fits as well in its own order.
fn sort(found: &mut [(usize, i64)]) {
    found.sort_by_key(|(at, score)| (Reverse(*score), *at));
}

fn keys(help: &str, more: &str) -> String {
    format!("{help}\n{more}Esc: question before. Ctrl-C: stop")
}

impl Asker for Terminal {
    fn choose(&mut self, question: &Choose) -> Result<usize, Turn> {
        if let Some(because) = &question.because {
            self.tell(&super::start::sentence(because));
        }
        let help = keys(&question.help, "Arrows and Enter choose. ");
        let select = Select::new(&question.question, rows(question))
            .with_help_message(&help)
            .with_page_size(PAGE)
            .with_starting_cursor(question.usual.unwrap_or(0))
            .with_scorer(&|typed, row, _, _| fits(typed, row))
            .with_sorter(&sort)
            .with_render_config(self.look);
        select.prompt().map(|row| row.at).map_err(turn)
    }

    fn choose_some(&mut self, question: &Choose, chosen: &[usize]) -> Result<Vec<usize>, Turn> {
        let help = keys(&question.help, "Space ticks, Enter takes what is ticked. ");
        let select = MultiSelect::new(&question.question, rows(question))
            .with_help_message(&help)
            .with_page_size(PAGE)
            .with_default(chosen)
            .without_filtering()
            .with_validator(|picked: &[inquire::list_option::ListOption<&Row>]| {
                Ok(match picked.is_empty() {
                    true => Validation::Invalid("tick at least one with the space bar".into()),
                    false => Validation::Valid,
                })
            })
            .with_render_config(self.look);
        select.prompt().map(|rows| rows.into_iter().map(|row| row.at).collect()).map_err(turn)
    }

    fn typed(&mut self, question: &Typed) -> Result<String, Turn> {
        let help = keys(&question.help, "");
        let check = question.check;
        let text = Text::new(&question.question)
            .with_initial_value(&question.usual)
            .with_help_message(&help)
            .with_validator(move |text: &str| {
                Ok(match check(text) {
                    Ok(()) => Validation::Valid,
                    Err(why) => Validation::Invalid(why.into()),
                })
            })
            .with_render_config(self.look);
        text.prompt().map_err(turn)
    }

    fn tell(&mut self, text: &str) {
        eprintln!("{text}");
    }
}

fn turn(error: InquireError) -> Turn {
    match error {
        InquireError::OperationCanceled => Turn::Back,
        InquireError::OperationInterrupted => {
            // The question stands unanswered; what follows begins on a line of its own.
            eprintln!();
            Turn::Quit
        }
        error => {
            let problem = Diagnostic::error(format!("cannot ask in this terminal: {error}"));
            Turn::Stuck(Box::new(
                problem.hint("give the answers as options, with `--yes`; `handbill new --help` lists them"),
            ))
        }
    }
}
