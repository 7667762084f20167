//! The shape of an SDL document.

use super::shape::Shape::{
    Anything, Fields, Flag, FlagOrText, List, ListOrNull, Map, Number, OneOrMany, Text, Whole,
    Words, WordsOrOnly,
};
use super::shape::{Field, Form, Positive, Record, Rule, Shape};

const U32: u64 = 4_294_967_295;

/// Any text.
const NAME: Form = Form {
    pattern: "",
    strict: None,
    wanted: "any text",
};

const SERVICE_NAME: Form = Form {
    pattern: "^[a-z]([-a-z0-9]*[a-z0-9])?$",
    strict: None,
    wanted: "lower-case letters, digits and '-', a letter first and no '-' last",
};

const ENDPOINT_NAME: Form = Form {
    pattern: "^[a-z]+[-_0-9a-z]+$",
    strict: None,
    wanted: "two or more lower-case letters, digits, '-' and '_', a letter first",
};

const ENV: Form = Form {
    pattern: r"^[-._a-zA-Z][-._a-zA-Z0-9]*(=[\s\S]*)?$",
    strict: None,
    wanted: "NAME=value or NAME",
};

const HOST: Form = Form {
    pattern: r"^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$",
    strict: None,
    wanted: "a host name such as example.com",
};

const CPU_UNITS: Form = Form {
    pattern: r"^(0*[1-9][0-9]*(\.[0-9]+)?|0+\.0*[1-9][0-9]*)m?$",
    strict: Some(is_cpu_units),
    wanted: "a plain decimal number above 0 such as \"0.5\" or \"500m\"",
};

const GPU_UNITS: Form = Form {
    pattern: "^[0-9]+$",
    strict: None,
    wanted: "a whole number of GPUs",
};

const SIZE: Form = Form {
    pattern: r"^\+?([0-9]+(_[0-9]+)*\.?([0-9]+(_[0-9]+)*)?|\.[0-9]+(_[0-9]+)*)([eE][-+]?[0-9]+)?(k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$",
    strict: None,
    wanted: "a number and a suffix such as 512Mi or 10Gi",
};

const GPU_RAM: Form = Form {
    pattern: r"^\+?([0-9]+(_[0-9]+)*\.?([0-9]+(_[0-9]+)*)?|\.[0-9]+(_[0-9]+)*)([eE][-+]?[0-9]+)?(Ki|Mi|Gi|Ti|Pi|Ei)?$",
    strict: None,
    wanted: "a number and a suffix such as 80Gi",
};

const AMOUNT: Form = Form {
    pattern: r"^[0-9]+(\.[0-9]+)?$",
    strict: Some(is_decimal),
    wanted: "a plain decimal number such as \"1000\" or \"0.25\"",
};

const ABSOLUTE: Form = Form {
    pattern: "^/",
    strict: Some(|text| text.starts_with('/')),
    wanted: "an absolute path such as /data",
};

const WINDOW: Form = Form {
    pattern: "^[1-9][0-9]*(s|m|h)$",
    strict: Some(is_window),
    wanted: "a whole number of h, m or s, such as 24h",
};

/// `^[0-9]+(\.[0-9]+)?$`
fn is_decimal(text: &str) -> bool {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    [whole, fraction]
        .iter()
        .all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()))
}

/// A decimal with an optional suffix of letters, and not zero.
fn is_cpu_units(text: &str) -> bool {
    let number = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let zero = number.bytes().all(|b| matches!(b, b'0' | b'.'));
    let suffix = text.get(number.len()..).unwrap_or_default();
    is_decimal(number) && !(zero && matches!(suffix, "" | "m"))
}

/// `^[1-9][0-9]*(s|m|h)$`
fn is_window(text: &str) -> bool {
    text.strip_suffix(['s', 'm', 'h']).is_some_and(|digits| {
        !digits.is_empty() && !digits.starts_with('0') && digits.bytes().all(|b| b.is_ascii_digit())
    })
}

/// The document.
pub(crate) static DOCUMENT: Record = Record {
    about: "A workload for the Akash network: what to run, what it needs, what may be paid, and \
            where.",
    rule: Rule::None,
    fields: &[
        Field::new(
            "version",
            Words(&["2.0", "2.1"]),
            "Version of the language. In 2.1, services that share a compute profile in a placement \
             share a resource unit, and the e-mail address of credentials is kept.",
        )
        .required()
        .examples(&["\"2.0\"", "\"2.1\""]),
        Field::new(
            "services",
            Map(&SERVICE_NAME, &Fields(&SERVICE)),
            "Container images and how to run them, by name.",
        )
        .required(),
        Field::new(
            "profiles",
            Fields(&PROFILES),
            "What services need, and where they may run at what price.",
        )
        .required(),
        Field::new(
            "deployment",
            Map(&SERVICE_NAME, &Map(&NAME, &Fields(&DEPLOYED))),
            "For each service, the placements it runs in, with its compute profile and count.",
        )
        .required(),
        Field::new("include", List(&Text(0)), "Read and otherwise ignored."),
        Field::new(
            "endpoints",
            Map(&ENDPOINT_NAME, &Fields(&ENDPOINT)),
            "Leased IP addresses, by name. Each must be used by a target of a deployed service.",
        ),
        Field::new(
            "reclamation",
            Fields(&RECLAMATION),
            "How long a provider must wait before it takes the workload down.",
        ),
    ],
};

static RECLAMATION: Record = Record {
    about: "The notice a provider must give before it reclaims the resources.",
    rule: Rule::None,
    fields: &[Field::new(
        "min_window",
        Shape::Form(&WINDOW),
        "The least notice: a whole number of hours, minutes or seconds.",
    )
    .required()
    .examples(&["\"24h\"", "\"90m\""])],
};

static ENDPOINT: Record = Record {
    about: "A leased IP address.",
    rule: Rule::None,
    fields: &[Field::new("kind", Words(&["ip"]), "The kind of endpoint.").required()],
};

static DEPLOYED: Record = Record {
    about: "A service in a placement.",
    rule: Rule::None,
    fields: &[
        Field::new(
            "profile",
            Text(0),
            "Name of a compute profile. The placement must have a price for it.",
        )
        .required(),
        Field::new("count", Whole(1, U32), "How many replicas run.")
            .required()
            .examples(&["1"]),
    ],
};

static SERVICE: Record = Record {
    about: "A container image and how to run it.",
    rule: Rule::None,
    fields: &[
        Field::new("image", Text(1), "Container image.")
            .required()
            .examples(&["\"nginx:1.27\"", "\"ghcr.io/example/app:1.4.2\""]),
        Field::new(
            "command",
            ListOrNull(&Text(0)),
            "Entry point in place of the image's.",
        )
        .examples(&["[\"sh\", \"-c\"]"]),
        Field::new(
            "args",
            ListOrNull(&Text(0)),
            "Arguments of the entry point.",
        ),
        Field::new(
            "env",
            ListOrNull(&Shape::Form(&ENV)),
            "Environment, each NAME=value. Values are visible to the provider.",
        )
        .examples(&["[\"LOG_LEVEL=info\"]"]),
        Field::new(
            "expose",
            ListOrNull(&Fields(&EXPOSE)),
            "Ports it listens on and who may reach them.",
        ),
        Field::new(
            "dependencies",
            List(&Fields(&DEPENDENCY)),
            "Names of other services. Read and otherwise ignored.",
        ),
        Field::new(
            "params",
            Fields(&PARAMS),
            "Where volumes are mounted, and other parameters.",
        ),
        Field::new(
            "credentials",
            Fields(&CREDENTIALS),
            "Log-in for a private image registry. The provider sees it.",
        ),
    ],
};

static DEPENDENCY: Record = Record {
    about: "Another service.",
    rule: Rule::None,
    fields: &[Field::new("service", Text(0), "Its name.")],
};

static PARAMS: Record = Record {
    about: "Parameters of a service.",
    rule: Rule::None,
    fields: &[
        Field::new(
            "storage",
            Map(&NAME, &Fields(&MOUNT)),
            "Where each volume of the compute profile is mounted, by its name.",
        ),
        Field::new(
            "permissions",
            Fields(&PERMISSIONS),
            "What the service may read about its own deployment.",
        ),
        Field::new(
            "tee",
            Words(&["cpu", "cpu-gpu"]),
            "The trusted execution environment to run in; cpu-gpu needs a GPU.",
        ),
    ],
};

static MOUNT: Record = Record {
    about: "Where a volume is mounted.",
    rule: Rule::None,
    fields: &[
        Field::new(
            "mount",
            Shape::Form(&ABSOLUTE),
            "Absolute path in the container.",
        )
        .examples(&["\"/data\""]),
        Field::new(
            "readOnly",
            Flag,
            "Whether writing is forbidden. Without it, false.",
        ),
    ],
};

static PERMISSIONS: Record = Record {
    about: "What a service may read.",
    rule: Rule::None,
    fields: &[Field::new(
        "read",
        List(&Words(&["deployment", "logs", "events"])),
        "Kinds of facts about its own deployment.",
    )],
};

static CREDENTIALS: Record = Record {
    about: "Log-in for an image registry.",
    rule: Rule::None,
    fields: &[
        Field::new("host", Text(1), "Host of the registry.")
            .required()
            .examples(&["\"ghcr.io\""]),
        Field::new("username", Text(1), "User name.").required(),
        Field::new("password", Text(6), "Password or token.").required(),
        Field::new("email", Text(5), "E-mail address. SDL 2.0 drops it."),
    ],
};

static EXPOSE: Record = Record {
    about: "A port and who may reach it.",
    rule: Rule::None,
    fields: &[
        Field::new("port", Whole(1, 65_535), "Port inside the container.")
            .required()
            .examples(&["8080"]),
        Field::new(
            "as",
            Whole(1, 65_535),
            "Port outside. Without it, the same as inside. TCP on port 80 goes through the \
             provider's HTTP ingress.",
        )
        .examples(&["80"]),
        Field::new(
            "proto",
            Words(&["TCP", "UDP", "tcp", "udp"]),
            "Transport protocol. Without it, TCP.",
        ),
        Field::new(
            "accept",
            List(&Shape::Form(&HOST)),
            "Host names of your own for HTTP. Each may stand once in the whole document.",
        )
        .examples(&["[\"example.com\"]"]),
        Field::new(
            "to",
            List(&Fields(&TARGET)),
            "Who may reach it. One port of the whole document must be global.",
        )
        .examples(&["[{\"global\": true}]"]),
        Field::new(
            "http_options",
            Fields(&HTTP_OPTIONS),
            "Options of the provider's HTTP ingress.",
        ),
    ],
};

static TARGET: Record = Record {
    about: "Who may reach a port.",
    rule: Rule::GlobalIp,
    fields: &[
        Field::new("service", Text(0), "Another service, by its name."),
        Field::new("global", Flag, "Whether the internet may reach it."),
        Field::new(
            "ip",
            Text(1),
            "Name of an endpoint under `endpoints`: a leased IP address.",
        ),
    ],
};

static HTTP_OPTIONS: Record = Record {
    about: "Options of the HTTP ingress. Times are milliseconds, sizes bytes; 0 means the default.",
    rule: Rule::None,
    fields: &[
        Field::new(
            "max_body_size",
            Whole(0, 104_857_600),
            "Largest request body. Without it, 1048576.",
        ),
        Field::new(
            "proxy_buffer_size",
            Whole(0, 1_048_576),
            "Buffer for the head of an answer.",
        ),
        Field::new(
            "read_timeout",
            Whole(0, 60_000),
            "How long reading may take. Without it, 60000.",
        ),
        Field::new(
            "send_timeout",
            Whole(0, 60_000),
            "How long sending may take. Without it, 60000.",
        ),
        Field::new(
            "next_tries",
            Whole(0, U32),
            "How many replicas are tried. Without it, 3.",
        ),
        Field::new(
            "next_timeout",
            Whole(0, U32),
            "How long trying may take. Without it, without limit.",
        ),
        Field::new(
            "next_cases",
            WordsOrOnly(
                &[
                    "error", "timeout", "500", "502", "503", "504", "403", "404", "429",
                ],
                "off",
            ),
            "When the next replica is tried. Without it, error and timeout; `off` stands alone.",
        ),
    ],
};

static PROFILES: Record = Record {
    about: "Compute profiles and placements.",
    rule: Rule::None,
    fields: &[
        Field::new(
            "compute",
            Map(&NAME, &Fields(&COMPUTE)),
            "What one replica needs, by name.",
        )
        .required(),
        Field::new(
            "placement",
            Map(&NAME, &Fields(&PLACEMENT)),
            "Where services may run and what may be paid, by name.",
        )
        .required(),
    ],
};

static COMPUTE: Record = Record {
    about: "A compute profile.",
    rule: Rule::None,
    fields: &[Field::new("resources", Fields(&RESOURCES), "What one replica needs.").required()],
};

static RESOURCES: Record = Record {
    about: "What one replica needs.",
    rule: Rule::None,
    fields: &[
        Field::new("cpu", Fields(&CPU), "CPUs.").required(),
        Field::new("memory", Fields(&MEMORY), "Memory.").required(),
        Field::new(
            "storage",
            OneOrMany(&Fields(&VOLUME)),
            "One volume, or a list of them. A single one is always named \"default\".",
        )
        .required(),
        Field::new("gpu", Fields(&GPU), "GPUs."),
    ],
};

static CPU: Record = Record {
    about: "CPUs.",
    rule: Rule::None,
    fields: &[
        Field::new(
            "units",
            Number(Positive::Yes, &CPU_UNITS),
            "How many CPUs, 0.01 to 384, or thousandths with the suffix m.",
        )
        .required()
        .examples(&["0.5", "\"500m\"", "4"]),
        Field::new("attributes", Anything, "`arch` is known, such as amd64."),
    ],
};

static MEMORY: Record = Record {
    about: "Memory.",
    rule: Rule::None,
    fields: &[Field::new(
        "size",
        Shape::Form(&SIZE),
        "Bytes, 1Mi to 2Ti. Suffixes k, M, G are powers of 1000; Ki, Mi, Gi of 1024.",
    )
    .required()
    .examples(&["\"512Mi\"", "\"4Gi\""])],
};

static VOLUME: Record = Record {
    about: "A volume.",
    rule: Rule::None,
    fields: &[
        Field::new(
            "size",
            Shape::Form(&SIZE),
            "Bytes, 5Mi to 32Ti. Suffixes k, M, G are powers of 1000; Ki, Mi, Gi of 1024.",
        )
        .required()
        .examples(&["\"1Gi\"", "\"100Gi\""]),
        Field::new("name", Text(0), "Its name. Without it, \"default\".").examples(&["\"data\""]),
        Field::new(
            "attributes",
            Fields(&VOLUME_ATTRIBUTES),
            "Leave them out for storage that ends with the container.",
        ),
    ],
};

static VOLUME_ATTRIBUTES: Record = Record {
    about: "What kind of storage. All but class ram is persistent.",
    rule: Rule::Persistence,
    fields: &[
        Field::new(
            "persistent",
            FlagOrText,
            "Whether it outlives its container.",
        )
        .required()
        .examples(&["true"]),
        Field::new(
            "class",
            Words(&["default", "beta1", "beta2", "beta3", "ram"]),
            "beta1 is disk, beta2 SSD, beta3 NVMe, ram memory.",
        )
        .required()
        .examples(&["\"beta3\""]),
    ],
};

static GPU: Record = Record {
    about: "GPUs. Units and attributes stand together or not at all.",
    rule: Rule::GpuUnits,
    fields: &[
        Field::new(
            "units",
            Number(Positive::No, &GPU_UNITS),
            "How many, at most 24.",
        )
        .examples(&["1"]),
        Field::new("attributes", Fields(&GPU_ATTRIBUTES), "Which ones."),
    ],
};

static GPU_ATTRIBUTES: Record = Record {
    about: "Which GPUs.",
    rule: Rule::None,
    fields: &[Field::new("vendor", Fields(&GPU_VENDOR), "Models by vendor.").required()],
};

static GPU_VENDOR: Record = Record {
    about: "Models by vendor; nvidia is the only one.",
    rule: Rule::None,
    fields: &[Field::new(
        "nvidia",
        ListOrNull(&Fields(&GPU_MODEL)),
        "Models of which any will do. Nothing means any model.",
    )
    .required()
    .examples(&["[{\"model\": \"h100\", \"ram\": \"80Gi\"}]"])],
};

static GPU_MODEL: Record = Record {
    about: "A model.",
    rule: Rule::None,
    fields: &[
        Field::new(
            "model",
            Text(0),
            "Its name in lower case, or \"*\" for any.",
        )
        .examples(&["\"h100\"", "\"rtx4090\"", "\"*\""]),
        Field::new("ram", Shape::Form(&GPU_RAM), "Its memory, in whole GiB.")
            .examples(&["\"80Gi\""]),
        Field::new("interface", Words(&["pcie", "sxm"]), "How it is attached."),
    ],
};

static PLACEMENT: Record = Record {
    about: "Where services may run and what may be paid.",
    rule: Rule::None,
    fields: &[
        Field::new(
            "pricing",
            Map(&NAME, &Fields(&PRICE)),
            "For each compute profile, the most that is paid for a replica and block.",
        )
        .required(),
        Field::new("attributes", Anything, "Attributes a provider must have.")
            .examples(&["{\"region\": \"us-west\"}"]),
        Field::new(
            "signedBy",
            Fields(&SIGNED_BY),
            "Auditors who must have signed the provider's attributes.",
        ),
    ],
};

static SIGNED_BY: Record = Record {
    about: "Addresses of auditors.",
    rule: Rule::None,
    fields: &[
        Field::new("allOf", List(&Text(0)), "All of them must have signed."),
        Field::new("anyOf", List(&Text(0)), "One of them must have."),
    ],
};

static PRICE: Record = Record {
    about: "The most that is paid for a replica and block.",
    rule: Rule::None,
    fields: &[
        Field::new(
            "denom",
            Words(&["uact", "uakt"]),
            "The chain accepts uact for new deployments.",
        )
        .required(),
        Field::new(
            "amount",
            Number(Positive::No, &AMOUNT),
            "Millionths of the token, above 0 and at most 10000000.",
        )
        .required()
        .examples(&["1000", "\"0.25\""]),
    ],
};
