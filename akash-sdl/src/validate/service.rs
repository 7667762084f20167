//! Services: what the manifest says of them whatever placement they are in.

use super::{Checker, expose, plain};
use crate::diagnostic::codes;
use crate::document::{self, Dialect, Service, Spanned};
use crate::manifest::{self, List};
use crate::resource::Resources;
use crate::syntax::is_env_name;

impl<'d> Checker<'d> {
    /// The manifest's service, still without resources and count. Its endpoints are set.
    pub(super) fn service(
        &mut self,
        name: &'d Spanned<String>,
        service: &'d Service,
    ) -> manifest::Service {
        if service.image.is_empty() {
            self.error(
                codes::SERVICE_IMAGE_MISSING,
                service.image.span,
                "the service has no image: write `image:` and a container image",
            )
            .missing(if service.image.span == name.span {
                "image"
            } else {
                ""
            });
        }
        for variable in &service.env {
            let (env, _) = variable
                .split_once('=')
                .unwrap_or((variable.value.as_str(), ""));
            if !is_env_name(env) {
                let message = format!(
                    "{env:?} is no name of an environment variable: write NAME=value, the name \
                     of letters, digits, '_', '-' and '.', no digit first"
                );
                self.error(codes::SERVICE_ENV_NAME_INVALID, variable.span, message);
            }
        }
        let expose = self.exposes(service);
        manifest::Service {
            name: name.value.clone(),
            image: service.image.value.clone(),
            command: texts(&service.command),
            args: texts(&service.args),
            env: texts(&service.env),
            resources: Resources {
                endpoints: expose::endpoints(&expose),
                ..Resources::default()
            },
            count: 0,
            expose: expose.into(),
            params: service.params.as_ref().map(|params| self.params(params)),
            credentials: service
                .credentials
                .as_ref()
                .map(|credentials| self.credentials(credentials, name)),
        }
    }

    fn params(&mut self, params: &'d document::Params) -> manifest::Params {
        let tee = &params.tee;
        if !matches!(tee.as_str(), "" | "cpu" | "cpu-gpu") {
            let message = format!("{:?} is no kind of tee: write cpu or cpu-gpu", tee.value);
            self.error(codes::TEE_UNKNOWN, tee.span, message)
                .suggest_nearest(tee.span, tee, ["cpu", "cpu-gpu"]);
        }
        for permission in params.permissions.iter().flatten() {
            const KNOWN: [&str; 3] = ["deployment", "logs", "events"];
            if !KNOWN.contains(&permission.as_str()) {
                let message = format!(
                    "{:?} is no permission: deployment, logs and events are known",
                    permission.value
                );
                self.found
                    .warning(codes::PERMISSION_UNKNOWN, permission.span, message)
                    .suggest_nearest(permission.span, permission, KNOWN);
            }
        }
        manifest::Params {
            storage: match &params.storage {
                Some(mounts) if !mounts.is_empty() => mounts
                    .iter()
                    .map(|entry| manifest::Mount {
                        name: entry.name.value.clone(),
                        mount: entry.value.mount.value.clone(),
                        read_only: entry.value.read_only.value,
                    })
                    .collect(),
                // an empty map gives null too
                _ => List::NULL,
            },
            permissions: params
                .permissions
                .as_ref()
                .map(|read| manifest::Permissions { read: plain(read) }),
            tee: (!tee.is_empty()).then(|| manifest::Tee {
                kind: tee.value.clone(),
                attestation: true,
            }),
        }
    }

    fn credentials(
        &mut self,
        credentials: &'d document::Credentials,
        name: &Spanned<String>,
    ) -> manifest::Credentials {
        for (key, text) in [
            ("host", &credentials.host),
            ("username", &credentials.username),
            ("password", &credentials.password),
        ] {
            if text.trim().is_empty() {
                let message = format!(
                    "the credentials of service {:?} have no {key}: \
                     host, username and password are needed",
                    name.value
                );
                self.error(codes::CREDENTIALS_INCOMPLETE, text.span, message)
                    .missing(key);
            }
        }
        let dialect = self.document.language.dialect;
        if dialect == Dialect::V2_1 {
            for text in [
                &credentials.host,
                &credentials.email,
                &credentials.username,
                &credentials.password,
            ] {
                if text.trim().len() < text.len() && !text.trim().is_empty() {
                    let message = "white space around credentials is dropped: remove it, or write \
                                   `version: \"2.0\"` if it belongs to them";
                    self.found
                        .warning(codes::CREDENTIALS_TRIMMED, text.span, message);
                }
            }
        }
        let text = |text: &Spanned<String>| match dialect {
            Dialect::V2_0 => text.value.clone(),
            Dialect::V2_1 => text.trim().to_owned(),
        };
        let email = match dialect {
            Dialect::V2_0 if credentials.email.is_empty() => String::new(),
            Dialect::V2_0 => {
                let message =
                    "SDL 2.0 drops the e-mail address: write `version: \"2.1\"` to keep it";
                let span = credentials.email.span;
                self.found
                    .warning(codes::CREDENTIALS_EMAIL_IGNORED, span, message);
                String::new()
            }
            Dialect::V2_1 => text(&credentials.email),
        };
        manifest::Credentials {
            host: text(&credentials.host),
            email,
            username: text(&credentials.username),
            password: text(&credentials.password),
        }
    }
}

fn texts(list: &List<Spanned<String>>) -> List<String> {
    if list.is_null() {
        List::NULL
    } else {
        plain(list).into()
    }
}
