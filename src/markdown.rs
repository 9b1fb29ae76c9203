//! Owns reading filled words as Markdown, with every token replaced by what it stands for.

use std::sync::Arc;

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd, TextMergeStream};

use crate::blocks::{Block, Body, Inline, Section, plain, typographic};
use crate::context::{CLOSE, OPEN, PART, Piece, Printed, blank_width};
use crate::diagnostic::{Diagnostic, Diagnostics, SourceFile};
use crate::fields::blank_label;

/// Answers what a citation or a fact's wording is, while blocks are made.
pub trait Sources {
    /// The number of a source's note; `None` if it has nothing to cite. Problems are the answerer's to report.
    fn note(&mut self, id: &str) -> Option<usize>;
    /// The wording of a fact; `spoken` asks for the form to be read aloud.
    fn wording(&mut self, id: &str, spoken: bool) -> Option<String>;
    /// The label under a missing value's write-in line.
    fn label(&mut self, id: &str) -> String;
}

/// Turns filled words into sections. `words` is the file they were filled from, to point at.
pub fn parse(
    filled: &str,
    printed: &[Printed],
    sources: &mut dyn Sources,
    words: &Arc<SourceFile>,
    problems: &mut Diagnostics,
) -> Body {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_SMART_PUNCTUATION
        | Options::ENABLE_HEADING_ATTRIBUTES;
    let events: Vec<Event> = TextMergeStream::new(Parser::new_ext(filled, options)).collect();
    let mut reader = Reader { events, at: 0, printed, sources, words, problems, notes: Vec::new(), strong: 0, emph: 0 };
    reader.document()
}

struct Reader<'a> {
    events: Vec<Event<'a>>,
    at: usize,
    printed: &'a [Printed],
    sources: &'a mut dyn Sources,
    words: &'a Arc<SourceFile>,
    problems: &'a mut Diagnostics,
    notes: Vec<usize>,
    strong: usize,
    emph: usize,
}

impl Reader<'_> {
    fn next(&mut self) -> Option<Event<'static>> {
        let event = self.events.get(self.at)?.clone().into_static();
        self.at += 1;
        Some(event)
    }

    fn document(&mut self) -> Body {
        let mut body = Body::default();
        while let Some(event) = self.next() {
            match event {
                Event::Start(Tag::Heading { level: HeadingLevel::H1, .. }) => {
                    body.heading = self.inlines(|end| matches!(end, TagEnd::Heading(_)));
                }
                Event::Start(Tag::Heading { level: HeadingLevel::H2, id, .. }) => {
                    self.notes.clear();
                    let heading = self.inlines(|end| matches!(end, TagEnd::Heading(_)));
                    let Some(id) = id else {
                        let title = plain(&heading);
                        self.refuse(
                            &format!("the section `{title}` has no name"),
                            &title,
                            "end its heading with `{#name}`",
                        );
                        continue;
                    };
                    let blocks = self.blocks(None);
                    let mut notes = std::mem::take(&mut self.notes);
                    notes.dedup();
                    body.sections.push(Section { id: id.to_string(), heading, blocks, notes });
                }
                _ => {
                    self.at -= 1;
                    if !self.blocks(None).is_empty() {
                        self.refuse(
                            "there are words before the first section",
                            "",
                            "begin a section with `## Heading {#name}`",
                        );
                    }
                }
            }
        }
        for (at, section) in body.sections.iter().enumerate() {
            if body.sections[..at].iter().any(|earlier| earlier.id == section.id) {
                self.problems.push(
                    Diagnostic::error(format!("the section `{}` stands twice", section.id)).file(&self.words.path),
                );
            }
        }
        body
    }

    fn refuse(&mut self, message: &str, near: &str, hint: &str) {
        let word = near.split([OPEN, CLOSE]).next().unwrap_or_default();
        let at = if word.is_empty() { None } else { self.words.text.find(word) };
        let problem = Diagnostic::error(message).hint(hint);
        self.problems.push(match at {
            Some(at) => problem.at(self.words, at..at + word.len()),
            None => problem.file(&self.words.path),
        });
    }

    /// Blocks up to the end of `inside`, or up to the next section when that is `None`.
    fn blocks(&mut self, inside: Option<TagEnd>) -> Vec<Block> {
        let mut blocks = Vec::new();
        loop {
            if inside.is_none()
                && matches!(
                    self.events.get(self.at),
                    Some(Event::Start(Tag::Heading { level: HeadingLevel::H1 | HeadingLevel::H2, .. }))
                )
            {
                return blocks;
            }
            let Some(event) = self.next() else { return blocks };
            match event {
                Event::End(end) if Some(end) == inside => return blocks,
                Event::Start(Tag::Paragraph) => {
                    let inlines = self.inlines(|end| *end == TagEnd::Paragraph);
                    push_paragraph(&mut blocks, inlines);
                }
                Event::Start(Tag::Heading { level, .. }) => {
                    let inlines = self.inlines(|end| matches!(end, TagEnd::Heading(_)));
                    blocks.push(Block::Heading { level: level as u8, inlines });
                }
                Event::Start(Tag::BlockQuote(kind)) => {
                    let inner = self.blocks(Some(TagEnd::BlockQuote(kind)));
                    blocks.push(Block::Quote { blocks: inner });
                }
                Event::Start(Tag::List(start)) => blocks.push(self.list(start.is_some())),
                Event::Start(Tag::Table(_)) => blocks.push(self.table()),
                Event::Rule => blocks.push(Block::Rule),
                // A tight list's text stands bare in its item.
                Event::Text(_) | Event::SoftBreak | Event::HardBreak | Event::Start(Tag::Strong | Tag::Emphasis) => {
                    self.at -= 1;
                    let inlines = self.bare_inlines();
                    push_paragraph(&mut blocks, inlines);
                }
                Event::TaskListMarker(_) => {}
                other => self.unsupported(&other),
            }
        }
    }

    fn list(&mut self, ordered: bool) -> Block {
        let mut items: Vec<Vec<Block>> = Vec::new();
        let mut ticks = Vec::new();
        while let Some(event) = self.next() {
            match event {
                Event::End(TagEnd::List(_)) => break,
                Event::Start(Tag::Item) => {
                    // In a loose list the marker stands inside the item's paragraph.
                    let ahead = |at: usize| self.events.get(self.at + at);
                    let ticked = matches!(ahead(0), Some(Event::TaskListMarker(_)))
                        || matches!(
                            (ahead(0), ahead(1)),
                            (Some(Event::Start(Tag::Paragraph)), Some(Event::TaskListMarker(_)))
                        );
                    let inner = self.blocks(Some(TagEnd::Item));
                    if ticked {
                        ticks.push(inner.into_iter().flat_map(block_inlines).collect());
                    } else {
                        items.push(inner);
                    }
                }
                _ => {}
            }
        }
        if ticks.is_empty() {
            return Block::List { ordered, items };
        }
        if !items.is_empty() {
            self.refuse("a list mixes boxes to tick with plain items", "", "give each kind a list of its own");
        }
        Block::Ticks { items: ticks }
    }

    fn table(&mut self) -> Block {
        let (mut head, mut rows, mut row) = (Vec::new(), Vec::new(), Vec::new());
        while let Some(event) = self.next() {
            match event {
                Event::Start(Tag::TableCell) => row.push(self.inlines(|end| *end == TagEnd::TableCell)),
                Event::End(TagEnd::TableHead) => head = std::mem::take(&mut row),
                Event::End(TagEnd::TableRow) => rows.push(std::mem::take(&mut row)),
                Event::End(TagEnd::Table) => break,
                _ => {}
            }
        }
        Block::Table { head, rows }
    }

    fn inlines(&mut self, is_end: impl Fn(&TagEnd) -> bool) -> Vec<Inline> {
        let mut out = Vec::new();
        while let Some(event) = self.next() {
            match event {
                Event::End(end) if is_end(&end) => break,
                event => self.inline(event, &mut out),
            }
        }
        tidy(out)
    }

    /// Inlines that stand without a paragraph, up to whatever is none.
    fn bare_inlines(&mut self) -> Vec<Inline> {
        let mut out = Vec::new();
        while let Some(event) = self.events.get(self.at) {
            let more = matches!(
                event,
                Event::Text(_)
                    | Event::SoftBreak
                    | Event::HardBreak
                    | Event::Start(Tag::Strong | Tag::Emphasis)
                    | Event::End(TagEnd::Strong | TagEnd::Emphasis)
            );
            if !more {
                break;
            }
            let event = self.next().expect("there is one");
            self.inline(event, &mut out);
        }
        tidy(out)
    }

    fn inline(&mut self, event: Event<'static>, out: &mut Vec<Inline>) {
        match event {
            Event::Text(text) => self.text(&text, out),
            Event::SoftBreak => self.push_text(" ", "", out),
            Event::HardBreak => out.push(Inline::Break),
            Event::Start(Tag::Strong) => self.strong += 1,
            Event::End(TagEnd::Strong) => self.strong -= 1,
            Event::Start(Tag::Emphasis) => self.emph += 1,
            Event::End(TagEnd::Emphasis) => self.emph -= 1,
            Event::TaskListMarker(_) => {}
            other => self.unsupported(&other),
        }
    }

    fn unsupported(&mut self, event: &Event) {
        let what = match event {
            Event::Start(Tag::Link { .. }) | Event::End(TagEnd::Link) => "a link",
            Event::Start(Tag::Image { .. }) | Event::End(TagEnd::Image) => "an image",
            Event::Html(_) | Event::InlineHtml(_) | Event::Start(Tag::HtmlBlock) | Event::End(TagEnd::HtmlBlock) => {
                "HTML"
            }
            Event::Code(_) | Event::Start(Tag::CodeBlock(_)) | Event::End(TagEnd::CodeBlock) => "code",
            _ => "something that is neither text, list, table nor quotation",
        };
        let near = match event {
            Event::Html(text) | Event::InlineHtml(text) | Event::Code(text) => text.to_string(),
            _ => String::new(),
        };
        self.refuse(
            &format!("the words hold {what}"),
            &near,
            "words are headings, paragraphs, lists, boxes to tick, tables and quotations",
        );
    }

    fn push_text(&self, text: &str, origin: &str, out: &mut Vec<Inline>) {
        if text.is_empty() {
            return;
        }
        let (strong, emph) = (self.strong > 0, self.emph > 0);
        if let Some(Inline::Text { text: last, strong: was_strong, emph: was_emph, origin: was }) = out.last_mut()
            && (*was_strong, *was_emph) == (strong, emph)
            && was == origin
        {
            last.push_str(text);
            return;
        }
        out.push(Inline::Text { text: text.to_string(), strong, emph, origin: origin.to_string() });
    }

    /// Text of the words with tokens in it.
    fn text(&mut self, text: &str, out: &mut Vec<Inline>) {
        let mut rest = text;
        while let Some(start) = rest.find(OPEN) {
            self.push_text(&rest[..start], "", out);
            rest = &rest[start + OPEN.len_utf8()..];
            let end = rest.find(CLOSE).unwrap_or(rest.len());
            let token = rest[..end].to_string();
            rest = rest[end..].strip_prefix(CLOSE).unwrap_or_default();
            self.token(&token, out);
        }
        self.push_text(rest, "", out);
    }

    fn token(&mut self, token: &str, out: &mut Vec<Inline>) {
        let mut letters = token.chars();
        let kind = letters.next();
        let rest = letters.as_str();
        match kind {
            Some('v' | 'p' | 'c') => {
                let Some(printed) = rest.parse::<usize>().ok().and_then(|at| self.printed.get(at)) else { return };
                let mut last = None;
                for (at, piece) in printed.pieces.iter().enumerate() {
                    match piece {
                        Piece::Text(text) if at == 0 && kind == Some('c') => {
                            let shown = capital(text);
                            self.value(&shown, &printed.path, out);
                            last = shown.chars().last();
                        }
                        Piece::Text(text) => {
                            self.value(text, &printed.path, out);
                            last = text.chars().last();
                        }
                        Piece::Blank { path } => {
                            let label = self.sources.label(&blank_label(path));
                            out.push(Inline::Blank { label, width: blank_width(path), missing: Some(*path) });
                            last = None;
                        }
                    }
                }
                if kind == Some('p') {
                    // Commissioners’ but Kandiyohi County’s; a name that ends in s takes ’s, as it is spoken.
                    let plural = last == Some('s') && printed.pieces.len() == 1 && printed.path.ends_with('s');
                    self.push_text(if plural { "\u{2019}" } else { "\u{2019}s" }, "", out);
                }
            }
            Some('n') => {
                let (id, form) = rest.split_once(PART).unwrap_or((rest, ""));
                self.note(id, form != "spoken", out);
            }
            Some('f') => {
                let (id, form) = rest.split_once(PART).unwrap_or((rest, ""));
                let spoken = form == "spoken";
                if let Some(wording) = self.sources.wording(id, spoken) {
                    self.push_text(&wording, &format!("fact:{id}"), out);
                    self.note(id, !spoken, out);
                }
            }
            Some('b') => {
                let (label, width) = rest.split_once(PART).unwrap_or((rest, ""));
                let width = width.parse().unwrap_or(2.0);
                out.push(Inline::Blank { label: label.to_string(), width, missing: None });
            }
            _ => {}
        }
    }

    fn note(&mut self, id: &str, shown: bool, out: &mut Vec<Inline>) {
        let Some(number) = self.sources.note(id) else { return };
        if !self.notes.contains(&number) {
            self.notes.push(number);
        }
        if !shown {
            return;
        }
        match out.last_mut() {
            Some(Inline::Note { ns }) if ns.contains(&number) => {}
            Some(Inline::Note { ns }) => ns.push(number),
            _ => out.push(Inline::Note { ns: vec![number] }),
        }
    }

    /// Text of a field, as itself: only an apostrophe between letters becomes typographic, and line breaks stay.
    fn value(&mut self, text: &str, origin: &str, out: &mut Vec<Inline>) {
        for (at, line) in text.split('\n').enumerate() {
            if at > 0 {
                out.push(Inline::Break);
            }
            self.push_text(&typographic(line), origin, out);
        }
    }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => String::new(),
    }
}

fn push_paragraph(blocks: &mut Vec<Block>, inlines: Vec<Inline>) {
    if !inlines.is_empty() {
        blocks.push(Block::P { inlines });
    }
}

fn block_inlines(block: Block) -> Vec<Inline> {
    match block {
        Block::P { inlines } | Block::Heading { inlines, .. } => inlines,
        _ => Vec::new(),
    }
}

/// Takes spaces off both ends and before note marks, and drops what is empty.
fn tidy(mut inlines: Vec<Inline>) -> Vec<Inline> {
    for at in 1..inlines.len() {
        if matches!(inlines[at], Inline::Note { .. })
            && let Inline::Text { text, .. } = &mut inlines[at - 1]
        {
            text.truncate(text.trim_end().len());
        }
    }
    // "9 a.m." at the end of a sentence brings the sentence's stop with it.
    for at in 1..inlines.len() {
        let stopped =
            matches!(&inlines[at - 1], Inline::Text { text, origin, .. } if !origin.is_empty() && text.ends_with('.'));
        if let Inline::Text { text, origin, .. } = &mut inlines[at]
            && stopped
            && origin.is_empty()
            && text.starts_with('.')
        {
            text.remove(0);
        }
    }
    if let Some(Inline::Text { text, .. }) = inlines.first_mut() {
        *text = text.trim_start().to_string();
    }
    if let Some(Inline::Text { text, .. }) = inlines.last_mut() {
        *text = text.trim_end().to_string();
    }
    inlines.retain(|inline| !matches!(inline, Inline::Text { text, .. } if text.is_empty()));
    inlines
}
