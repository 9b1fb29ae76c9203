//! Owns filling words: Handlebars puts tokens where values, facts and citations go, and refuses what it does not know.

use handlebars::{
    Context as HandlebarsContext, Handlebars, Helper, HelperDef, HelperResult, Output, RenderContext, RenderError,
    RenderErrorReason, Renderable, ScopedJson,
};
use serde_json::Value;

use crate::context::{CLOSE, Context, OPEN, PART};
use crate::diagnostic::Diagnostic;
use crate::words::Words;

/// Where the ids of facts that may be said here stand in the data; no value has this name.
pub const MAY: &str = "may-say";

/// An engine with our helpers and none of its own manners.
fn engine() -> Handlebars<'static> {
    let mut engine = Handlebars::new();
    engine.set_strict_mode(true);
    // Text never passes through the template, so there is nothing to escape.
    engine.register_escape_fn(handlebars::no_escape);
    engine.register_helper("is", Box::new(Condition(is)));
    engine.register_helper("has", Box::new(Condition(has)));
    engine.register_helper("and", Box::new(Condition(|values, _| values.iter().all(|value| truth(value)))));
    engine.register_helper("or", Box::new(Condition(|values, _| values.iter().any(|value| truth(value)))));
    engine.register_helper("not", Box::new(Condition(|values, _| !values.first().is_some_and(|value| truth(value)))));
    engine.register_helper("may", Box::new(Condition(may)));
    engine.register_helper("fact", Box::new(Token('f')));
    engine.register_helper("cite", Box::new(Token('n')));
    engine.register_helper("blank", Box::new(Token('b')));
    engine.register_helper("possessive", Box::new(Retoken('p')));
    engine.register_helper("capital", Box::new(Retoken('c')));
    engine
}

/// Fills words; a failure says where in them.
pub fn fill(words: &Words, context: &Context, may_say: &[String]) -> Result<String, Box<Diagnostic>> {
    let mut data = context.data.clone();
    data.insert(MAY.to_string(), Value::from(may_say.to_vec()));
    let engine = engine();
    // Rendered as it stands, not through the engine's table of templates, which would want a copy of its own.
    let data = HandlebarsContext::from(Value::Object(data));
    words.template.renders(&engine, &data, &mut RenderContext::new(None)).map_err(|error| {
        let at = error.line_no.zip(error.column_no).map_or(0, |(line, column)| words.file.offset(line, column));
        let message = match error.reason() {
            RenderErrorReason::MissingVariable(Some(name)) => format!("`{name}` has no value here"),
            other => format!("the words cannot be filled: {other}"),
        };
        Box::new(Diagnostic::error(message).at(&words.file, at..(at + 2).min(words.file.text.len())))
    })
}

/// Whether a value counts as there.
fn truth(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::Bool(flag) => *flag,
        Value::String(text) => !text.is_empty(),
        Value::Array(items) => !items.is_empty(),
        _ => true,
    }
}

fn is(values: &[&Value], _: &Value) -> bool {
    values.split_first().is_some_and(|(found, wanted)| wanted.contains(found))
}

fn has(values: &[&Value], _: &Value) -> bool {
    values.split_first().is_some_and(|(found, wanted)| {
        found.as_array().is_some_and(|items| items.iter().any(|item| wanted.contains(&item)))
    })
}

fn may(values: &[&Value], data: &Value) -> bool {
    let known = data.get(MAY).and_then(Value::as_array);
    values.first().is_some_and(|id| known.is_some_and(|known| known.contains(id)))
}

/// A helper that answers yes or no.
struct Condition(fn(&[&Value], &Value) -> bool);

impl HelperDef for Condition {
    fn call_inner<'reg: 'rc, 'rc>(
        &self,
        helper: &Helper<'rc>,
        _: &'reg Handlebars<'reg>,
        context: &'rc HandlebarsContext,
        _: &mut RenderContext<'reg, 'rc>,
    ) -> Result<ScopedJson<'rc>, RenderError> {
        let values: Vec<&Value> = helper.params().iter().map(|param| param.value()).collect();
        Ok(ScopedJson::Derived(Value::Bool((self.0)(&values, context.data()))))
    }
}

/// A helper that leaves a token with its arguments.
struct Token(char);

impl HelperDef for Token {
    fn call<'reg: 'rc, 'rc>(
        &self,
        helper: &Helper<'rc>,
        _: &'reg Handlebars<'reg>,
        _: &'rc HandlebarsContext,
        _: &mut RenderContext<'reg, 'rc>,
        out: &mut dyn Output,
    ) -> HelperResult {
        let arguments: Vec<String> = helper
            .params()
            .iter()
            .map(|param| param.value().as_str().map_or_else(|| param.value().to_string(), str::to_string))
            .collect();
        out.write(&format!("{OPEN}{}{}{CLOSE}", self.0, arguments.join(&PART.to_string())))?;
        Ok(())
    }
}

/// A helper that leaves its argument's token under another name.
struct Retoken(char);

impl HelperDef for Retoken {
    fn call<'reg: 'rc, 'rc>(
        &self,
        helper: &Helper<'rc>,
        _: &'reg Handlebars<'reg>,
        _: &'rc HandlebarsContext,
        _: &mut RenderContext<'reg, 'rc>,
        out: &mut dyn Output,
    ) -> HelperResult {
        let token = helper.param(0).and_then(|param| param.value().as_str()).unwrap_or_default();
        out.write(&token.replacen('v', &self.0.to_string(), 1))?;
        Ok(())
    }
}
