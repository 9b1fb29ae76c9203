//! Owns the words of a document: parsed once, and every name in them checked against what may be used, before anything is filled.

use std::sync::Arc;

use handlebars::template::Template;

use crate::contract::Contract;
use crate::diagnostic::{Diagnostic, Diagnostics, SourceFile};
use crate::facts::Register;
use crate::fields::find;
use names::Walk;
use syntax::explain_syntax;

mod names;
mod syntax;

pub use names::{LOCAL_SOURCES, STATE_FACTS};

/// The words of one document in one language.
#[derive(Debug, Clone)]
pub struct Words {
    /// The file.
    pub file: Arc<SourceFile>,
    /// The parsed template.
    pub template: Template,
    /// Values used, each once.
    pub fields: Vec<&'static str>,
    /// Facts spoken or cited, each once.
    pub facts: Vec<String>,
    /// Figures that stand in the words themselves, with their places.
    pub figures: Vec<(String, usize)>,
}

impl Words {
    /// Parses words and checks every name in them.
    pub fn parse(file: &Arc<SourceFile>, register: &Register, problems: &mut Diagnostics) -> Option<Words> {
        if let Some(c) = file.text.chars().find(|c| ('\u{E000}'..='\u{F8FF}').contains(c)) {
            let at = file.text.find(c).unwrap_or(0);
            problems.push(
                Diagnostic::error(format!("the words hold the private character U+{:04X}", c as u32))
                    .at(file, at..at + c.len_utf8())
                    .hint("take it out; no font can draw it"),
            );
            return None;
        }
        let template = match Template::compile(&file.text) {
            Ok(template) => template,
            Err(error) => {
                problems.push(explain_syntax(file, error.pos()));
                return None;
            }
        };
        let mut walk = Walk::new(file, register, problems);
        walk.template(&template, 0, None, &[]);
        let Walk { fields, facts, figures, .. } = walk;
        Some(Words { file: file.clone(), template, fields, facts, figures })
    }

    /// Checks the words against their document's contract: every value declared, none declared in vain, no figure of their own.
    pub fn check_contract(&self, contract: &Contract, problems: &mut Diagnostics) {
        let declared = || contract.required.iter().chain(&contract.optional).chain(&contract.must);
        for path in &self.fields {
            if !declared().any(|name| name == path) {
                let at = self.file.text.find(path).unwrap_or(0);
                problems.push(
                    Diagnostic::error(format!("`{path}` is used here, but {} does not declare it", contract.file.path))
                        .at(&self.file, at..at + path.len())
                        .hint("add it to `required`, or to `optional` if the words can do without it"),
                );
            }
        }
        for path in declared() {
            if find(path).is_some() && !self.fields.contains(&path.as_str()) {
                let at = contract.file.text.find(path.as_str()).unwrap_or(0);
                problems.push(
                    Diagnostic::warning(format!("`{path}` is declared, but {} does not use it", self.file.path))
                        .at(&contract.file, at..at + path.len()),
                );
            }
        }
        self.check_figures(&contract.figures, problems);
    }

    /// Every figure must come from a fact or the campaign, unless it is among those allowed.
    pub fn check_figures<S: AsRef<str>>(&self, allowed: &[S], problems: &mut Diagnostics) {
        for (figure, at) in &self.figures {
            if !allowed.iter().any(|allowed| allowed.as_ref().split_whitespace().any(|word| word == figure)) {
                problems.push(
                    Diagnostic::error(format!("the figure `{figure}` comes from neither a fact nor the campaign"))
                        .at(&self.file, *at..at + figure.len())
                        .hint("put it in facts/ with its source, or list it under `figures` if it claims nothing"),
                );
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Words;
    use crate::diagnostic::{Diagnostics, SourceFile};
    use crate::facts::Register;

    fn messages(text: &str) -> Vec<String> {
        let mut problems = Diagnostics::default();
        Words::parse(&SourceFile::new("words.en.md", text), &Register::default(), &mut problems);
        problems.iter().map(|problem| problem.message.clone()).collect()
    }

    #[test]
    fn every_name_is_checked() {
        assert!(messages("{{place.name}} {{#if (is stance \"end\")}}x{{/if}}").is_empty());
        assert_eq!(messages("{{place.nam}}"), ["there is no value `place.nam`"]);
        assert_eq!(messages("{{#if typo}}x{{/if}}"), ["there is no value `typo`"]);
        assert_eq!(messages("{{#if (is stance \"edn\")}}x{{/if}}"), ["`stance` is never `edn`"]);
        assert_eq!(messages("{{{place.name}}}"), ["`{{{` prints unchecked text and is refused"]);
        assert_eq!(messages("{{fact \"nope\"}}"), ["there is no fact `nope`"]);
        assert_eq!(messages("{{meeting.date}}"), ["`meeting.date` may be absent here"]);
        assert!(messages("{{#if meeting.upcoming}}{{meeting.date}}{{/if}}").is_empty());
        assert_eq!(messages("{{#each agreements}}{{this.modle}}{{/each}}"), ["there is no `this.modle` here"]);
        assert_eq!(messages("{{stance}}"), ["`stance` is choice and cannot be printed"]);
    }

    #[test]
    fn open_blocks_are_named() {
        assert_eq!(messages("a\n{{#if place.name}}\nb"), ["`{{#if}}` opened on line 2 is never closed"]);
        assert_eq!(messages("{{#if place.name}}{{/each}}"), ["`{{/each}}` closes `{{#if}}` of line 1"]);
        assert_eq!(messages("{{place.name"), ["`{{` is never closed with `}}`"]);
    }
}
