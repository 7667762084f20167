//! The stable names of all diagnostics.

macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $name:ident = $code:literal, $example:literal;)+) => {
        $(
            $(#[doc = $doc])+
            #[doc = concat!("\n\nCode `", $code, "`, for example:\n\n```yaml\n", $example, "\n```")]
            pub const $name: &str = $code;
        )+

        /// Every code with an example: a part of a document that causes it.
        pub const EXAMPLES: &[(&str, &str)] = &[$(($code, $example)),+];

        /// Every code with what it means.
        pub const ALL: &[(&str, &str)] = &[$(($code, concat!($($doc),+))),+];
    };
}

codes! {
    /// The text is not well-formed YAML.
    YAML_SYNTAX = "sdl.yaml.syntax", "image: [nginx";
    /// A value has another type than is wanted.
    YAML_TYPE = "sdl.yaml.type", "image: [nginx]";
    /// A key stands twice in one map.
    YAML_DUPLICATE_KEY = "sdl.yaml.duplicate_key", "image: httpd";
    /// The document is too large, too deep, or grows too much by its aliases.
    YAML_LIMIT = "sdl.yaml.limit", "include: [[[[[[[[";
    /// Warning: only the first YAML document of a text is read.
    YAML_DOCUMENTS_IGNORED = "sdl.yaml.documents_ignored", "services: {spare: {image: busybox}}";
    /// Warning: bytes that are no UTF-8 are replaced.
    YAML_BYTES_REPLACED = "sdl.yaml.bytes_replaced", "!!binary";
    /// Warning: a number that begins with 0 is octal.
    NUMBER_OCTAL = "sdl.number.octal", "as: 0100";
    /// Warning: the fraction of a number is cut off.
    NUMBER_CUT = "sdl.number.cut", "as: 8080.9";
    /// Warning: an empty item of a list is left out.
    ITEM_IGNORED = "sdl.list.item_ignored", "env: [A=1, ~]";
    /// Warning: a key is unknown where it stands, and ignored.
    KEY_IGNORED = "sdl.key.ignored", "restart: always";
    /// Warning: a key of a GPU stands twice, and the last one counts.
    KEY_REPEATED = "sdl.key.repeated", "units: 1, units: 2";

    /// There is no `version`.
    VERSION_MISSING = "sdl.version.missing", "services:";
    /// The `version` is no semantic version.
    VERSION_MALFORMED = "sdl.version.malformed", "version: latest";
    /// The `version` is one without rules.
    VERSION_UNSUPPORTED = "sdl.version.unsupported", r#"version: "1.0""#;
    /// Warning: a version above 2.1 is read by the rules of 2.1.
    VERSION_READ_AS = "sdl.version.read_as", r#"version: "3.0""#;
    /// A key at the top level is unknown.
    SECTION_UNKNOWN = "sdl.section.unknown", "volumes: {}";
    /// Warning: `include` is ignored.
    INCLUDE_IGNORED = "sdl.include.ignored", "include: [base.yaml]";
    /// Warning: a section stands twice at the top level.
    SECTION_REPEATED = "sdl.section.repeated", "endpoints: {}";

    /// A service has a malformed name.
    SERVICE_NAME_INVALID = "sdl.service.name_invalid", "Web:";
    /// A service has no image.
    SERVICE_IMAGE_MISSING = "sdl.service.image_missing", r#"image: """#;
    /// An environment variable has a malformed name.
    SERVICE_ENV_NAME_INVALID = "sdl.service.env_name_invalid", "env: [1ST=x]";
    /// Credentials lack host, user name or password.
    CREDENTIALS_INCOMPLETE = "sdl.service.credentials_incomplete", "credentials: {host: ghcr.io, username: me}";
    /// Warning: SDL 2.0 drops the e-mail address of credentials.
    CREDENTIALS_EMAIL_IGNORED = "sdl.service.credentials_email_ignored", "email: me@example.com";
    /// Warning: SDL 2.1 drops white space around credentials.
    CREDENTIALS_TRIMMED = "sdl.service.credentials_trimmed", r#"password: " secret""#;
    /// Warning: a permission is unknown.
    PERMISSION_UNKNOWN = "sdl.service.permission_unknown", "permissions: {read: [log]}";
    /// Warning: an environment variable has no value, and comes out empty.
    SERVICE_ENV_WITHOUT_VALUE = "sdl.service.env_without_value", "env: [HOME]";
    /// Warning: `dependencies` are ignored.
    DEPENDENCIES_IGNORED = "sdl.service.dependencies_ignored", "dependencies: [{service: db}]";
    /// Warning: a service is not deployed.
    SERVICE_NOT_DEPLOYED = "sdl.service.not_deployed", "spare: {image: busybox}";

    /// A port is not within 1 to 65535.
    EXPOSE_PORT_RANGE = "sdl.expose.port_range", "port: 70000";
    /// Warning: `as` is no port.
    EXPOSE_AS_RANGE = "sdl.expose.as_range", "as: 70000";
    /// Warning: a port with `as` or `accept` has no targets, so only services of the same deployment reach it.
    EXPOSE_WITHOUT_TARGET = "sdl.expose.without_target", "- {port: 9000, as: 90}";
    /// A protocol is neither TCP nor UDP.
    EXPOSE_PROTOCOL_UNKNOWN = "sdl.expose.protocol_unknown", "proto: http";
    /// A host name is malformed.
    EXPOSE_HOST_INVALID = "sdl.expose.host_invalid", r#"accept: ["*.example.com"]"#;
    /// A host name is accepted twice in the manifest.
    EXPOSE_HOST_TWICE = "sdl.expose.host_twice", "accept: [example.com, example.com]";
    /// No port of any service is exposed to the internet.
    EXPOSE_NOTHING_GLOBAL = "sdl.expose.nothing_global", "global: false";
    /// Warning: `http_options` of a target are ignored.
    TARGET_HTTP_OPTIONS_IGNORED = "sdl.expose.target_http_options_ignored", "- {global: true, http_options: {next_tries: 1}}";
    /// Warning: a target names no service.
    TARGET_SERVICE_UNKNOWN = "sdl.expose.target_service_unknown", "- service: wob";
    /// An HTTP option is above its maximum.
    HTTP_OPTION_RANGE = "sdl.http_options.range", "http_options: {read_timeout: 90000}";
    /// Warning: 0 stands for the default of an HTTP option.
    HTTP_OPTION_DEFAULT = "sdl.http_options.default", "http_options: {next_tries: 0}";
    /// A case of `next_cases` is unknown.
    HTTP_NEXT_CASE_UNKNOWN = "sdl.http_options.next_case_unknown", "http_options: {next_cases: [418]}";
    /// `off` stands beside other cases of `next_cases`.
    HTTP_NEXT_CASE_OFF = "sdl.http_options.next_case_off", "http_options: {next_cases: [off, error]}";

    /// An IP endpoint has a malformed name.
    ENDPOINT_NAME_INVALID = "sdl.endpoint.name_invalid", "endpoints: {x: {kind: ip}}";
    /// An IP endpoint has no kind.
    ENDPOINT_KIND_MISSING = "sdl.endpoint.kind_missing", "endpoints: {lobby: {}}";
    /// An IP endpoint is of an unknown kind.
    ENDPOINT_KIND_UNKNOWN = "sdl.endpoint.kind_unknown", "endpoints: {lobby: {kind: dns}}";
    /// An IP endpoint is used but not declared.
    ENDPOINT_UNDECLARED = "sdl.endpoint.undeclared", "- {global: true, ip: lobby}";
    /// An IP endpoint is declared but not used by a deployed service.
    ENDPOINT_UNUSED = "sdl.endpoint.unused", "endpoints: {lobby: {kind: ip}}";
    /// An IP endpoint is used by a target that is not global.
    ENDPOINT_NOT_GLOBAL = "sdl.endpoint.not_global", "- {service: web, ip: lobby}";
    /// A port of an IP endpoint is used twice.
    ENDPOINT_PORT_TWICE = "sdl.endpoint.port_twice", "- {global: true, ip: lobby}";

    /// Warning: two ports of an IP endpoint are one, though they are written in different ways.
    ENDPOINT_PORT_SHARED = "sdl.endpoint.port_shared", "{port: 8080, as: 443, to: [{global: true, ip: lobby}]}";

    /// A mount names no volume of the compute profile.
    MOUNT_VOLUME_UNKNOWN = "sdl.mount.volume_unknown", "params: {storage: {data: {mount: /data}}}";
    /// A mount path is not absolute.
    MOUNT_NOT_ABSOLUTE = "sdl.mount.not_absolute", "params: {storage: {default: {mount: data}}}";
    /// Two volumes of a service have the same mount path.
    MOUNT_TWICE = "sdl.mount.twice", "params: {storage: {a: {mount: /x}, b: {mount: /x}}}";
    /// A ram volume is mounted read-only (SDL 2.1).
    MOUNT_RAM_READ_ONLY = "sdl.mount.ram_read_only", "params: {storage: {shm: {mount: /dev/shm, readOnly: true}}}";
    /// A persistent volume is not mounted (SDL 2.0).
    MOUNT_MISSING = "sdl.mount.missing", "attributes: {persistent: true, class: beta3}";
    /// Warning: a persistent volume is paid for but mounted nowhere.
    MOUNT_NOWHERE = "sdl.mount.nowhere", "attributes: {persistent: true, class: beta2}";
    /// `tee` is unknown.
    TEE_UNKNOWN = "sdl.tee.unknown", "params: {tee: gpu}";
    /// `tee` wants a GPU where none is asked for.
    TEE_WITHOUT_GPU = "sdl.tee.without_gpu", "params: {tee: cpu-gpu}";
    /// Services of one placement want different `tee`.
    TEE_CONFLICT = "sdl.tee.conflict", "other: {image: busybox, params: {tee: cpu-gpu}}";

    /// A compute profile that is used has no `resources`.
    COMPUTE_RESOURCES_MISSING = "sdl.compute.resources_missing", "resources:";
    /// A number of CPUs cannot be read.
    CPU_INVALID = "sdl.cpu.invalid", "units: half";
    /// Warning: the part of a CPU below a thousandth is cut off.
    CPU_CUT = "sdl.cpu.cut", "units: 0.0125";
    /// A compute profile that is used has no CPU.
    CPU_MISSING = "sdl.cpu.missing", "cpu:";
    /// CPU is out of range.
    CPU_RANGE = "sdl.cpu.range", "units: 500";
    /// An attribute of a CPU is unknown.
    CPU_ATTRIBUTE_UNKNOWN = "sdl.cpu.attribute_unknown", "attributes: {model: epyc}";
    /// Warning: attributes of a CPU are no map, and ignored.
    CPU_ATTRIBUTES_IGNORED = "sdl.cpu.attributes_ignored", "attributes: amd64";
    /// A memory size cannot be read.
    MEMORY_INVALID = "sdl.memory.invalid", "size: 512mi";
    /// A compute profile that is used has no memory.
    MEMORY_MISSING = "sdl.memory.missing", "memory:";
    /// Memory is out of range.
    MEMORY_RANGE = "sdl.memory.range", "size: 512Ki";
    /// An attribute is given twice.
    ATTRIBUTE_TWICE = "sdl.attribute.twice", "attributes: {arch: amd64, arch: arm64}";

    /// A storage size cannot be read.
    STORAGE_INVALID = "sdl.storage.invalid", "size: 1GB";
    /// A compute profile that is used has no storage.
    STORAGE_MISSING = "sdl.storage.missing", "storage: []";
    /// A volume is out of range.
    STORAGE_RANGE = "sdl.storage.range", "storage: {size: 1Mi}";
    /// Two volumes have the same name.
    STORAGE_NAME_TWICE = "sdl.storage.name_twice", "storage: [{size: 1Gi}, {size: 2Gi}]";
    /// Warning: the name of a single volume is ignored.
    STORAGE_NAME_IGNORED = "sdl.storage.name_ignored", "storage: {name: data, size: 1Gi}";
    /// An attribute of storage is unknown.
    STORAGE_ATTRIBUTE_UNKNOWN = "sdl.storage.attribute_unknown", "attributes: {speed: fast}";
    /// A storage class is unknown.
    STORAGE_CLASS_UNKNOWN = "sdl.storage.class_unknown", "attributes: {persistent: true, class: beta9}";
    /// A storage class stands on a volume that is not persistent.
    STORAGE_CLASS_NOT_PERSISTENT = "sdl.storage.class_not_persistent", "attributes: {persistent: false, class: beta3}";
    /// Warning: a volume has a class but is not persistent, so the class means nothing.
    STORAGE_CLASS_IGNORED = "sdl.storage.class_ignored", "attributes: {persistent: no, class: beta2}";
    /// Warning: a persistent volume gets no class.
    STORAGE_CLASS_MISSING = "sdl.storage.class_missing", "attributes: {persistent: yes}";
    /// `persistent` is no flag.
    STORAGE_PERSISTENT_INVALID = "sdl.storage.persistent_invalid", "attributes: {persistent: maybe}";
    /// A ram volume is persistent.
    STORAGE_RAM_PERSISTENT = "sdl.storage.ram_persistent", "attributes: {persistent: true, class: ram}";
    /// Warning: volumes of equal size come out in reverse.
    STORAGE_ORDER_REVERSED = "sdl.storage.order_reversed", "storage: [{name: a, size: 1Gi}, {name: b, size: 1Gi}]";

    /// A key of `gpu` is unknown.
    GPU_KEY_UNKNOWN = "sdl.gpu.key_unknown", "gpu: {count: 1}";
    /// Warning: `gpu` is no map, and ignored.
    GPU_IGNORED = "sdl.gpu.ignored", "gpu: 1";
    /// A number of GPUs cannot be read.
    GPU_UNITS_INVALID = "sdl.gpu.units_invalid", "gpu: {units: one}";
    /// Too many GPUs.
    GPU_RANGE = "sdl.gpu.range", "gpu: {units: 25";
    /// GPUs are asked for without attributes.
    GPU_ATTRIBUTES_MISSING = "sdl.gpu.attributes_missing", "gpu: {units: 1}";
    /// Attributes stand without GPUs.
    GPU_ATTRIBUTES_WITHOUT_UNITS = "sdl.gpu.attributes_without_units", "gpu: {units: 0, attributes: {vendor: {nvidia: [{model: h100}]}}}";
    /// An attribute of a GPU is unknown.
    GPU_ATTRIBUTE_UNKNOWN = "sdl.gpu.attribute_unknown", "attributes: {model: h100}";
    /// Attributes of a GPU name no vendor.
    GPU_VENDOR_MISSING = "sdl.gpu.vendor_missing", "attributes: {}";
    /// Warning: a vendor other than nvidia is ignored.
    GPU_VENDOR_IGNORED = "sdl.gpu.vendor_ignored", "vendor: {amd: [{model: mi300x}]}";
    /// A model gives no attribute key.
    GPU_MODEL_INVALID = "sdl.gpu.model_invalid", "nvidia: [{model: rtx 4090}]";
    /// Warning: an entry names no model and matches none.
    GPU_MODEL_MISSING = "sdl.gpu.model_missing", "nvidia: [{model: h100}, {ram: 80Gi}]";
    /// Warning: no provider can bid on these GPUs, though the chain would match them.
    GPU_NEVER = "sdl.gpu.never", "nvidia: [{model: h-*}]";
    /// Warning: no provider is likely to bid with this GPU.
    GPU_UNLIKELY = "sdl.gpu.unlikely", "nvidia: [{model: h100}, {model: a100, ram: 7Gi}]";
    /// A size of GPU memory cannot be read.
    GPU_RAM_INVALID = "sdl.gpu.ram_invalid", "nvidia: [{model: h100, ram: 80GB}]";
    /// Warning: GPU memory counts in whole GiB, the rest is cut off.
    GPU_RAM_CUT = "sdl.gpu.ram_cut", "nvidia: [{model: h100, ram: 80.5Gi}]";
    /// Warning: GPU memory below 1 GiB matches no GPU.
    GPU_RAM_BELOW_ONE_GIB = "sdl.gpu.ram_below_one_gib", "nvidia: [{model: h100}, {model: t4, ram: 512Mi}]";
    /// A GPU interface is unknown.
    GPU_INTERFACE_UNKNOWN = "sdl.gpu.interface_unknown", "nvidia: [{model: h100, interface: nvlink}]";

    /// The amount of a price cannot be read.
    PRICE_INVALID = "sdl.price.invalid", "amount: 1e3";
    /// A price is zero or negative.
    PRICE_NOT_POSITIVE = "sdl.price.not_positive", "amount: 0";
    /// Warning: two signs before a price cancel each other.
    PRICE_SIGNS = "sdl.price.signs", "amount: --3";
    /// A price is above the limit.
    PRICE_RANGE = "sdl.price.range", "amount: 20000000";
    /// The denom of a price is malformed.
    PRICE_DENOM_INVALID = "sdl.price.denom_invalid", "denom: 1x";
    /// Prices are in different denoms.
    PRICE_DENOM_MIXED = "sdl.price.denom_mixed", "denom: uakt";
    /// Warning: the chain accepts only `uact` for new deployments.
    PRICE_DENOM_NOT_ACCEPTED = "sdl.price.denom_not_accepted", "denom: uakt";
    /// A placement has no price for a compute profile that is used in it.
    PRICE_MISSING = "sdl.price.missing", "pricing: {}";

    /// Nothing is deployed.
    DEPLOYMENT_EMPTY = "sdl.deployment.empty", "deployment: {}";
    /// A deployment names no service.
    DEPLOYMENT_SERVICE_UNKNOWN = "sdl.deployment.service_unknown", "wob:";
    /// A deployment names no compute profile.
    DEPLOYMENT_PROFILE_UNKNOWN = "sdl.deployment.profile_unknown", "profile: tiny";
    /// A deployment names no placement.
    DEPLOYMENT_PLACEMENT_UNKNOWN = "sdl.deployment.placement_unknown", "nowhere:";
    /// Warning: no replica of a service runs.
    COUNT_ZERO = "sdl.deployment.count_zero", "spare: {anywhere: {profile: small, count: 0}}";
    /// Warning: more replicas than providers have room for.
    COUNT_LARGE = "sdl.deployment.count_large", "count: 100";
    /// Warning: the counts of services that share a resource unit overflow (SDL 2.1).
    COUNT_WRAPS = "sdl.deployment.count_wraps", "count: 4294967295";
    /// Warning: no provider can have an attribute of this name.
    PLACEMENT_ATTRIBUTE_INVALID = "sdl.placement.attribute_invalid", "attributes: {my region: west}";
    /// Warning: `tee/type` is asked for as an attribute, which makes no service use it.
    PLACEMENT_TEE_ATTRIBUTE = "sdl.placement.tee_attribute", "attributes: {tee/type: cpu}";
    /// Warning: an auditor is no address.
    AUDITOR_MALFORMED = "sdl.placement.auditor_malformed", "signedBy: {anyOf: [akash1auditor]}";
    /// A group has no name.
    GROUP_NAME_EMPTY = "sdl.group.name_empty", r#""":"#;
    /// The sum over a group is zero or above the limit.
    GROUP_TOTAL_RANGE = "sdl.group.total_range", "count: 100000";

    /// Strict reading only: a key is unknown.
    STRICT_KEY_UNKNOWN = "sdl.strict.key_unknown", "restart: always";
    /// Strict reading only: a key is missing.
    STRICT_KEY_MISSING = "sdl.strict.key_missing", "spare: {}";
    /// Strict reading only: a value has another form than the JSON schema allows.
    STRICT_VALUE = "sdl.strict.value", "version: 2.0";

    /// The reclamation window cannot be read or is not above zero.
    RECLAMATION_WINDOW = "sdl.reclamation.window", "reclamation: {min_window: 1d}";
}

#[cfg(test)]
mod tests {
    use super::ALL;

    #[test]
    fn codes_are_unique_and_well_formed() {
        let mut codes: Vec<_> = ALL.iter().map(|(code, _)| *code).collect();
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), ALL.len());
        for (code, meaning) in ALL {
            assert_eq!(code.split('.').count(), 3, "{code}");
            assert!(code.starts_with("sdl."), "{code}");
            assert!(
                code.bytes()
                    .all(|b| b.is_ascii_lowercase() || b"._".contains(&b)),
                "{code}"
            );
            assert!(meaning.trim().ends_with('.'), "{code}");
        }
    }
}
