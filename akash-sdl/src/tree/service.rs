//! `services` as plain values.

use super::{Map, Node};
use crate::document::{Credentials, Expose, HttpOptions, Params, Service, Spanned, Target};
use crate::manifest::List;

pub(super) fn service(service: &Service) -> Node<'_> {
    let mut map = Map::default();
    map.put("image", Node::text(&service.image.value));
    texts(&mut map, "command", &service.command);
    texts(&mut map, "args", &service.args);
    texts(&mut map, "env", &service.env);
    if let Some(credentials) = &service.credentials {
        map.put("credentials", self::credentials(credentials));
    }
    if !service.dependencies.is_empty() {
        let names = Node::list(&service.dependencies, |name| {
            Node::Map(vec![("service", Node::text(&name.value))])
        });
        map.put("dependencies", names);
    }
    if !service.expose.is_empty() {
        map.put("expose", Node::list(&service.expose, expose));
    }
    if let Some(params) = &service.params {
        map.put("params", self::params(params));
    }
    map.into()
}

/// A list of texts, left out if it is null.
fn texts<'d>(map: &mut Map<'d>, key: &'d str, texts: &'d List<Spanned<String>>) {
    if !texts.is_null() {
        map.put(key, Node::texts(texts));
    }
}

fn expose(expose: &Expose) -> Node<'_> {
    let mut map = Map::default();
    map.put("port", Node::Number(expose.port.value.into()));
    map.number("as", expose.external_port.value);
    map.text("proto", &expose.proto.value);
    texts(&mut map, "accept", &expose.accept);
    if let Node::Map(options) = http_options(&expose.http_options)
        && !options.is_empty()
    {
        map.put("http_options", Node::Map(options));
    }
    if !expose.to.is_empty() {
        map.put("to", Node::list(&expose.to, target));
    }
    map.into()
}

fn target(target: &Target) -> Node<'_> {
    let mut map = Map::default();
    map.text("service", &target.service.value);
    if target.global.value {
        map.put("global", Node::Flag(true));
    }
    map.text("ip", &target.ip.value);
    map.into()
}

fn http_options(options: &HttpOptions) -> Node<'_> {
    let mut map = Map::default();
    map.number("max_body_size", options.max_body_size.value);
    map.number("proxy_buffer_size", options.proxy_buffer_size.value);
    map.number("read_timeout", options.read_timeout.value);
    map.number("send_timeout", options.send_timeout.value);
    map.number("next_tries", options.next_tries.value);
    map.number("next_timeout", options.next_timeout.value);
    if !options.next_cases.is_empty() {
        map.put("next_cases", Node::texts(&options.next_cases));
    }
    map.into()
}

fn params(params: &Params) -> Node<'_> {
    let mut map = Map::default();
    if let Some(mounts) = &params.storage {
        let mounts = Node::map(mounts, |mount| {
            let mut map = Map::default();
            map.put("mount", Node::text(&mount.mount.value));
            if mount.read_only.value {
                map.put("readOnly", Node::Flag(true));
            }
            map.into()
        });
        map.put("storage", mounts);
    }
    if let Some(read) = &params.permissions {
        let mut permissions = Map::default();
        if !read.is_empty() {
            permissions.put("read", Node::texts(read));
        }
        map.put("permissions", permissions.into());
    }
    map.text("tee", &params.tee.value);
    map.into()
}

fn credentials(credentials: &Credentials) -> Node<'_> {
    let mut map = Map::default();
    map.put("host", Node::text(&credentials.host.value));
    map.text("email", &credentials.email.value);
    map.put("username", Node::text(&credentials.username.value));
    map.put("password", Node::text(&credentials.password.value));
    map.into()
}
