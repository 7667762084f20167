//! The manifest in the JSON that providers hash.

use super::Writer;
use crate::attribute::Attribute;
use crate::manifest::{Credentials, Expose, Group, HttpOptions, List, Params, Service};
use crate::resource::Resources;

/// Appends the canonical JSON of a manifest.
pub(crate) fn write_manifest(out: &mut String, groups: &[Group]) {
    Writer { out }.list(groups, |w, group| {
        w.raw("{\"name\":");
        w.text(&group.name);
        w.raw(",\"services\":");
        w.nullable(&group.services, Writer::service);
        w.raw("}");
    });
}

/// The options that nearly all exposes have.
const STANDARD: &str = concat!(
    r#"{"maxBodySize":1048576,"nextCases":["error","timeout"],"nextTimeout":0,"nextTries":3,"#,
    r#""readTimeout":60000,"sendTimeout":60000}"#
);

impl Writer<'_> {
    fn nullable<T>(&mut self, list: &List<T>, write: impl FnMut(&mut Self, &T)) {
        if list.is_null() {
            self.raw("null");
        } else {
            self.list(list, write);
        }
    }

    fn nullable_texts(&mut self, list: &List<String>) {
        self.nullable(list, |w, item| w.text(item));
    }

    fn service(&mut self, service: &Service) {
        self.raw("{\"args\":");
        self.nullable_texts(&service.args);
        self.raw(",\"command\":");
        self.nullable_texts(&service.command);
        self.raw(",\"count\":");
        self.number(service.count.into());
        self.raw(",\"credentials\":");
        match &service.credentials {
            Some(credentials) => self.credentials(credentials),
            None => self.raw("null"),
        }
        self.raw(",\"env\":");
        self.nullable_texts(&service.env);
        self.raw(",\"expose\":");
        self.nullable(&service.expose, Self::expose);
        self.raw(",\"image\":");
        self.text(&service.image);
        self.raw(",\"name\":");
        self.text(&service.name);
        if let Some(params) = &service.params {
            self.raw(",\"params\":");
            self.params(params);
        }
        self.raw(",\"resources\":");
        self.service_resources(&service.resources);
        self.raw("}");
    }

    fn credentials(&mut self, credentials: &Credentials) {
        self.raw("{\"email\":");
        self.text(&credentials.email);
        self.raw(",\"host\":");
        self.text(&credentials.host);
        self.raw(",\"password\":");
        self.text(&credentials.password);
        self.raw(",\"username\":");
        self.text(&credentials.username);
        self.raw("}");
    }

    fn expose(&mut self, expose: &Expose) {
        self.raw("{\"endpointSequenceNumber\":");
        self.number(expose.endpoint_sequence_number.into());
        self.raw(",\"externalPort\":");
        self.number(expose.external_port.into());
        self.raw(",\"global\":");
        self.boolean(expose.global);
        self.raw(",\"hosts\":");
        self.nullable_texts(&expose.hosts);
        self.raw(",\"httpOptions\":");
        self.http_options(&expose.http_options);
        self.raw(",\"ip\":");
        self.text(&expose.ip);
        self.raw(",\"port\":");
        self.number(expose.port.into());
        self.raw(",\"proto\":");
        self.text(expose.proto.as_str());
        self.raw(",\"service\":");
        self.text(&expose.service);
        self.raw("}");
    }

    fn http_options(&mut self, options: &HttpOptions) {
        if options.is_standard() {
            self.raw(STANDARD);
        } else {
            self.written_http_options(options);
        }
    }

    fn written_http_options(&mut self, options: &HttpOptions) {
        self.raw("{\"maxBodySize\":");
        self.number(options.max_body_size.into());
        if !options.next_cases.is_empty() {
            self.raw(",\"nextCases\":");
            self.texts(&options.next_cases);
        }
        self.raw(",\"nextTimeout\":");
        self.number(options.next_timeout.into());
        self.raw(",\"nextTries\":");
        self.number(options.next_tries.into());
        if options.proxy_buffer_size != 0 {
            self.raw(",\"proxyBufferSize\":");
            self.number(options.proxy_buffer_size.into());
        }
        self.raw(",\"readTimeout\":");
        self.number(options.read_timeout.into());
        self.raw(",\"sendTimeout\":");
        self.number(options.send_timeout.into());
        self.raw("}");
    }

    fn params(&mut self, params: &Params) {
        self.raw("{");
        if let Some(permissions) = &params.permissions {
            self.raw("\"permissions\":{");
            if !permissions.read.is_empty() {
                self.raw("\"read\":");
                self.texts(&permissions.read);
            }
            self.raw("},");
        }
        self.raw("\"storage\":");
        self.nullable(&params.storage, |w, volume| {
            w.raw("{\"mount\":");
            w.text(&volume.mount);
            w.raw(",\"name\":");
            w.text(&volume.name);
            w.raw(",\"readOnly\":");
            w.boolean(volume.read_only);
            w.raw("}");
        });
        if let Some(tee) = &params.tee {
            self.raw(",\"tee\":{\"attestation\":");
            self.boolean(tee.attestation);
            self.raw(",\"type\":");
            self.text(&tee.kind);
            self.raw("}");
        }
        self.raw("}");
    }

    /// `"attributes":[…],`, or nothing when there are none.
    fn optional_attributes(&mut self, attributes: &[Attribute]) {
        if !attributes.is_empty() {
            self.raw("\"attributes\":");
            self.list(attributes, |w, attribute| {
                // empty ones are left out, unlike in the groups
                w.raw("{");
                if !attribute.key.is_empty() {
                    w.raw("\"key\":");
                    w.text(&attribute.key);
                }
                if !attribute.value.is_empty() {
                    w.raw(if attribute.key.is_empty() { "" } else { "," });
                    w.raw("\"value\":");
                    w.text(&attribute.value);
                }
                w.raw("}");
            });
            self.raw(",");
        }
    }

    fn service_resources(&mut self, resources: &Resources) {
        self.raw("{\"cpu\":{");
        self.optional_attributes(&resources.cpu.attributes);
        self.raw("\"units\":");
        self.value(resources.cpu.units.0);
        self.raw("},\"endpoints\":");
        self.list(&resources.endpoints, |w, endpoint| {
            w.raw("{");
            if endpoint.kind.number() != 0 {
                w.raw("\"kind\":");
                w.number(endpoint.kind.number().into());
                w.raw(",");
            }
            w.raw("\"sequence_number\":");
            w.number(endpoint.sequence_number.into());
            w.raw("}");
        });
        self.raw(",\"gpu\":{");
        self.optional_attributes(&resources.gpu.attributes);
        self.raw("\"units\":");
        self.value(resources.gpu.units);
        self.raw("},\"id\":");
        self.number(resources.id.into());
        self.raw(",\"memory\":{");
        self.optional_attributes(&resources.memory.attributes);
        self.raw("\"size\":");
        self.value(resources.memory.quantity.0);
        self.raw("}");
        if !resources.storage.is_empty() {
            self.raw(",\"storage\":");
            self.list(&resources.storage, |w, volume| {
                w.raw("{");
                w.optional_attributes(&volume.attributes);
                w.raw("\"name\":");
                w.text(&volume.name);
                w.raw(",\"size\":");
                w.value(volume.quantity.0);
                w.raw("}");
            });
        }
        self.raw("}");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn standard_options_are_written_as_any_others() {
        let standard = HttpOptions::standard();
        assert!(standard.is_standard());
        let mut out = String::new();
        Writer { out: &mut out }.written_http_options(&standard);
        assert_eq!(out, STANDARD);
        let changes: [fn(&mut HttpOptions); 7] = [
            |options| options.max_body_size = 1,
            |options| options.proxy_buffer_size = 1,
            |options| options.read_timeout = 1,
            |options| options.send_timeout = 1,
            |options| options.next_tries = 1,
            |options| options.next_timeout = 1,
            |options| options.next_cases.make_mut().push("500".into()),
        ];
        for change in changes {
            let mut options = HttpOptions::standard();
            change(&mut options);
            assert!(!options.is_standard(), "{options:?}");
        }
    }
}
