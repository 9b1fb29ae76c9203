//! Owns everything one campaign prints from, read and checked once: facts, contracts, words and the language's small words.

use std::collections::BTreeMap;
use std::path::Path;

use crate::contract::Contract;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::facts::{Fact, Register, State};
use crate::lexicon::Lexicon;
use crate::library::{Library, SHARED};
use crate::roll::Roll;
use crate::words::Words;

/// Figures that the shared words may contain: the addresses of Congress and of ICE's office for records.
const SHARED_FIGURES: &[&str] = &["20510", "20515", "500", "12", "20536-5009", "5009"];

/// What a language adds to a kit.
#[derive(Debug, Clone)]
pub struct Language {
    /// Its small words.
    pub lexicon: Lexicon,
    /// The labels that every layout uses.
    pub shared: Words,
    /// The words of each document that has them.
    pub words: BTreeMap<String, Words>,
}

/// Everything to print from.
#[derive(Debug, Clone)]
pub struct Kit {
    /// The files.
    pub library: Library,
    /// The facts.
    pub register: Register,
    /// The contracts by document.
    pub contracts: BTreeMap<String, Contract>,
    /// The languages by code.
    pub languages: BTreeMap<String, Language>,
}

impl Kit {
    /// Reads the built-in kit.
    pub fn built_in(problems: &mut Diagnostics) -> Kit {
        let library = Library::built_in();
        let roll = Roll::built_in(&library, problems);
        let mut kit = Kit::read(library, &roll, problems);
        kit.read_words(|_| true, problems);
        kit
    }

    /// Reads the kit of a campaign, with the files it has in place of the built-in ones.
    pub fn for_campaign(folder: &Path, problems: &mut Diagnostics) -> Kit {
        let mut kit = Kit::without_words(folder, problems);
        kit.read_words(|_| true, problems);
        kit
    }

    /// The same without the words of any document, for who knows only later which are wanted.
    pub fn without_words(folder: &Path, problems: &mut Diagnostics) -> Kit {
        let library = Library::for_campaign(folder, problems);
        let roll = Roll::for_campaign(folder, &library, problems);
        Kit::read(library, &roll, problems)
    }

    /// A fact's wording and citation for who looks through the register, in a language or else in any; numbers of a state only for one.
    pub fn shown(&self, fact: &Fact, lang: &str, state: Option<&State>) -> (Option<String>, String) {
        let lang = if fact.text.contains_key(lang) { Some(lang) } else { fact.text.keys().next().map(String::as_str) };
        let Some(language) = lang.and_then(|lang| self.languages.get(lang)).or_else(|| self.languages.values().next())
        else {
            return (None, fact.source.clone());
        };
        let text = lang.and_then(|lang| self.register.wording(fact, &language.lexicon, (lang, false), state));
        (text, self.register.source(fact, &language.lexicon, state))
    }

    /// Reads the words of the documents that are wanted.
    pub fn read_words(&mut self, wanted: impl Fn(&Contract) -> bool, problems: &mut Diagnostics) {
        let contracts: Vec<&Contract> = self.contracts.values().filter(|contract| wanted(contract)).collect();
        for (lang, language) in &mut self.languages {
            language.words = read_words(&self.library, &self.register, &contracts, lang, problems);
        }
    }

    /// The built-in facts alone.
    pub fn built_in_register(problems: &mut Diagnostics) -> Register {
        let library = Library::built_in();
        let roll = Roll::built_in(&library, problems);
        Register::load(&library.fact_files(problems), roll.counts(), problems)
    }

    fn read(library: Library, roll: &Roll, problems: &mut Diagnostics) -> Kit {
        let register = Register::load(&library.fact_files(problems), roll.counts(), problems);
        let contracts: BTreeMap<String, Contract> = library
            .documents()
            .into_iter()
            .filter_map(|document| {
                let contract = library.contract(&document, problems)?;
                Some((document, contract))
            })
            .collect();
        let mut languages = BTreeMap::new();
        for lang in library.languages(SHARED) {
            let Some(file) = library.text(&format!("templates/{SHARED}/words.{lang}.md"), problems) else { continue };
            let lexicon = Lexicon::read(&file, problems);
            let Some(shared) = Words::parse(&file, &register, problems) else { continue };
            shared.check_figures(SHARED_FIGURES, problems);
            languages.insert(lang, Language { lexicon, shared, words: BTreeMap::new() });
        }
        for document in contracts.keys() {
            if library.languages(document).is_empty() {
                problems.push(
                    Diagnostic::error(format!("the document `{document}` has no words"))
                        .file(format!("templates/{document}"))
                        .hint("write them as `words.en.md`"),
                );
            }
        }
        Kit { library, register, contracts, languages }
    }
}

/// Reads the words of every document that has them in a language. Parsing them is most of what a short run does, so the documents
/// are shared out among the processor's cores.
fn read_words(
    library: &Library,
    register: &Register,
    contracts: &[&Contract],
    lang: &str,
    problems: &mut Diagnostics,
) -> BTreeMap<String, Words> {
    let read = |contract: &Contract| {
        let document = &contract.document;
        let mut own = Diagnostics::default();
        let key = format!("templates/{document}/words.{lang}.md");
        let words = library.text(&key, &mut own).and_then(|file| {
            let parsed = Words::parse(&file, register, &mut own)?;
            parsed.check_contract(contract, &mut own);
            // Words with a problem are not filled: each would be told twice.
            (!own.errors_in(&file.path)).then_some(parsed)
        });
        (document.clone(), words, own)
    };
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let parts: Vec<_> = std::thread::scope(|scope| {
        let each = contracts.chunks(contracts.len().div_ceil(cores).max(1));
        let running: Vec<_> =
            each.map(|part| scope.spawn(|| part.iter().copied().map(read).collect::<Vec<_>>())).collect();
        running.into_iter().flat_map(|part| part.join().expect("reading words does not panic")).collect()
    });
    let mut found = BTreeMap::new();
    for (document, words, own) in parts {
        problems.extend(own);
        if let Some(words) = words {
            found.insert(document, words);
        }
    }
    found
}
