//! Owns what a long run owes a person: how far it is, and a clean stop on Ctrl-C.

use std::io::{IsTerminal, Write as _, stderr};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use indicatif::{HumanDuration, ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};

use super::{STOPPED, report};
use crate::diagnostic::Diagnostic;
use crate::values::thousands;

/// Set when a person asks for an end.
pub static STOP: AtomicBool = AtomicBool::new(false);
/// Time between two lines of progress where there is no terminal.
const QUIET: Duration = Duration::from_secs(15);

/// Lets Ctrl-C set [`STOP`] and say `word`; a second Ctrl-C is answered at once.
pub fn stop_on_interrupt(word: &'static str) {
    let handler = ctrlc::set_handler(move || {
        if STOP.swap(true, Ordering::SeqCst) {
            std::process::exit(i32::from(STOPPED));
        }
        // Nothing can be done for a person who closed standard error.
        let _ = writeln!(stderr(), "{word}");
    });
    if let Err(error) = handler {
        report([&Diagnostic::warning(format!("Ctrl-C will not stop cleanly: {error}"))]);
    }
}

/// Whether a person asked for an end.
pub fn stopped() -> bool {
    STOP.load(Ordering::Relaxed)
}

/// Shows how far a run is: a bar on a terminal, a line now and then elsewhere. It goes when this is dropped.
pub struct Progress {
    bar: ProgressBar,
    /// What the lines begin with.
    what: String,
    /// What is counted.
    unit: &'static str,
    /// Whether lines are printed, for want of a terminal.
    lines: bool,
    last: Mutex<Instant>,
}

impl Progress {
    /// Begins to show; `short` stands before the bar and `what` before a line, and `silent` shows nothing at all.
    pub fn new(short: &str, what: impl Into<String>, unit: &'static str, silent: bool) -> Progress {
        let terminal = stderr().is_terminal();
        let target = match terminal && !silent {
            true => ProgressDrawTarget::stderr(),
            false => ProgressDrawTarget::hidden(),
        };
        let bar = ProgressBar::with_draw_target(None, target);
        let template = format!("{{prefix}} {{bar:20}} {{human_pos}} of {{human_len}} {unit}{{pace}}{{msg}}");
        if let Ok(style) = ProgressStyle::with_template(&template) {
            bar.set_style(style.with_key("pace", pace));
        }
        bar.set_prefix(short.to_string());
        Progress { bar, what: what.into(), unit, lines: !terminal && !silent, last: Mutex::new(Instant::now()) }
    }

    /// Shows that so many of all are done.
    pub fn at(&self, done: usize, all: usize) {
        self.with_note(done, all, "");
    }

    /// The same, with a few words after it.
    pub fn with_note(&self, done: usize, all: usize, note: &str) {
        self.bar.set_length(all as u64);
        if self.bar.message() != note {
            self.bar.set_message(note.to_string());
        }
        self.bar.set_position(done as u64);
        if !self.lines {
            return;
        }
        let mut last = self.last.lock().unwrap_or_else(|poison| poison.into_inner());
        if last.elapsed() > QUIET {
            *last = Instant::now();
            let (done, all) = (thousands(done as u64), thousands(all as u64));
            let _ = writeln!(stderr(), "{}: {done} of {all} {}{note}", self.what, self.unit);
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}

/// So many a second, or a minute if they are fewer than one a second, and the time left; nothing while nothing is known of either.
fn pace(state: &ProgressState, out: &mut dyn std::fmt::Write) {
    let second = state.per_sec();
    if state.pos() == 0 || second == 0.0 {
        return;
    }
    let _ = match second {
        10.0.. => write!(out, ", {} a second", thousands(second as u64)),
        1.0.. => write!(out, ", {second:.1} a second"),
        _ => write!(out, ", {:.0} a minute", second * 60.0),
    };
    let _ = write!(out, ", {:#} left", HumanDuration(state.eta()));
}
