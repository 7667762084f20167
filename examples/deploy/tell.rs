//! What happens, for people and for programs: one event, two forms.

use serde::Serialize;
use std::io::{self, Write};

/// The widest line for people.
const WIDTH: usize = 100;

/// One thing to tell. Text is what people read; the rest is for programs.
#[derive(Debug, Serialize)]
pub(crate) struct Event<'a> {
    /// Its kind, such as `bid`.
    event: &'a str,
    /// Height of the block in which it happened.
    height: i64,
    #[serde(flatten)]
    data: serde_json::Value,
    #[serde(skip)]
    text: String,
}

/// Tells events as they come.
#[derive(Debug)]
pub(crate) struct Teller {
    json: bool,
}

impl Teller {
    pub(crate) const fn new(json: bool) -> Self {
        Self { json }
    }

    /// A new part of the story.
    pub(crate) fn part(&self, title: &str) {
        if !self.json {
            line(&format!("\n{title}\n{}", "─".repeat(title.chars().count())));
        }
    }

    /// One event.
    pub(crate) fn tell(
        &self,
        event: &str,
        height: i64,
        data: serde_json::Value,
        text: impl Into<String>,
    ) {
        let event = Event {
            event,
            height,
            data,
            text: text.into(),
        };
        if self.json {
            match serde_json::to_string(&event) {
                Ok(text) => line(&text),
                Err(error) => eprintln!("an event can't be written: {error}"),
            }
        } else {
            for text in event.text.lines() {
                for (i, part) in wrapped(text, WIDTH - 9).into_iter().enumerate() {
                    if i == 0 {
                        line(&format!("{height:>5}  {part}"));
                    } else {
                        line(&format!("         {part}"));
                    }
                }
            }
        }
    }

    /// Lines that are only for people, such as a table; `data` is what programs get instead.
    pub(crate) fn table(
        &self,
        event: &str,
        height: i64,
        data: serde_json::Value,
        lines: &[String],
    ) {
        if self.json {
            self.tell(event, height, data, "");
        } else {
            for row in lines {
                line(&format!("  {row}"));
            }
        }
    }
}

/// Writes a line. A reader that has seen enough closes the pipe, which is no failure of ours.
fn line(text: &str) {
    if writeln!(io::stdout().lock(), "{text}").is_err() {
        std::process::exit(0);
    }
}

/// Breaks a line at blanks so that no part is wider than `width`, where that can be.
fn wrapped(line: &str, width: usize) -> Vec<String> {
    let indent: String = line.chars().take_while(|c| *c == ' ').collect();
    let mut parts = Vec::new();
    let mut part = indent.clone();
    for word in line.split_whitespace() {
        let wide = part.chars().count() + 1 + word.chars().count() > width;
        if wide && part.trim() != "" {
            parts.push(std::mem::replace(&mut part, indent.clone()));
        }
        if part.trim() != "" {
            part.push(' ');
        }
        part.push_str(word);
    }
    parts.push(part);
    parts
}
