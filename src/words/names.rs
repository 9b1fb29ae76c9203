//! Owns checking every name in parsed words: values, helpers, choices, facts, and figures that come from nowhere.

use std::sync::Arc;

use handlebars::template::{HelperTemplate, Parameter, Template, TemplateElement};

use crate::diagnostic::{Diagnostic, Diagnostics, SourceFile};
use crate::facts::Register;
use crate::fields::{FIELDS, FieldSpec, Kind, find};

/// What words may call, with how many arguments each takes at least and at most.
const HELPERS: &[(&str, usize, usize)] = &[
    ("if", 1, 1),
    ("unless", 1, 1),
    ("each", 1, 1),
    ("is", 2, 99),
    ("has", 2, 99),
    ("and", 2, 99),
    ("or", 2, 99),
    ("not", 1, 1),
    ("may", 1, 1),
    ("fact", 1, 2),
    ("cite", 1, 2),
    ("blank", 1, 2),
    ("possessive", 1, 1),
    ("capital", 1, 1),
];
/// Details of the campaign that can be cited like facts.
pub const LOCAL_SOURCES: &[&str] = &[
    "local:agreement",
    "local:board",
    "local:head",
    "local:body",
    "local:meeting",
    "local:rules",
    "local:costs",
    "local:ties",
    "local:budget",
    "local:bills",
];
/// The state's own claims.
pub const STATE_FACTS: &[&str] = &["law-agreements", "law-detainers", "law-records"];

/// One walk over a parsed template.
pub struct Walk<'a> {
    file: &'a Arc<SourceFile>,
    register: &'a Register,
    problems: &'a mut Diagnostics,
    /// Values used, each once.
    pub fields: Vec<&'static str>,
    /// Facts spoken or cited, each once.
    pub facts: Vec<String>,
    /// Figures that stand in the words themselves.
    pub figures: Vec<(String, usize)>,
}

impl<'a> Walk<'a> {
    /// A walk over the template of `file`.
    pub fn new(file: &'a Arc<SourceFile>, register: &'a Register, problems: &'a mut Diagnostics) -> Self {
        Walk { file, register, problems, fields: Vec::new(), facts: Vec::new(), figures: Vec::new() }
    }

    /// Checks a template that begins at byte `from`. `item` is the fields of the record inside `{{#each}}`; `guards` what the enclosing conditions made sure of.
    pub fn template(
        &mut self,
        template: &Template,
        from: usize,
        item: Option<&'static [FieldSpec]>,
        guards: &[String],
    ) {
        for (index, element) in template.elements.iter().enumerate() {
            // An `{{else if}}` is an element without a place of its own: it stands after the block it belongs to.
            let at = template.mapping.get(index).map_or(from, |place| self.file.offset(place.0, place.1));
            match element {
                TemplateElement::RawString(text) => self.figures_in(text, at),
                TemplateElement::Comment(_) => {}
                TemplateElement::HtmlExpression(_) => {
                    self.refuse(at, "`{{{` prints unchecked text and is refused", "write `{{...}}`")
                }
                TemplateElement::Expression(call) => self.expression(call, at, item, guards),
                TemplateElement::HelperBlock(call) => self.block(call, at, item, guards),
                // Partials and decorators, and whatever Handlebars may come to have.
                _ => {
                    self.refuse(
                        at,
                        "words cannot include other files",
                        "write the words here, or use a shared label in the layout",
                    );
                }
            }
        }
    }

    fn refuse(&mut self, at: usize, message: &str, hint: &str) {
        let rest = &self.file.text[at..];
        let end = rest.find("}}").map_or(rest.len().min(2), |end| end + 2);
        self.problems.push(Diagnostic::error(message).at(self.file, at..at + end).hint(hint));
    }

    /// The bytes of `needle` at or after `from`.
    fn span(&self, needle: &str, from: usize) -> std::ops::Range<usize> {
        let start = self.file.text[from..].find(needle).map_or(from, |at| from + at);
        start..(start + needle.len()).min(self.file.text.len())
    }

    fn figures_in(&mut self, text: &str, at: usize) {
        let mut offset = at;
        for line in text.split_inclusive('\n') {
            // Heading ids and the numbers of a list are not figures.
            let shown = line.split("{#").next().unwrap_or_default();
            let start = shown.trim_start();
            let digits = start.len() - start.trim_start_matches(|c: char| c.is_ascii_digit()).len();
            let numbered = digits > 0 && start[digits..].starts_with(". ");
            let skip = if numbered { shown.len() - start.len() + digits } else { 0 };
            let bytes = shown.as_bytes();
            let mut place = skip;
            while place < bytes.len() {
                if !bytes[place].is_ascii_digit() {
                    place += 1;
                    continue;
                }
                let end = (place..bytes.len())
                    .find(|at| !bytes[*at].is_ascii_digit() && !matches!(bytes[*at], b'.' | b',' | b'-'))
                    .unwrap_or(bytes.len());
                let figure = shown[place..end].trim_end_matches(['.', ',', '-']);
                if !(figure == "287" && shown[place..].starts_with("287(g)")) {
                    self.figures.push((figure.to_string(), offset + place));
                }
                place = end;
            }
            offset += line.len();
        }
    }

    fn expression(&mut self, call: &HelperTemplate, at: usize, item: Option<&'static [FieldSpec]>, guards: &[String]) {
        let Some(name) = call.name.as_name() else {
            return self.refuse(at, "words cannot print the result of a condition", "use it in `{{#if (...)}}`");
        };
        if call.params.is_empty() && call.hash.is_empty() {
            if HELPERS.iter().any(|(helper, ..)| *helper == name) {
                return self.refuse(
                    at,
                    &format!("`{name}` needs something after it"),
                    "`{{fact \"its-id\"}}`, for example",
                );
            }
            if let Some(spec) = self.path(name, at, item) {
                self.printable(spec, name, at, guards);
            }
            return;
        }
        if !matches!(name, "fact" | "cite" | "blank" | "possessive" | "capital") {
            let span = self.span(name, at);
            self.problems.push(
                Diagnostic::error(format!("words cannot print `{name}`"))
                    .at(self.file, span)
                    .suggest(name, HELPERS.iter().map(|(helper, ..)| *helper))
                    .hint("what prints: a value, `fact`, `cite`, `blank`, `possessive`, `capital`"),
            );
            return;
        }
        self.call(call, name, at, item);
        if matches!(name, "possessive" | "capital")
            && let Some(path) = call.params.first().and_then(Parameter::as_name)
            && let Some(spec) = self.path(path, at, item)
        {
            self.printable(spec, path, at, guards);
        }
    }

    /// Only text prints, and optional text only where a condition has made sure of it.
    fn printable(&mut self, spec: &'static FieldSpec, name: &str, at: usize, guards: &[String]) {
        let span = self.span(name, at);
        match spec.kind {
            Kind::Text(_) => {}
            Kind::Optional => {
                let sure = guards.iter().any(|guard| guard == name || spec.sure_if.contains(&guard.as_str()));
                if !sure {
                    self.problems.push(
                        Diagnostic::error(format!("`{name}` may be absent here"))
                            .at(self.file, span)
                            .hint(format!("put it inside `{{{{#if {name}}}}} ... {{{{/if}}}}`")),
                    );
                }
            }
            kind => self.problems.push(
                Diagnostic::error(format!("`{name}` is {} and cannot be printed", kind.name()))
                    .at(self.file, span)
                    .hint("it is for conditions"),
            ),
        }
    }

    fn block(&mut self, call: &HelperTemplate, at: usize, item: Option<&'static [FieldSpec]>, guards: &[String]) {
        let name = call.name.as_name().unwrap_or_default();
        if !matches!(name, "if" | "unless" | "each") {
            let span = self.span(name, at);
            self.problems.push(
                Diagnostic::error(format!("there is no block `{{{{#{name}}}}}`"))
                    .at(self.file, span)
                    .suggest(name, ["if", "unless", "each"])
                    .hint("blocks are `if`, `unless` and `each`"),
            );
        }
        let mut inner = guards.to_vec();
        let mut inner_item = item;
        if name == "each" {
            let path = call.params.first().and_then(Parameter::as_name).unwrap_or_default();
            match self.path(path, at, item).map(|spec| spec.kind) {
                Some(Kind::List(fields)) => inner_item = Some(fields),
                Some(kind) => {
                    let span = self.span(path, at);
                    self.problems.push(
                        Diagnostic::error(format!("`{path}` is {}, not a list", kind.name())).at(self.file, span),
                    );
                }
                None => {}
            }
        } else {
            self.call(call, name, at, item);
            call.params.iter().for_each(|param| mentioned(param, &mut inner));
        }
        if let Some(template) = &call.template {
            let guards = if name == "unless" { guards } else { &inner };
            self.template(template, at, inner_item, guards);
        }
        if let Some(template) = &call.inverse {
            let guards = if name == "unless" { &inner } else { guards };
            self.template(template, at, item, guards);
        }
    }

    /// Checks a helper's arguments.
    fn call(&mut self, call: &HelperTemplate, name: &str, at: usize, item: Option<&'static [FieldSpec]>) {
        let Some((_, least, most)) = HELPERS.iter().find(|(helper, ..)| *helper == name) else {
            let span = self.span(name, at);
            self.problems.push(
                Diagnostic::error(format!("there is no helper `{name}`"))
                    .at(self.file, span)
                    .suggest(name, HELPERS.iter().map(|(helper, ..)| *helper)),
            );
            return;
        };
        if !call.hash.is_empty() || call.params.len() < *least || call.params.len() > *most {
            let span = self.span(name, at);
            self.problems.push(
                Diagnostic::error(format!("`{name}` has {} arguments", call.params.len() + call.hash.len()))
                    .at(self.file, span)
                    .hint(match (least, most) {
                        (least, most) if least == most => format!("expected {least}"),
                        (least, 99) => format!("expected {least} or more"),
                        (least, most) => format!("expected {least} to {most}"),
                    }),
            );
            return;
        }
        let texts: Vec<&str> = call
            .params
            .iter()
            .filter_map(|param| match param {
                Parameter::Literal(value) => value.as_str(),
                _ => None,
            })
            .collect();
        match name {
            "fact" | "cite" | "may" => match texts.first() {
                Some(id) => self.fact(name, id, at),
                None => self.refuse(
                    at,
                    &format!("`{name}` needs a fact's id in quotes"),
                    "`\"at-local-expense\"`, for example",
                ),
            },
            "blank" if texts.is_empty() => {
                self.refuse(at, "`blank` needs its label in quotes", "`{{blank \"your name\"}}`")
            }
            "blank" => {}
            "is" | "has" => self.choice(call, name, &texts, at, item),
            _ => {
                for param in &call.params {
                    match param {
                        Parameter::Subexpression(inner) => {
                            if let TemplateElement::Expression(inner) = inner.as_element() {
                                let inner_name = inner.name.as_name().unwrap_or_default().to_string();
                                self.call(inner, &inner_name, at, item);
                            }
                        }
                        Parameter::Literal(_) => {}
                        named => {
                            self.path(named.as_name().unwrap_or_default(), at, item);
                        }
                    }
                }
            }
        }
        if matches!(name, "fact" | "cite")
            && let Some(variant) = texts.get(1)
            && *variant != "spoken"
        {
            let span = self.span(variant, at);
            self.problems.push(
                Diagnostic::error(format!("`{name}` has no form `{variant}`"))
                    .at(self.file, span)
                    .hint("expected \"spoken\", or nothing"),
            );
        }
    }

    fn fact(&mut self, name: &str, id: &str, at: usize) {
        let local = LOCAL_SOURCES.contains(&id);
        let known = self.register.facts.contains_key(id) || STATE_FACTS.contains(&id) || (local && name == "cite");
        if !known {
            let span = self.span(id, at);
            let ids = self.register.facts.keys().map(String::as_str).chain(STATE_FACTS.iter().copied());
            let mut problem = Diagnostic::error(format!("there is no fact `{id}`")).at(self.file, span);
            problem = match local {
                true => problem.hint("a detail of the campaign can only be cited"),
                false => problem
                    .suggest(id, ids.chain(LOCAL_SOURCES.iter().copied()))
                    .hint("`handbill list facts` shows them all"),
            };
            self.problems.push(problem);
        } else if !self.facts.iter().any(|known| known == id) {
            self.facts.push(id.to_string());
        }
    }

    /// `(is field "a" "b")`: the field must be a choice that has those words.
    fn choice(
        &mut self,
        call: &HelperTemplate,
        name: &str,
        texts: &[&str],
        at: usize,
        item: Option<&'static [FieldSpec]>,
    ) {
        let path = call.params.first().and_then(Parameter::as_name).unwrap_or_default();
        let Some(spec) = self.path(path, at, item) else { return };
        let fits = match name {
            "is" => matches!(spec.kind, Kind::Choice(_)),
            _ => matches!(spec.kind, Kind::Choices(_)),
        };
        if !fits {
            let span = self.span(path, at);
            let wanted = if name == "is" { "one choice" } else { "several choices" };
            self.problems.push(
                Diagnostic::error(format!("`{name}` needs a value that is {wanted}; `{path}` is {}", spec.kind.name()))
                    .at(self.file, span),
            );
            return;
        }
        for word in texts {
            if !spec.kind.choices().contains(word) {
                let span = self.span(&format!("\"{word}\""), at);
                self.problems.push(
                    Diagnostic::error(format!("`{path}` is never `{word}`"))
                        .at(self.file, span)
                        .suggest(word, spec.kind.choices().iter().copied())
                        .hint(format!("it is one of {}", spec.kind.choices().join(", "))),
                );
            }
        }
    }

    /// Looks a name up; an unknown one is a problem.
    fn path(&mut self, name: &str, at: usize, item: Option<&'static [FieldSpec]>) -> Option<&'static FieldSpec> {
        if let Some(inner) = name.strip_prefix("this.") {
            let known = item.unwrap_or_default();
            if let Some(spec) = known.iter().find(|field| field.path == inner) {
                return Some(spec);
            }
            let span = self.span(name, at);
            let problem = Diagnostic::error(format!("there is no `{name}` here")).at(self.file, span);
            self.problems.push(match item {
                Some(_) => problem.suggest(inner, known.iter().map(|field| field.path)),
                None => problem.hint("`this` stands only inside `{{#each}}`"),
            });
            return None;
        }
        match find(name) {
            Some(spec) => {
                if !self.fields.contains(&spec.path) {
                    self.fields.push(spec.path);
                }
                Some(spec)
            }
            None => {
                let span = self.span(name, at);
                self.problems.push(
                    Diagnostic::error(format!("there is no value `{name}`"))
                        .at(self.file, span)
                        .suggest(name, FIELDS.iter().map(|field| field.path))
                        .hint("`handbill fields` lists them all"),
                );
                None
            }
        }
    }
}

/// Every value that a condition speaks of.
fn mentioned(param: &Parameter, out: &mut Vec<String>) {
    match param {
        Parameter::Subexpression(inner) if inner.name() == "and" => {
            inner.params().into_iter().flatten().for_each(|param| mentioned(param, out));
        }
        Parameter::Subexpression(_) | Parameter::Literal(_) => {}
        named => out.extend(named.as_name().map(str::to_string)),
    }
}
