//! Owns standing type: a letter once set is kept, and its signer's blocks make room for the next signer's, as long as they are as high.
//!
//! Letters to one recipient differ in three blocks: the sender's address, the signer's own paragraph and the printed name. Layouts mark
//! them with labels. Set alone, many signers' at a time, they cost a tenth of a whole letter.

use std::sync::{Arc, LazyLock, Mutex};

use typst::foundations::{Label, StyleChain};
use typst::introspection::Tag;
use typst::layout::{Frame, FrameItem};
use typst::model::HeadingElem;
use typst::text::TextElem;
use typst_layout::Page;

use super::{Pages, held, label, stack};

/// The labels of the blocks that are a signer's own, in the order in which `slips` of the letters' layout sets them.
static BLOCKS: LazyLock<[Label; 3]> = LazyLock::new(|| ["signed-from", "signed-own", "signed-name"].map(label));
/// Letters kept standing.
const KEPT: usize = 64;
/// Tells the places of a slip's elements from those of the letters they are put into.
const SLIP: usize = usize::MAX - 1;

/// What is a signer's own in their letters, set alone.
pub struct Slip {
    blocks: [Option<Frame>; 3],
}

impl Slip {
    /// What a standing letter must have in common with this slip, besides its recipient: how high the blocks are that push down others.
    /// (The address stands on its own.)
    fn shape(&self) -> [Option<u64>; 2] {
        [1, 2].map(|at: usize| self.blocks[at].as_ref().map(|frame| frame.height().to_pt().to_bits()))
    }
}

/// Takes the slips of so many signers out of the pages on which they were set; `None` if they are not all there.
pub fn take(pages: &Pages, signers: usize) -> Option<Vec<Slip>> {
    let mut found: Vec<(usize, Frame)> = Vec::new();
    for page in &pages.pages {
        collect(&page.frame, &mut found);
    }
    let mut slips: Vec<Slip> = Vec::with_capacity(signers);
    for (at, mut frame) in found {
        stack::relocate(&mut frame, SLIP);
        if at == 0 {
            slips.push(Slip { blocks: [const { None }; 3] });
        }
        let block = slips.last_mut()?.blocks.get_mut(at)?;
        if block.replace(frame).is_some() {
            return None;
        }
    }
    let whole = slips.len() == signers && slips.iter().all(|slip| slip.blocks[0].is_some() && slip.blocks[2].is_some());
    whole.then_some(slips)
}

/// Which of a signer's blocks a label marks.
fn block(label: Label) -> Option<usize> {
    BLOCKS.iter().position(|own| *own == label)
}

/// The labelled blocks of a frame in order, each with its place in [`BLOCKS`].
fn collect(frame: &Frame, found: &mut Vec<(usize, Frame)>) {
    for (_, item) in frame.items() {
        if let FrameItem::Group(group) = item {
            match group.label.and_then(block) {
                Some(at) => found.push((at, group.frame.clone())),
                None => collect(&group.frame, found),
            }
        }
    }
}

/// A letter kept as it was set.
struct Letter {
    form: usize,
    shape: [Option<u64>; 2],
    pages: Pages,
}

/// The letters that stand, for all presses of a run.
#[derive(Default)]
pub struct Standing(Mutex<Vec<Arc<Letter>>>);

impl Standing {
    /// A letter of a form for another signer, if one of the same shape stands.
    pub fn letter(&self, form: usize, slip: &Slip, bookmark: Option<&str>) -> Option<Pages> {
        let shape = slip.shape();
        let same = |letter: &&Arc<Letter>| letter.form == form && letter.shape == shape;
        let standing = held(&self.0).iter().rev().find(same)?.clone();
        let fill = |page: &Page| {
            let mut page = page.clone();
            put(&mut page.frame, slip, bookmark);
            page
        };
        Some(Pages::new(standing.pages.pages.iter().map(fill).collect(), standing.pages.info.clone()))
    }

    /// Keeps a letter that was set whole, if its signer's blocks are marked in it and are the same as in the slip.
    pub fn keep(&self, form: usize, slip: &Slip, pages: &Pages) {
        let mut found = Vec::new();
        for page in &pages.pages {
            collect(&page.frame, &mut found);
        }
        let marked = slip.blocks.iter().enumerate().filter_map(|(at, block)| Some((at, block.as_ref()?.size())));
        if !marked.eq(found.iter().map(|(at, frame)| (*at, frame.size()))) {
            return;
        }
        let mut letters = held(&self.0);
        if letters.len() == KEPT {
            letters.remove(0);
        }
        letters.push(Arc::new(Letter { form, shape: slip.shape(), pages: pages.clone() }));
    }
}

/// Puts a slip's blocks where those of another signer stand.
fn put(frame: &mut Frame, slip: &Slip, bookmark: Option<&str>) {
    frame.retain(|item| {
        match item {
            FrameItem::Group(group) => match group.label.and_then(block) {
                Some(at) => {
                    if let Some(block) = &slip.blocks[at] {
                        group.frame = block.clone();
                    }
                }
                None if has_marks(&group.frame) => put(&mut group.frame, slip, bookmark),
                None => {}
            },
            FrameItem::Tag(Tag::Start(element, _)) => {
                // The words of a stack's bookmarks are those of the one heading of a letter's own rank.
                if let (Some(words), Some(heading)) = (bookmark, element.to_packed_mut::<HeadingElem>())
                    && heading.resolve_level(StyleChain::default()).get() == 1
                {
                    heading.body = TextElem::packed(words);
                }
            }
            _ => {}
        }
        true
    });
}

/// Whether a signer's block or a bookmark is anywhere in a frame; what has none stays shared between letters.
fn has_marks(frame: &Frame) -> bool {
    frame.items().any(|(_, item)| match item {
        FrameItem::Group(group) => group.label.and_then(block).is_some() || has_marks(&group.frame),
        FrameItem::Tag(Tag::Start(element, _)) => element.is::<HeadingElem>(),
        _ => false,
    })
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use serde_json::{Value, json};

    use crate::compose::Settings;
    use crate::diagnostic::Diagnostics;
    use crate::library::Library;
    use crate::make::Workshop;
    use crate::plan::Wanted;
    use crate::typeset::{LetterForm, Pages, Press, stack};

    /// The letters to the commissioners of the example, composed.
    fn forms(document: &str) -> (Workshop, Vec<LetterForm>) {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("campaigns/kandiyohi-county-mn");
        let settings =
            Settings { today: "2026-11-21".parse().unwrap(), blanks: true, allow_overdue: true, sheets: None };
        let mut problems = Diagnostics::default();
        let mut workshop = Workshop::open(&folder, &mut problems).unwrap();
        let wanted = Wanted { documents: vec![document.to_string()], ..Wanted::default() };
        let jobs = workshop.plan(&wanted, &settings, &mut problems).jobs;
        let mut form = |job| LetterForm::new(document, &workshop.compose(job, &settings, &mut problems).unwrap().data);
        let forms = jobs.iter().map(&mut form).collect();
        (workshop, forms)
    }

    fn line(text: &str) -> Value {
        json!([{ "t": "text", "text": text }])
    }

    /// Signers whose blocks are of several heights, some with what no other letter has.
    fn signers() -> Vec<Value> {
        let long =
            "I have lived here for many years, and I have seen what happens when neighbors stop calling for help. "
                .repeat(3);
        let own = [None, Some("One line of my own."), Some(&*long), Some("A line with # * _ and “quotes” and ÿ.")];
        (0..16)
            .map(|nth| {
                let mut from = vec![line(&format!("Signer {nth} Ñandú")), line(&format!("{nth} Example Street"))];
                let blank = json!([{ "t": "blank", "label": "city and ZIP code", "width": 2.0 }]);
                from.push(if nth % 5 == 0 { blank } else { line("Exampleville, MN 56299") });
                let mut name = vec![line(&format!("Signer {nth} Ñandú"))];
                if nth % 3 == 0 {
                    name.push(line("Example Society of People with a Name of Some Length"));
                }
                json!({ "from": from, "name": name, "own": own[nth % 4], "bookmark": format!("Letter {nth}") })
            })
            .collect()
    }

    /// Sets letters both ways; tells how many were put together from standing ones.
    fn both(press: &mut Press, form: &LetterForm, signers: &[Value]) -> (Vec<Pages>, Vec<Pages>) {
        let slips = press.slips(form, &signers.iter().collect::<Vec<_>>());
        assert!(slips.iter().all(Option::is_some));
        signers
            .iter()
            .zip(&slips)
            .map(|(signer, slip)| {
                (press.set_signed(form, signer, slip.as_ref()).unwrap(), press.set_letter(form, signer).unwrap())
            })
            .unzip()
    }

    #[test]
    fn a_letter_from_standing_type_is_the_letter_set_whole() {
        for document in ["letter-commissioner", "letter-sheriff"] {
            let (workshop, forms) = forms(document);
            let mut press = Press::new(&workshop.kit.library);
            for form in forms.iter().take(2) {
                let (put_together, whole) = both(&mut press, form, &signers());
                for (one, other) in put_together.iter().zip(&whole) {
                    assert_eq!(one.text(), other.text());
                    assert_eq!(one.png(50.0), other.png(50.0));
                    assert!(press.pdf(one).unwrap() == press.pdf(other).unwrap(), "{:?}", one.text());
                }
                let shapes =
                    press.standing.0.lock().unwrap().iter().filter(|letter| letter.form == form.number).count();
                assert_eq!(shapes, 6, "as many as there are heights of the blocks, and no more");
                // As files of their own they are the same whatever letters are made beside them.
                let together = press.pdfs(form, &put_together.iter().collect::<Vec<_>>());
                for (letter, bytes) in put_together.iter().zip(together) {
                    let alone = press.pdfs(form, &[letter]).remove(0);
                    let alone = alone.unwrap();
                    assert!(bytes.unwrap() == alone, "{:?}", letter.text());
                    // A letter with a character that the specimen lacks has fonts of its own.
                    let own = press.pdf(letter).unwrap() == alone;
                    assert_eq!(own, letter.text().concat().contains('ÿ'));
                }
                // Bound, each letter has its own bookmark.
                let bound =
                    [put_together, whole].map(|letters| press.pdf(&stack::bind(letters, true).unwrap()).unwrap());
                assert!(bound[0] == bound[1]);
            }
        }
    }

    #[test]
    fn layouts_of_ones_own_are_set_whole() {
        let (workshop, forms) = forms("letter-sheriff");
        let mut press = Press::new(&workshop.kit.library);
        assert!(press.slips(&forms[0], &[&signers()[0]])[0].is_some());
        let campaign = tempfile::tempdir().unwrap();
        let layout = campaign.path().join("templates/letter-sheriff");
        std::fs::create_dir_all(&layout).unwrap();
        std::fs::write(layout.join("layout.typ"), "#let layout(doc, signer: none) = [#signer.name]").unwrap();
        let own = Library::for_campaign(campaign.path(), &mut Diagnostics::default());
        assert!(Press::new(&own).slips(&forms[0], &[&signers()[0]])[0].is_none());
    }
}
