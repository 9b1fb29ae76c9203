//! Owns the layouts of a library: each parsed when it is first asked for, since a run needs few of them, and once for all presses.

use std::collections::HashMap;
use std::sync::OnceLock;

use typst::syntax::{FileId, Source};

use super::world::id;
use crate::library::Library;

/// What the key of every layout ends with.
const ENDING: &str = ".typ";
/// Where layouts stand in the library.
const FOLDER: &str = "templates/";

/// Every layout that paper may use.
pub struct Layouts(HashMap<FileId, Layout>);

struct Layout {
    text: String,
    source: OnceLock<Source>,
}

impl Layouts {
    /// Takes in the layouts of a library.
    pub fn load(library: &Library) -> Layouts {
        let layouts = library.under(FOLDER).filter(|(key, _)| key.ends_with(ENDING)).map(|(key, bytes)| {
            let text = String::from_utf8_lossy(bytes).into_owned();
            (id(&format!("/{key}")), Layout { text, source: OnceLock::new() })
        });
        Layouts(layouts.collect())
    }

    /// Whether a campaign has layouts of its own.
    pub fn are_overridden(library: &Library) -> bool {
        library.overrides().any(|(key, _)| key.starts_with(FOLDER) && key.ends_with(ENDING))
    }

    /// A layout, parsed.
    pub fn source(&self, id: FileId) -> Option<Source> {
        self.0.get(&id).map(|layout| layout.source.get_or_init(|| Source::new(id, layout.text.clone())).clone())
    }

    /// A layout's text.
    pub fn text(&self, id: FileId) -> Option<&str> {
        self.0.get(&id).map(|layout| layout.text.as_str())
    }
}
