//! Owns the fonts of a library: parsed once, and asked which characters they can draw.

use typst::foundations::Bytes;
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;

use crate::library::Library;

/// Where fonts stand in the library.
const FOLDER: &str = "templates/shared/fonts/";

/// Every font that paper may use.
pub struct Fonts {
    /// The fonts.
    pub fonts: Vec<Font>,
    /// What Typst chooses from.
    pub book: LazyHash<FontBook>,
}

impl Fonts {
    /// Parses the fonts of a library.
    pub fn load(library: &Library) -> Fonts {
        let fonts: Vec<Font> = library
            .under(FOLDER)
            .filter(|(key, _)| key.ends_with(".ttf") || key.ends_with(".otf"))
            .flat_map(|(_, bytes)| Font::iter(Bytes::new(bytes.to_vec())))
            .collect();
        let book = LazyHash::new(FontBook::from_fonts(&fonts));
        Fonts { fonts, book }
    }

    /// Whether some font can draw a character, or it is one that draws nothing.
    pub fn can_draw(&self, c: char) -> bool {
        c.is_whitespace() || is_unseen(c) || self.fonts.iter().any(|font| font.info().coverage.contains(c as u32))
    }
}

/// Joiners, marks of direction and variation selectors shape their neighbours and draw nothing themselves.
fn is_unseen(c: char) -> bool {
    matches!(
        c,
        '\u{00AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{2069}'
            | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{1F3FB}'..='\u{1F3FF}' | '\u{E0020}'..='\u{E007F}'
    )
}
