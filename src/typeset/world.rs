//! Owns the little world Typst sees: the library's files, one job as JSON, the embedded fonts, and nothing else.

use std::sync::Arc;

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library as TypstLibrary, LibraryExt, World};

use super::fonts::Fonts;
use super::layouts::Layouts;

/// The file that asks for a layout; it is the same few bytes for every job of a document.
const MAIN: &str = "/main.typ";
/// The file that holds the job.
const JOB: &str = "/job.json";
/// The file that holds who signs, for letters that are one job for many signers.
const SIGNER: &str = "/signer.json";

/// What Typst may see.
pub struct PressWorld {
    typst: LazyHash<TypstLibrary>,
    fonts: Arc<Fonts>,
    layouts: Arc<Layouts>,
    main: Source,
    job: FileId,
    data: Bytes,
    signer: FileId,
    signed_by: Bytes,
}

/// The id of a path inside the project. Ids are interned for the life of the process, so paths are few and never made per job.
pub fn id(path: &str) -> FileId {
    let path = VirtualPath::new(path).expect("library paths have no `..`");
    RootedPath::new(VirtualRoot::Project, path).intern()
}

impl PressWorld {
    /// A world of layouts and fonts.
    pub fn new(layouts: Arc<Layouts>, fonts: Arc<Fonts>) -> PressWorld {
        PressWorld {
            typst: LazyHash::new(TypstLibrary::default()),
            fonts,
            layouts,
            main: Source::new(id(MAIN), String::new()),
            job: id(JOB),
            data: Bytes::new(Vec::new()),
            signer: id(SIGNER),
            signed_by: Bytes::new(Vec::new()),
        }
    }

    /// Another world of the same, with nothing on the press.
    pub fn another(&self) -> PressWorld {
        PressWorld::new(self.layouts.clone(), self.fonts.clone())
    }

    /// Puts a job on the press.
    pub fn set(&mut self, document: &str, job: &serde_json::Value) {
        let main = format!("#import \"/templates/{document}/layout.typ\": layout\n#layout(json(\"{JOB}\"))\n");
        self.put(main, Bytes::new(job.to_string().into_bytes()));
    }

    /// Puts a letter on the press: what all signers' letters share, and who signs this one, as JSON.
    pub fn set_letter(&mut self, document: &str, shared: &Bytes, signer: Vec<u8>) {
        // A function without arguments: what it gives is kept from letter to letter.
        let main = format!(
            "#import \"/templates/{document}/layout.typ\": layout\n#let shared() = json(\"{JOB}\")\n#layout(shared, signer: json(\"{SIGNER}\"))\n"
        );
        self.signed_by = Bytes::new(signer);
        self.put(main, shared.clone());
    }

    /// Puts what is the own of several signers on the press.
    pub fn set_slips(&mut self, job: &serde_json::Value) {
        let main = format!("#import \"/templates/shared/letter.typ\": slips\n#slips(json(\"{JOB}\"))\n");
        self.put(main, Bytes::new(job.to_string().into_bytes()));
    }

    /// Puts a packet of several jobs on the press: `documents` are those of its `jobs`, in order.
    pub fn set_packet(&mut self, documents: &[&str], packet: &serde_json::Value) {
        let mut main = "#import \"/templates/shared/packet.typ\": packet\n".to_string();
        let mut layouts = String::new();
        for (at, document) in documents.iter().enumerate() {
            // Letters of one kind share their layout.
            let first = documents.iter().position(|other| other == document).unwrap_or(at);
            if first == at {
                main.push_str(&format!("#import \"/templates/{document}/layout.typ\": layout as layout-{at}\n"));
            }
            layouts.push_str(&format!("layout-{first}, "));
        }
        main.push_str(&format!("#packet(json(\"{JOB}\"), ({layouts}))\n"));
        self.put(main, Bytes::new(packet.to_string().into_bytes()));
    }

    fn put(&mut self, main: String, data: Bytes) {
        if self.main.text() != main {
            self.main = Source::new(self.main.id(), main);
        }
        self.data = data;
    }
}

impl World for PressWorld {
    fn library(&self) -> &LazyHash<TypstLibrary> {
        &self.typst
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.fonts.book
    }

    fn main(&self) -> FileId {
        self.main.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.main.id() {
            return Ok(self.main.clone());
        }
        self.layouts.source(id).ok_or_else(|| missing(id))
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == self.job {
            return Ok(self.data.clone());
        }
        if id == self.signer {
            return Ok(self.signed_by.clone());
        }
        self.layouts.text(id).map(|text| Bytes::from_string(text.to_string())).ok_or_else(|| missing(id))
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.fonts.get(index).cloned()
    }

    /// Layouts have no clock: the date is a value of the job.
    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}

fn missing(id: FileId) -> FileError {
    FileError::NotFound(id.get().vpath().get_without_slash().into())
}
