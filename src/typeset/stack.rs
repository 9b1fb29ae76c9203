//! Owns binding separately set letters into one run of pages, each letter still known as itself to tags, links and bookmarks.

use typst::introspection::{Location, Tag};
use typst::layout::{Frame, FrameItem};
use typst::model::Destination;
use typst_layout::Page;

use super::Pages;

/// Binds letters in order; with `even`, a letter with an odd number of pages is followed by a blank one, so that in a printer that
/// turns its sheets the next letter begins on a sheet of its own. `None` if there are none.
pub fn bind(letters: Vec<Pages>, even: bool) -> Option<Pages> {
    let info = letters.first()?.info.clone();
    let mut bound: Vec<Page> = Vec::with_capacity(letters.len());
    for (at, letter) in letters.into_iter().enumerate() {
        let first = bound.len();
        for mut page in letter.pages {
            relocate(&mut page.frame, at);
            bound.push(page);
        }
        if even
            && (bound.len() - first) % 2 == 1
            && let Some(last) = bound.last()
        {
            bound.push(Page { frame: Frame::hard(last.frame.size()), ..last.clone() });
        }
    }
    Some(Pages::new(bound, info))
}

/// Gives every element of a letter a location of its own: letters of one layout have the same ones, and a bookmark or a tag would
/// then mean the first letter for all of them.
pub(super) fn relocate(frame: &mut Frame, letter: usize) {
    let moved = |location: Location| location.variant(letter + 1);
    frame.retain(|item| {
        match item {
            FrameItem::Tag(Tag::Start(element, _)) => {
                if let Some(location) = element.location() {
                    element.set_location(moved(location));
                }
            }
            FrameItem::Tag(Tag::End(location, ..)) => *location = moved(*location),
            FrameItem::Link(Destination::Location(location), _) => *location = moved(*location),
            FrameItem::Group(group) => {
                if let Some(parent) = &mut group.parent {
                    parent.location = moved(parent.location);
                }
                if has_locations(&group.frame) {
                    relocate(&mut group.frame, letter);
                }
            }
            FrameItem::Link(..) | FrameItem::Text(_) | FrameItem::Shape(..) | FrameItem::Image(..) => {}
        }
        true
    });
}

/// Whether anything in a frame has a location; what has none stays shared between letters.
fn has_locations(frame: &Frame) -> bool {
    frame.items().any(|(_, item)| match item {
        FrameItem::Tag(_) | FrameItem::Link(..) => true,
        FrameItem::Group(group) => group.parent.is_some() || has_locations(&group.frame),
        FrameItem::Text(_) | FrameItem::Shape(..) | FrameItem::Image(..) => false,
    })
}
