//! Owns the engine: a job as data in, pages out, as PDF, pictures or text. The only module that names Typst.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use typst::WorldExt;
use typst::diag::{Severity as TypstSeverity, SourceDiagnostic};
use typst::foundations::{Bytes, Label, Selector, Smart, Value};
use typst::introspection::{Introspector, MetadataElem};
use typst::layout::{Frame, FrameItem, Point, Transform};
use typst::model::{Document, DocumentInfo};
use typst::utils::PicoStr;
use typst_layout::{Page, PagedDocument};
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use crate::diagnostic::{Diagnostic, SourceFile};
use crate::library::Library;
use fonts::Fonts;
use layouts::Layouts;
use single::Specimens;
use standing::Standing;
use world::PressWorld;

pub use standing::Slip;

mod fonts;
mod layouts;
mod single;
mod split;
pub mod stack;
mod standing;
mod world;

/// Points in an inch.
const INCH: f64 = 72.0;
/// Office printers leave this much of the edge white, in inches.
const UNPRINTED: f64 = 0.25;
/// Layouts leave about this much above their text, in inches.
const HEAD_MARGIN: f64 = 0.45;
/// Work, of all presses together, after which the engine forgets what it has not needed lately.
const FORGET_EVERY: usize = 32;
/// What setting or exporting one of many letters counts for.
const LETTER: usize = 1;
/// So many slips leave as much in the engine's memory as a letter.
const SLIPS_TO_A_LETTER: usize = 8;
/// And so many pages exported together.
const PAGES_TO_A_LETTER: usize = 16;
/// What setting another document counts for: the engine remembers some ten megabytes of each.
const DOCUMENT: usize = 8;
/// Work done since the program began: the engine's memory is one for all presses.
static WORK: AtomicUsize = AtomicUsize::new(0);
/// Forms of letters made since the program began.
static FORMS: AtomicUsize = AtomicUsize::new(0);
/// What a layout marks the end of a side with.
const SIDE_END: &str = "side-end";

/// A press with a library's layouts and fonts on it.
pub struct Press {
    world: PressWorld,
    fonts: Arc<Fonts>,
    /// Whether the layouts are ours, so that what is a signer's own stands where they say.
    own_layouts: bool,
    /// What each job counts for until the engine forgets.
    weight: usize,
    standing: Arc<Standing>,
    specimens: Arc<Specimens>,
}

/// What the letters to one recipient share, ready for the press.
#[derive(Clone)]
pub struct LetterForm {
    number: usize,
    document: String,
    language: [serde_json::Value; 2],
    shared: Bytes,
}

impl LetterForm {
    /// Keeps the data of a letter's layout for all who sign it.
    pub fn new(document: &str, data: &serde_json::Value) -> LetterForm {
        LetterForm {
            number: FORMS.fetch_add(1, Ordering::Relaxed),
            document: document.to_string(),
            language: ["lang", "region"].map(|key| data[key].clone()),
            shared: Bytes::new(data.to_string().into_bytes()),
        }
    }

    /// The shared data, as JSON.
    pub fn data(&self) -> &[u8] {
        &self.shared
    }
}

/// Pages as they will be printed.
#[derive(Clone)]
pub struct Pages {
    pages: Vec<Page>,
    info: DocumentInfo,
    /// The same with an index of all that is on them, made when it is needed.
    document: OnceLock<PagedDocument>,
}

/// How far a document runs over its paper.
#[derive(Debug, Clone, PartialEq)]
pub enum Overflow {
    /// The side, from 1, ends further down, or on a later page: by so many inches.
    Down {
        /// The side.
        side: usize,
        /// Inches too much.
        inches: f64,
    },
    /// There are more pages than the contract allows.
    Pages {
        /// Pages there are.
        pages: usize,
        /// Pages allowed.
        allowed: usize,
    },
    /// Something stands in the edge that printers leave white, or off the paper.
    Edge {
        /// The page, from 1.
        page: usize,
        /// Inches past what can be printed.
        inches: f64,
        /// The text that does, if it is text.
        text: String,
    },
}

impl Press {
    /// Makes a press ready; the embedded fonts and layouts are parsed once in a process.
    pub fn new(library: &Library) -> Press {
        static FONTS: OnceLock<Arc<Fonts>> = OnceLock::new();
        static LAYOUTS: OnceLock<Arc<Layouts>> = OnceLock::new();
        let own_fonts = library.overrides().any(|(key, _)| key.starts_with("templates/shared/fonts/"));
        let fonts = match own_fonts {
            true => Arc::new(Fonts::load(library)),
            false => FONTS.get_or_init(|| Arc::new(Fonts::load(library))).clone(),
        };
        let own_layouts = !Layouts::are_overridden(library);
        let layouts = match own_layouts {
            true => LAYOUTS.get_or_init(|| Arc::new(Layouts::load(library))).clone(),
            false => Arc::new(Layouts::load(library)),
        };
        let world = PressWorld::new(layouts, fonts.clone());
        Press { world, fonts, own_layouts, weight: DOCUMENT, standing: Arc::default(), specimens: Arc::default() }
    }

    /// A press for many letters: what the engine remembers of one serves the next.
    pub fn for_letters(library: &Library) -> Press {
        Press { weight: LETTER, ..Press::new(library) }
    }

    /// Another press for the same run, to work beside this one: what stands on one serves both.
    pub fn another(&self) -> Press {
        Press {
            world: self.world.another(),
            fonts: self.fonts.clone(),
            own_layouts: self.own_layouts,
            weight: self.weight,
            standing: self.standing.clone(),
            specimens: self.specimens.clone(),
        }
    }

    /// Whether some font can draw a character.
    pub fn can_draw(&self, c: char) -> bool {
        self.fonts.can_draw(c)
    }

    /// Lays out a job of a document.
    pub fn set(&mut self, document: &str, job: &serde_json::Value) -> Result<Pages, Vec<Diagnostic>> {
        self.world.set(document, job);
        self.compile()
    }

    /// Lays out one signer's letter; `signer` is what its layout gets of who signs. Letters of one form are best set one after another:
    /// the engine keeps what they share.
    pub fn set_letter(&mut self, form: &LetterForm, signer: &serde_json::Value) -> Result<Pages, Vec<Diagnostic>> {
        self.world.set_letter(&form.document, &form.shared, signer.to_string().into_bytes());
        self.compile()
    }

    /// Sets what is the signers' own in their letters of some form; nothing where it cannot be set by itself. Many at a time cost least.
    pub fn slips(&mut self, form: &LetterForm, signers: &[&serde_json::Value]) -> Vec<Option<Slip>> {
        let [lang, region] = &form.language;
        let job = serde_json::json!({ "lang": lang, "region": region, "signers": signers });
        self.world.set_slips(&job);
        // Whatever fails here fails in its letter too, and is told there.
        let slips = if self.own_layouts { self.compile().ok() } else { None };
        forget(signers.len() / SLIPS_TO_A_LETTER);
        match slips.and_then(|pages| standing::take(&pages, signers.len())) {
            Some(slips) => slips.into_iter().map(Some).collect(),
            None => signers.iter().map(|_| None).collect(),
        }
    }

    /// One signer's letter as [`Press::set_letter`] lays it out, from a letter that stands already if there is one that differs only in
    /// what is on the slip.
    pub fn set_signed(
        &mut self,
        form: &LetterForm,
        signer: &serde_json::Value,
        slip: Option<&Slip>,
    ) -> Result<Pages, Vec<Diagnostic>> {
        let Some(slip) = slip else { return self.set_letter(form, signer) };
        if let Some(pages) = self.standing.letter(form.number, slip, signer["bookmark"].as_str()) {
            return Ok(pages);
        }
        let pages = self.set_letter(form, signer)?;
        self.standing.keep(form.number, slip, &pages);
        Ok(pages)
    }

    /// Lays out a packet: `documents` are those of its jobs, in order.
    pub fn set_packet(&mut self, documents: &[&str], packet: &serde_json::Value) -> Result<Pages, Vec<Diagnostic>> {
        self.world.set_packet(documents, packet);
        self.compile()
    }

    fn compile(&mut self) -> Result<Pages, Vec<Diagnostic>> {
        let compiled = typst::compile::<PagedDocument>(&self.world);
        forget(self.weight);
        match compiled.output {
            Ok(document) => Ok(Pages {
                pages: document.pages().to_vec(),
                info: document.info().clone(),
                document: OnceLock::from(document),
            }),
            Err(errors) => Err(errors.iter().map(|error| self.explain(error)).collect()),
        }
    }

    /// Exports pages as PDF/UA-1; what keeps a page from being accessible is an error.
    ///
    /// Nothing of the machine goes in: no time, no program version, no path.
    pub fn pdf(&self, pages: &Pages) -> Result<Vec<u8>, Vec<Diagnostic>> {
        let options = PdfOptions {
            creator: Smart::Custom(None),
            standards: PdfStandards::new(&[PdfStandard::Ua_1]).expect("PDF/UA-1 stands alone"),
            ..PdfOptions::default()
        };
        forget(LETTER + pages.count() / PAGES_TO_A_LETTER);
        typst_pdf::pdf(pages.document(), &options)
            .map_err(|errors| errors.iter().map(|error| self.explain(error)).collect())
    }

    /// Turns an engine's message into ours, at its place in the layout.
    fn explain(&self, error: &SourceDiagnostic) -> Diagnostic {
        let mut diagnostic = match error.severity {
            TypstSeverity::Error => Diagnostic::error(format!("the layout fails: {}", error.message)),
            TypstSeverity::Warning => Diagnostic::warning(format!("the layout warns: {}", error.message)),
        };
        if let Some(id) = error.span.id()
            && let Ok(source) = typst::World::source(&self.world, id)
        {
            let file = SourceFile::new(id.get().vpath().get_without_slash(), source.text());
            diagnostic = diagnostic.at(&file, self.world.range(error.span).unwrap_or(0..0));
        }
        for hint in &error.hints {
            diagnostic = diagnostic.hint(hint.v.to_string());
        }
        diagnostic
    }
}

/// The engine's memo serves what neighbours share, and would otherwise grow without end.
fn forget(weight: usize) {
    let before = WORK.fetch_add(weight, Ordering::Relaxed);
    if before / FORGET_EVERY != (before + weight) / FORGET_EVERY {
        typst::comemo::evict(1);
    }
}

/// What a lock guards; whoever panicked with it left it whole.
fn held<T>(lock: &Mutex<T>) -> MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A label of a layout.
fn label(name: &str) -> Label {
    Label::new(PicoStr::intern(name)).expect("the label is not empty")
}

impl Pages {
    fn new(pages: Vec<Page>, info: DocumentInfo) -> Pages {
        Pages { pages, info, document: OnceLock::new() }
    }

    fn document(&self) -> &PagedDocument {
        self.document.get_or_init(|| PagedDocument::new(self.pages.iter().cloned().collect(), self.info.clone()))
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.pages.len()
    }

    /// The pages as pictures, `dpi` dots to the inch.
    pub fn png(&self, dpi: f64) -> Vec<Vec<u8>> {
        let options =
            typst_render::RenderOptions { pixel_per_pt: (dpi / INCH).into(), ..typst_render::RenderOptions::default() };
        self.pages
            .iter()
            .map(|page| typst_render::render(page, &options).encode_png().expect("a picture of a page can be encoded"))
            .collect()
    }

    /// The text of each page, a line for each run, in the order it is set.
    pub fn text(&self) -> Vec<String> {
        self.pages
            .iter()
            .map(|page| {
                let mut text = String::new();
                let mut baseline = f64::NAN;
                runs(&page.frame, Transform::identity(), &mut |run| {
                    let Run::Text { text: item, at, .. } = run else { return };
                    let y = at.y.to_pt();
                    if !text.is_empty() {
                        text.push_str(if (y - baseline).abs() < 0.5 { "" } else { "\n" });
                    }
                    baseline = y;
                    text.push_str(item);
                });
                text
            })
            .collect()
    }

    /// How the pages run over their paper, if they do; `allowed` is the most pages there may be.
    pub fn overflows(&self, allowed: usize) -> Vec<Overflow> {
        let mut found = Vec::new();
        let Some(first) = self.pages.first() else { return found };
        let height = first.frame.height().to_pt();
        let introspector = self.document().introspector();
        // A side that runs over pushes the next ones on: only what they add to it is theirs.
        let mut pushed = 0;
        for mark in introspector.query(&Selector::Label(label(SIDE_END))) {
            let Some(mark) = mark.to_packed::<MetadataElem>() else { continue };
            let side = match &mark.value {
                Value::Dict(dict) => dict.get("side").ok().and_then(|side| side.clone().cast::<usize>().ok()),
                _ => None,
            };
            let position = mark.location().and_then(|location| introspector.position(location));
            let (Some(side), Some(position)) = (side, position) else { continue };
            let page = position.page.get();
            if page > side + pushed {
                // What stands on pages too many, less the margin at the head of each.
                let down = (page - side - pushed - 1) as f64 * height + position.point.y.to_pt();
                found.push(Overflow::Down { side, inches: (down / INCH - HEAD_MARGIN).max(0.05) });
                pushed = page - side;
            }
        }
        if found.is_empty() && self.count() > allowed {
            found.push(Overflow::Pages { pages: self.count(), allowed });
        }
        for (at, page) in self.pages.iter().enumerate() {
            let (width, height) = (page.frame.width().to_pt(), page.frame.height().to_pt());
            let mut worst: Option<(f64, String)> = None;
            runs(&page.frame, Transform::identity(), &mut |run| {
                let (left, top, right, bottom, text) = match run {
                    Run::Text { text, at, width, size } => {
                        (at.x.to_pt(), at.y.to_pt() - size * 0.7, at.x.to_pt() + width, at.y.to_pt(), text)
                    }
                    Run::Shape { at, width, height } => {
                        (at.x.to_pt(), at.y.to_pt(), at.x.to_pt() + width, at.y.to_pt() + height, "")
                    }
                };
                let edge = UNPRINTED * INCH;
                let past = [edge - left, edge - top, right - (width - edge), bottom - (height - edge)]
                    .into_iter()
                    .fold(0.0, f64::max);
                // Half a point is the rounding of a rule that stands on the edge.
                if past > 0.5 && worst.as_ref().is_none_or(|(most, _)| past > *most) {
                    worst = Some((past, text.chars().take(40).collect()));
                }
            });
            if let Some((past, text)) = worst {
                found.push(Overflow::Edge { page: at + 1, inches: past / INCH, text });
            }
        }
        found
    }
}

/// Something set on a page.
enum Run<'a> {
    Text { text: &'a str, at: Point, width: f64, size: f64 },
    Shape { at: Point, width: f64, height: f64 },
}

/// Visits everything set in a frame with its place on the page.
fn runs<'a>(frame: &'a Frame, transform: Transform, visit: &mut dyn FnMut(Run<'a>)) {
    for (at, item) in frame.items() {
        let point = at.transform(transform);
        match item {
            FrameItem::Group(group) => {
                let inner = transform.pre_concat(Transform::translate(at.x, at.y)).pre_concat(group.transform);
                runs(&group.frame, inner, visit);
            }
            FrameItem::Text(text) => {
                visit(Run::Text { text: &text.text, at: point, width: text.width().to_pt(), size: text.size.to_pt() })
            }
            FrameItem::Shape(shape, _) => {
                let bbox = shape.bbox(false);
                let size = bbox.max - bbox.min;
                visit(Run::Shape { at: point + bbox.min, width: size.x.to_pt(), height: size.y.to_pt() });
            }
            FrameItem::Image(_, size, _) => {
                visit(Run::Shape { at: point, width: size.x.to_pt(), height: size.y.to_pt() });
            }
            FrameItem::Link(..) | FrameItem::Tag(_) => {}
        }
    }
}
