//! Owns what filled words become: a small closed set of blocks, which a layout sets and nothing can break out of.

use serde::Serialize;

/// A run inside a paragraph.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "t", rename_all = "lowercase")]
pub enum Inline {
    /// Letters of one style from one origin.
    Text {
        /// The letters.
        text: String,
        /// Bold.
        strong: bool,
        /// Italic.
        emph: bool,
        /// Where they come from: a field's name, `fact:<id>`, or empty for the words themselves.
        #[serde(skip)]
        origin: String,
    },
    /// A line break.
    Break,
    /// A line to write on.
    Blank {
        /// What to write there.
        label: String,
        /// How long it is, in inches.
        width: f32,
        /// The missing value, unless the words mean it to be written in by hand.
        #[serde(skip)]
        missing: Option<&'static str>,
    },
    /// Numbers of sources.
    Note {
        /// The numbers.
        ns: Vec<usize>,
    },
}

/// A block of words.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "t", rename_all = "lowercase")]
pub enum Block {
    /// A paragraph.
    P {
        /// Its runs.
        inlines: Vec<Inline>,
    },
    /// A heading inside a section.
    Heading {
        /// 3 or more.
        level: u8,
        /// Its runs.
        inlines: Vec<Inline>,
    },
    /// A list.
    List {
        /// Numbered or not.
        ordered: bool,
        /// What each item holds.
        items: Vec<Vec<Block>>,
    },
    /// Boxes to tick.
    Ticks {
        /// What stands beside each.
        items: Vec<Vec<Inline>>,
    },
    /// Something quoted.
    Quote {
        /// What it holds.
        blocks: Vec<Block>,
    },
    /// A table.
    Table {
        /// Its headings.
        head: Vec<Vec<Inline>>,
        /// Its rows.
        rows: Vec<Vec<Vec<Inline>>>,
    },
    /// A line across.
    Rule,
}

/// A part of a document that its layout places.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Section {
    /// Its name.
    pub id: String,
    /// Its printed heading; may be empty.
    pub heading: Vec<Inline>,
    /// What it holds.
    pub blocks: Vec<Block>,
    /// Numbers of the sources it rests on.
    pub notes: Vec<usize>,
}

/// Filled words as blocks.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Body {
    /// The document's heading.
    pub heading: Vec<Inline>,
    /// Its sections, in order.
    pub sections: Vec<Section>,
}

/// Sets an apostrophe between letters, or after the s of a plural, as ’.
pub fn typographic(text: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    letters
        .iter()
        .enumerate()
        .map(|(at, c)| {
            let before = at.checked_sub(1).and_then(|at| letters.get(at)).is_some_and(|c| c.is_alphanumeric());
            let after = letters.get(at + 1).is_some_and(|c| c.is_alphanumeric());
            if *c == '\'' && before && after { '\u{2019}' } else { *c }
        })
        .collect()
}

/// The same for a text of several sentences: quotation marks are set as the opening and closing ones too.
pub fn typographic_prose(text: &str) -> String {
    let mut before = ' ';
    text.chars()
        .map(|c| {
            let opens = before.is_whitespace()
                || matches!(before, '(' | '[' | '\u{2013}' | '\u{2014}' | '\u{201C}' | '\u{2018}');
            before = c;
            match (c, opens) {
                ('"', true) => '\u{201C}',
                ('"', false) => '\u{201D}',
                ('\'', true) => '\u{2018}',
                ('\'', false) => '\u{2019}',
                (c, _) => c,
            }
        })
        .collect()
}

/// The letters of some runs, without marks; a write-in line shows as its label in brackets.
pub fn plain(inlines: &[Inline]) -> String {
    inlines
        .iter()
        .map(|inline| match inline {
            Inline::Text { text, .. } => text.clone(),
            Inline::Break => " ".to_string(),
            Inline::Blank { label, .. } => format!("[{label}]"),
            Inline::Note { .. } => String::new(),
        })
        .collect()
}

/// Calls `visit` with the runs of every paragraph, heading, item and cell, in order.
pub fn each_paragraph<'a>(blocks: &'a [Block], visit: &mut dyn FnMut(&'a [Inline])) {
    for block in blocks {
        match block {
            Block::P { inlines } | Block::Heading { inlines, .. } => visit(inlines),
            Block::List { items, .. } => items.iter().for_each(|item| each_paragraph(item, visit)),
            Block::Ticks { items } => items.iter().for_each(|item| visit(item)),
            Block::Quote { blocks } => each_paragraph(blocks, visit),
            Block::Table { head, rows } => head.iter().chain(rows.iter().flatten()).for_each(|cell| visit(cell)),
            Block::Rule => {}
        }
    }
}

/// Some runs as a person reads them aloud; a write-in line is read as two words.
pub fn read_aloud(inlines: &[Inline]) -> String {
    let mut text = String::new();
    for inline in inlines {
        match inline {
            Inline::Text { text: run, .. } => text.push_str(run),
            Inline::Break => text.push(' '),
            Inline::Blank { .. } => text.push_str(" first last "),
            Inline::Note { .. } => {}
        }
    }
    text
}

/// Words a person says when reading some blocks aloud; a write-in line counts as two.
pub fn spoken_words(blocks: &[Block]) -> usize {
    let mut words = 0;
    each_paragraph(blocks, &mut |inlines| {
        let text = read_aloud(inlines);
        words += text.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric)).count();
    });
    words
}
