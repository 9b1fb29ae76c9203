//! Owns exporting letters of one form as files of their own, many at a time.
//!
//! They are exported as one run of pages behind a specimen, and taken apart. The specimen shows every character of the form and all that
//! names and addresses are usually written with, so that each letter has the same fonts, whatever letters are made beside it: its bytes
//! depend on nothing but itself, and its fonts tell of nobody else.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use serde_json::json;
use typst::layout::{Frame, FrameItem};
use typst::text::TextItem;

use super::{LetterForm, Pages, Press, held, split, stack};
use crate::diagnostic::Diagnostic;

/// What names, addresses and a few sentences are written with in English and Spanish, with the pairs that fonts draw as one.
const ALPHABET: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZ abcdefghijklmnopqrstuvwxyz 0123456789 ÁÉÍÓÚÜÑ áéíóúüñ \
    .,:;!?¡¿ ’‘“” '\" -–— ()/&#%$*+=@_ ff fi fl fb fh fj fk ft tt ffi ffl Th";
/// Specimens kept.
const KEPT: usize = 16;

/// The specimens at hand, for all presses of a run.
#[derive(Default)]
pub struct Specimens(Mutex<Vec<Arc<Specimen>>>);

/// The characters a run of letters can have without fonts other than their own.
struct Specimen {
    form: usize,
    pages: Pages,
    glyphs: Glyphs,
}

/// Glyphs by font; a font is known by where its bytes stand.
#[derive(Default)]
struct Glyphs(Vec<((usize, u32), Vec<bool>)>);

impl Glyphs {
    fn of(pages: &Pages) -> Glyphs {
        let mut glyphs = Glyphs::default();
        for text in pages.pages.iter().flat_map(|page| texts(&page.frame)) {
            let font = font(text);
            let at = glyphs.0.iter().position(|(own, _)| *own == font).unwrap_or_else(|| {
                glyphs.0.push((font, Vec::new()));
                glyphs.0.len() - 1
            });
            let known = &mut glyphs.0[at].1;
            for glyph in &text.glyphs {
                known.resize(known.len().max(usize::from(glyph.id) + 1), false);
                known[usize::from(glyph.id)] = true;
            }
        }
        glyphs
    }

    fn cover(&self, pages: &Pages) -> bool {
        pages.pages.iter().flat_map(|page| texts(&page.frame)).all(|text| {
            let known = self.0.iter().find(|(own, _)| *own == font(text));
            known.is_some_and(|(_, known)| {
                text.glyphs.iter().all(|glyph| known.get(usize::from(glyph.id)) == Some(&true))
            })
        })
    }
}

fn font(text: &TextItem) -> (usize, u32) {
    (text.font.data().as_ptr() as usize, text.font.index())
}

/// Every run of text in a frame.
fn texts(frame: &Frame) -> Vec<&TextItem> {
    let mut found = Vec::new();
    let mut frames = vec![frame];
    while let Some(frame) = frames.pop() {
        for (_, item) in frame.items() {
            match item {
                FrameItem::Group(group) => frames.push(&group.frame),
                FrameItem::Text(text) => found.push(text),
                _ => {}
            }
        }
    }
    found
}

impl Press {
    /// Exports letters of a form, each as [`Press::pdf`] does, in their order.
    pub fn pdfs(&mut self, form: &LetterForm, letters: &[&Pages]) -> Vec<Result<Vec<u8>, Vec<Diagnostic>>> {
        let mut together: HashMap<usize, Vec<u8>> = match self.specimen(form) {
            Some(specimen) => {
                let like: Vec<usize> = (0..letters.len()).filter(|at| specimen.glyphs.cover(letters[*at])).collect();
                let mut ranges = Vec::with_capacity(like.len());
                let mut end = specimen.pages.count();
                for at in &like {
                    ranges.push(end..end + letters[*at].count());
                    end += letters[*at].count();
                }
                let run = std::iter::once(&specimen.pages).chain(like.iter().map(|at| letters[*at])).cloned().collect();
                let made = stack::bind(run, false).and_then(|run| split::split(&self.pdf(&run).ok()?, &ranges));
                like.into_iter().zip(made.unwrap_or_default()).collect()
            }
            None => HashMap::new(),
        };
        // What was not made together, and what fails, is made and told by itself.
        letters.iter().enumerate().map(|(at, pages)| together.remove(&at).map_or_else(|| self.pdf(pages), Ok)).collect()
    }

    /// The specimen of a form; none where layouts are not ours.
    fn specimen(&mut self, form: &LetterForm) -> Option<Arc<Specimen>> {
        if !self.own_layouts {
            return None;
        }
        let known = held(&self.specimens.0).iter().find(|specimen| specimen.form == form.number).cloned();
        if known.is_some() {
            return known;
        }
        let line = json!([{ "t": "text", "text": ALPHABET }]);
        let signer = json!({ "from": [line], "name": [line], "own": null, "bookmark": null });
        let pages = self.set_letter(form, &signer).ok()?;
        let specimen = Arc::new(Specimen { form: form.number, glyphs: Glyphs::of(&pages), pages });
        let mut specimens = held(&self.specimens.0);
        if specimens.len() == KEPT {
            specimens.remove(0);
        }
        specimens.push(specimen.clone());
        Some(specimen)
    }
}
