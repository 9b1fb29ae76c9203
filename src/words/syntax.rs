//! Owns saying what is wrong with braces in words a person can act on.

use std::sync::Arc;

use crate::diagnostic::{Diagnostic, SourceFile};

/// Says what is wrong with braces in words a person can act on.
pub fn explain_syntax(file: &Arc<SourceFile>, pos: Option<(usize, usize)>) -> Diagnostic {
    let text = &file.text;
    let mut open: Vec<(&str, usize)> = Vec::new();
    let mut from = 0;
    while let Some(found) = text[from..].find("{{") {
        let start = from + found;
        let Some(length) = text[start..].find("}}") else {
            return Diagnostic::error("`{{` is never closed with `}}`").at(file, start..start + 2);
        };
        let inside = text[start + 2..start + length].trim_matches(['~', ' ']);
        if let Some(block) = inside.strip_prefix('#') {
            open.push((block.split_whitespace().next().unwrap_or_default(), start));
        } else if let Some(name) = inside.strip_prefix('/') {
            let name = name.trim();
            match open.pop() {
                Some((block, _)) if block == name => {}
                Some((block, at)) => {
                    let line = file.line_column(at).0;
                    return Diagnostic::error(format!("`{{{{/{name}}}}}` closes `{{{{#{block}}}}}` of line {line}"))
                        .at(file, start..start + length + 2)
                        .hint(format!("expected `{{{{/{block}}}}}`"));
                }
                None => {
                    return Diagnostic::error(format!("`{{{{/{name}}}}}` closes nothing"))
                        .at(file, start..start + length + 2);
                }
            }
        }
        from = start + length + 2;
    }
    if let Some((block, at)) = open.pop() {
        let line = file.line_column(at).0;
        return Diagnostic::error(format!("`{{{{#{block}}}}}` opened on line {line} is never closed"))
            .at(file, at..at + 3 + block.len())
            .hint(format!("add `{{{{/{block}}}}}`"));
    }
    let at = pos.map_or(0, |(line, column)| file.offset(line, column));
    Diagnostic::error("this placeholder cannot be read")
        .at(file, at..(at + 2).min(text.len()))
        .hint("expected `{{value}}`, `{{fact \"id\"}}`, or a block such as `{{#if (is stance \"end\")}} ... {{/if}}`")
}
