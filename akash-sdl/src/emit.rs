//! Writing a document as SDL text that comes to the same groups, manifest and version.

use crate::document::{
    ComputeResources, Credentials, Document, Entries, Expose, HttpOptions, Params, Placement,
    Service, Spanned, Target, Volume,
};
use crate::manifest::List;
use crate::resource::Gpu;

/// Writes a document in one plain style: sections and names in a fixed order, quantities as they
/// were read, comments and anchors gone.
///
/// ```
/// let sdl = akash_sdl::parse(akash_sdl::EXAMPLE)?;
/// let text = akash_sdl::emit::emit(sdl.document());
/// assert!(text.contains("    image: nginx:1.27\n"));
/// assert_eq!(akash_sdl::parse(&text)?.version(), sdl.version());
/// # Ok::<(), akash_sdl::Report>(())
/// ```
#[must_use]
pub fn emit(document: &Document) -> String {
    let mut out = Emitter {
        out: String::with_capacity(2048),
    };
    out.document(document);
    out.out
}

struct Emitter {
    out: String,
}

impl Emitter {
    /// Begins a line with its indentation, in steps of two blanks.
    fn indent(&mut self, level: usize) {
        for _ in 0..level {
            self.out.push_str("  ");
        }
    }

    /// `key:` and a line break.
    fn open(&mut self, level: usize, key: &str) {
        self.indent(level);
        self.scalar(key);
        self.out.push_str(":\n");
    }

    /// `key: {}`
    fn empty(&mut self, level: usize, key: &str) {
        self.indent(level);
        self.scalar(key);
        self.out.push_str(": {}\n");
    }

    /// `key: value` with the value as it is.
    fn raw(&mut self, level: usize, key: &str, value: &str) {
        self.indent(level);
        self.scalar(key);
        self.out.push_str(": ");
        self.out.push_str(value);
        self.out.push('\n');
    }

    /// `key: text`
    fn text(&mut self, level: usize, key: &str, text: &str) {
        self.indent(level);
        self.scalar(key);
        self.out.push_str(": ");
        self.scalar(text);
        self.out.push('\n');
    }

    fn optional_text(&mut self, level: usize, key: &str, text: &str) {
        if !text.is_empty() {
            self.text(level, key, text);
        }
    }

    fn number(&mut self, level: usize, key: &str, value: u32) {
        if value != 0 {
            self.raw(level, key, &value.to_string());
        }
    }

    fn texts(&mut self, level: usize, key: &str, texts: &[Spanned<String>]) {
        if texts.is_empty() {
            self.raw(level, key, "[]");
            return;
        }
        self.open(level, key);
        for text in texts {
            self.indent(level + 1);
            self.out.push_str("- ");
            self.scalar(text);
            self.out.push('\n');
        }
    }

    fn nullable_texts(&mut self, level: usize, key: &str, texts: &List<Spanned<String>>) {
        if !texts.is_null() {
            self.texts(level, key, texts);
        }
    }

    /// Turns what was written from `start` on into an item of a list: the first line gets the dash.
    fn item(&mut self, level: usize, write: impl FnOnce(&mut Self, usize)) {
        let start = self.out.len();
        write(self, level + 1);
        if self.out.len() == start {
            self.indent(level);
            self.out.push_str("- {}\n");
            return;
        }
        let dash = start + level * 2;
        self.out.replace_range(dash..dash + 2, "- ");
    }

    /// A text, in double quotes unless it is a plain word.
    fn scalar(&mut self, text: &str) {
        if is_plain(text) {
            self.out.push_str(text);
            return;
        }
        self.out.push('"');
        for c in text.chars() {
            match c {
                '"' => self.out.push_str("\\\""),
                '\\' => self.out.push_str("\\\\"),
                '\n' => self.out.push_str("\\n"),
                '\t' => self.out.push_str("\\t"),
                '\r' => self.out.push_str("\\r"),
                '\u{85}' | '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}' => {
                    self.escape(c);
                }
                c if c.is_control() => self.escape(c),
                c => self.out.push(c),
            }
        }
        self.out.push('"');
    }

    fn escape(&mut self, c: char) {
        self.out.push_str(&format!("\\u{:04x}", u32::from(c)));
    }

    fn document(&mut self, document: &Document) {
        let version = document.language.text.replace(['"', '\\'], "");
        self.raw(0, "version", &format!("\"{version}\""));
        if !document.include.is_empty() {
            self.texts(0, "include", &document.include);
        }
        self.open(0, "services");
        for entry in &document.services {
            self.service(&entry.name, &entry.value);
        }
        self.open(0, "profiles");
        self.open(1, "compute");
        for entry in &document.compute {
            match &entry.value.resources {
                None => self.empty(2, &entry.name),
                Some(resources) => {
                    self.open(2, &entry.name);
                    self.resources(resources);
                }
            }
        }
        self.open(1, "placement");
        for entry in &document.placement {
            self.placement(&entry.name, &entry.value);
        }
        self.open(0, "deployment");
        for entry in &document.deployment {
            self.open(1, &entry.name);
            for placement in &entry.value {
                self.open(2, &placement.name);
                self.text(3, "profile", &placement.value.profile);
                self.raw(3, "count", &placement.value.count.to_string());
            }
        }
        if !document.endpoints.is_empty() {
            self.open(0, "endpoints");
            for entry in &document.endpoints {
                self.open(1, &entry.name);
                self.text(2, "kind", &entry.value.kind);
            }
        }
        if let Some(reclamation) = &document.reclamation {
            self.open(0, "reclamation");
            self.raw(1, "min_window", &duration(reclamation.min_window.value));
        }
    }

    fn service(&mut self, name: &str, service: &Service) {
        self.open(1, name);
        self.text(2, "image", &service.image);
        self.nullable_texts(2, "command", &service.command);
        self.nullable_texts(2, "args", &service.args);
        self.nullable_texts(2, "env", &service.env);
        if !service.dependencies.is_empty() {
            self.open(2, "dependencies");
            for dependency in &service.dependencies {
                self.item(3, |out, level| out.text(level, "service", dependency));
            }
        }
        if !service.expose.is_empty() {
            self.open(2, "expose");
            for expose in &service.expose {
                self.item(3, |out, level| out.expose(level, expose));
            }
        }
        if let Some(params) = &service.params {
            self.params(params);
        }
        if let Some(credentials) = &service.credentials {
            self.credentials(credentials);
        }
    }

    fn expose(&mut self, level: usize, expose: &Expose) {
        self.raw(level, "port", &expose.port.to_string());
        self.number(level, "as", expose.external_port.value);
        self.optional_text(level, "proto", &expose.proto);
        self.nullable_texts(level, "accept", &expose.accept);
        self.http_options(level, &expose.http_options);
        if !expose.to.is_empty() {
            self.open(level, "to");
            for target in &expose.to {
                self.item(level + 1, |out, level| out.target(level, target));
            }
        }
    }

    fn target(&mut self, level: usize, target: &Target) {
        self.optional_text(level, "service", &target.service);
        if target.global.value {
            self.raw(level, "global", "true");
        }
        self.optional_text(level, "ip", &target.ip);
    }

    fn http_options(&mut self, level: usize, options: &HttpOptions) {
        if *options == HttpOptions::default() {
            return;
        }
        let numbers = [
            ("max_body_size", options.max_body_size.value),
            ("proxy_buffer_size", options.proxy_buffer_size.value),
            ("read_timeout", options.read_timeout.value),
            ("send_timeout", options.send_timeout.value),
            ("next_tries", options.next_tries.value),
            ("next_timeout", options.next_timeout.value),
        ];
        if options.next_cases.is_empty() && numbers.iter().all(|(_, value)| *value == 0) {
            return;
        }
        self.open(level, "http_options");
        for (key, value) in numbers {
            self.number(level + 1, key, value);
        }
        if !options.next_cases.is_empty() {
            self.texts(level + 1, "next_cases", &options.next_cases);
        }
    }

    fn params(&mut self, params: &Params) {
        if params.storage.is_none() && params.permissions.is_none() && params.tee.is_empty() {
            self.empty(2, "params");
            return;
        }
        self.open(2, "params");
        match &params.storage {
            None => {}
            Some(mounts) if mounts.is_empty() => self.empty(3, "storage"),
            Some(mounts) => {
                self.open(3, "storage");
                for entry in mounts {
                    self.open(4, &entry.name);
                    self.text(5, "mount", &entry.value.mount);
                    if entry.value.read_only.value {
                        self.raw(5, "readOnly", "true");
                    }
                }
            }
        }
        match params.permissions.as_deref() {
            None => {}
            Some([]) => self.empty(3, "permissions"),
            Some(read) => {
                self.open(3, "permissions");
                self.texts(4, "read", read);
            }
        }
        self.optional_text(3, "tee", &params.tee);
    }

    fn credentials(&mut self, credentials: &Credentials) {
        self.open(2, "credentials");
        self.text(3, "host", &credentials.host);
        self.optional_text(3, "email", &credentials.email);
        self.text(3, "username", &credentials.username);
        self.text(3, "password", &credentials.password);
    }

    fn resources(&mut self, resources: &ComputeResources) {
        if *resources == ComputeResources::default() {
            self.empty(3, "resources");
            return;
        }
        self.open(3, "resources");
        if let Some(cpu) = &resources.cpu {
            self.open(4, "cpu");
            self.raw(5, "units", &cpu.units.to_string());
            if !cpu.attributes.is_empty() {
                self.open(5, "attributes");
                for attribute in &cpu.attributes {
                    self.text(6, &attribute.key, &attribute.value);
                }
            }
        }
        if let Some(memory) = &resources.memory {
            self.open(4, "memory");
            self.raw(5, "size", &quoted_size(&memory.value.to_string()));
        }
        if let Some(gpu) = resources.gpu.as_ref().filter(|gpu| gpu.units > 0) {
            self.gpu(gpu);
        }
        if !resources.storage.is_empty() {
            self.open(4, "storage");
            for volume in &resources.storage {
                self.item(5, |out, level| out.volume(level, volume));
            }
        }
    }

    fn gpu(&mut self, gpu: &Gpu) {
        self.open(4, "gpu");
        self.raw(5, "units", &gpu.units.to_string());
        self.open(5, "attributes");
        self.open(6, "vendor");
        self.open(7, "nvidia");
        for attribute in &gpu.attributes {
            let key = attribute.key.as_str();
            let model = key.strip_prefix("vendor/nvidia/model/").unwrap_or(key);
            let (model, interface) = match model.rsplit_once("/interface/") {
                Some((model, interface @ ("pcie" | "sxm"))) => (model, interface),
                _ => (model, ""),
            };
            let (model, ram) = match model.rsplit_once("/ram/") {
                Some((model, ram)) if is_gib(ram) => (model, ram),
                _ => (model, ""),
            };
            self.item(8, |out, level| {
                out.text(level, "model", model);
                out.optional_text(level, "ram", ram);
                out.optional_text(level, "interface", interface);
            });
        }
    }

    fn volume(&mut self, level: usize, volume: &Volume) {
        self.text(level, "name", &volume.name);
        self.raw(level, "size", &quoted_size(&volume.size.value.to_string()));
        if volume.attributes.is_empty() {
            return;
        }
        self.open(level, "attributes");
        // the words keep what `true` and `false` would change: see the rules of storage classes
        let persistent = match (volume.is_persistent(), volume.class()) {
            (true, Some(_)) => "true",
            (true, None) => "yes",
            (false, None | Some("ram")) => "false",
            (false, Some(_)) => "no",
        };
        self.raw(level + 1, "persistent", persistent);
        if let Some(class) = volume.class() {
            self.text(level + 1, "class", class);
        }
    }

    fn placement(&mut self, name: &str, placement: &Placement) {
        if *placement == Placement::default() {
            self.empty(2, name);
            return;
        }
        self.open(2, name);
        self.text_map(3, "attributes", &placement.attributes);
        if !placement.all_of.is_empty() || !placement.any_of.is_empty() {
            self.open(3, "signedBy");
            self.texts(4, "allOf", &placement.all_of);
            self.texts(4, "anyOf", &placement.any_of);
        }
        if placement.pricing.is_empty() {
            return;
        }
        self.open(3, "pricing");
        for entry in &placement.pricing {
            match &entry.value.price {
                None => self.raw(4, &entry.name, "~"),
                Some(price) => {
                    self.open(4, &entry.name);
                    self.text(5, "denom", price.denom().as_str());
                    let amount = price.amount().to_string();
                    let amount = amount.trim_end_matches('0').trim_end_matches('.');
                    self.raw(5, "amount", &format!("\"{amount}\""));
                }
            }
        }
    }

    fn text_map(&mut self, level: usize, key: &str, map: &Entries<Spanned<String>>) {
        if map.is_empty() {
            return;
        }
        self.open(level, key);
        for entry in map {
            self.text(level + 1, &entry.name, &entry.value);
        }
    }
}

/// Whether a text may stand without quotes: a word that no reader takes for anything else.
fn is_plain(text: &str) -> bool {
    const WORDS: [&str; 9] = ["y", "n", "yes", "no", "on", "off", "true", "false", "null"];
    text.len() <= 80
        && text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/')
        && text.ends_with(|c: char| c.is_ascii_alphanumeric() || c == '/')
        && text
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"-_./:@=".contains(&b))
        && !WORDS.iter().any(|word| text.eq_ignore_ascii_case(word))
}

/// A size that is all digits would read as a number.
fn quoted_size(size: &str) -> String {
    if size.bytes().all(|b| b.is_ascii_digit()) {
        format!("\"{size}\"")
    } else {
        size.to_owned()
    }
}

fn is_gib(ram: &str) -> bool {
    ram.strip_suffix("Gi").is_some_and(|digits| {
        !digits.is_empty()
            && digits.len() <= 4
            && (digits == "0" || !digits.starts_with('0'))
            && digits.bytes().all(|b| b.is_ascii_digit())
    })
}

/// Nanoseconds in the largest unit that divides them.
fn duration(ns: i64) -> String {
    for (unit, length) in [
        ("h", 3_600_000_000_000),
        ("m", 60_000_000_000),
        ("s", 1_000_000_000),
        ("ms", 1_000_000),
    ] {
        if ns % length == 0 {
            return format!("{}{unit}", ns / length);
        }
    }
    format!("{ns}ns")
}
