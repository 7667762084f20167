//! Templates: values go in as values, and secrets are not seen.

use akash_sdl::diagnostic::codes;
use akash_sdl::template::{Secret, Template, TemplateError, Values};
use akash_sdl::yaml::{self, Kind};
use proptest::prelude::*;
use proptest::sample::select;

/// One place of every kind.
const PLACES: &str = "#% var a\n# text\n#% var b = x # d\nplain: ${{ a }}\nmixed: A=${{a}} # ${{ c }}\nsingle: '${{ a }}'\n\
double: \"\\u0041=${{ a }};${{b}}\"\nblock: |-\n  one ${{ a }}\n  two\nfolded: >\n  ${{a}}\nkey-${{ a }}: 1\n\
flow: {list: ['${{ a }}', \"x\"]}\nanchor: &x y${{ a }}\nalias: *x\nescaped: $${{ a }} ${a}\nlast:\n- ${{ a }}\n";

fn hostile() -> impl Strategy<Value = String> {
    const TEXTS: &[&str] = &[
        "",
        "word",
        "no",
        "0777",
        "12",
        "1e3",
        "true",
        "<<",
        "~",
        "null",
        "a: b",
        "a #b",
        "- a",
        "a, b",
        "]",
        "}",
        "it's",
        "\"",
        "\\",
        "*x",
        "&a",
        "!a",
        "|",
        "%a",
        "---",
        " a",
        "a ",
        "a\nb",
        "a\n",
        "\nkey: 1\n",
        "a\r\nb",
        "\u{85}",
        "\u{2028}",
        "\u{0}",
        "${{ a }}",
        "${{ b }}",
        "$${{",
        "2026-05-06",
        "\ta",
    ];
    prop_oneof![
        select(TEXTS).prop_map(str::to_owned),
        any::<String>(),
        "[-a: \n#\"'{}\\[\\],&*]{0,8}"
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn values_stay_values(a in hostile(), b in hostile()) {
        let template = Template::parse(PLACES).unwrap();
        let filled = template.fill(&Values::new().set("a", &a).set("b", &b)).unwrap();
        let tree = yaml::parse(filled.text().as_bytes()).unwrap();
        let texts: Vec<_> = tree.root().pairs().map(|(key, value)| {
            let inner = value.pairs().next().map_or(value, |(_, inner)| inner);
            let value = inner.items().next().unwrap_or(inner).resolved();
            prop_assert_eq!(value.kind(), Kind::Scalar);
            prop_assert!(!value.is_null() && !key.is_merge());
            Ok((key.text().to_owned(), value.text().to_owned()))
        }).collect::<Result<_, TestCaseError>>()?;
        let key = format!("key-{a}");
        let expected = [
            ("plain", a.clone()),
            ("mixed", format!("A={a}")),
            ("single", a.clone()),
            ("double", format!("A={a};{b}")),
            ("block", format!("one {a}\ntwo")),
            ("folded", format!("{a}\n")),
            (&key, "1".to_owned()),
            ("flow", a.clone()),
            ("anchor", format!("y{a}")),
            ("alias", format!("y{a}")),
            ("escaped", "${{ a }} ${a}".to_owned()),
            ("last", a),
        ];
        let expected: Vec<_> = expected.into_iter().map(|(key, value)| (key.to_owned(), value)).collect();
        prop_assert_eq!(texts, expected, "{}", filled.text());
        prop_assert!(filled.text().contains("\n# text\n") && filled.text().contains("# ${{ c }}\n"));
    }

    #[test]
    fn secrets_are_not_seen(secret in "[a-z0-9]{1,3}~[!-~ ]{8,20}", at in 0usize..8) {
        // Where a secret makes no sense at all, the errors about it must not show it either.
        let (from, to) = [
            ("amount: 1000", "amount: ${{ s }}"),
            ("size: 512Mi", "size: ${{ s }}"),
            ("units: 0.5", "units: \"${{ s }}\""),
            ("port: 80", "port: ${{ s }}"),
            ("global: true", "service: ${{ s }}"),
            ("profile: small", "profile: ${{ s }}"),
            ("image: nginx:1.27", "image: x\n    env: [\"${{ s }}\"]"),
            ("version: \"2.0\"", "version: ${{ s }}"),
        ][at];
        let text = format!("#% secret s\n{}", akash_sdl::EXAMPLE.replace(from, to));
        let template = Template::parse(text).unwrap();
        let filled = template.fill(&Values::new().set("s", &secret)).unwrap();
        prop_assert!(filled.text().len() > filled.masked().len() || secret.len() < 4);
        let seen = match filled.parse() {
            Ok(sdl) => format!("{:?}", sdl.warnings()),
            Err(report) => {
                prop_assert!(report.errors().all(|error| !error.path.is_empty()));
                let json = serde_json::to_string(&report).unwrap();
                format!("{report} {report:?} {} {json}", report.render(filled.masked()))
            }
        };
        let seen = format!("{seen} {filled:?} {}", filled.masked());
        let tail = secret.split_once('~').unwrap().1.trim();
        prop_assert!(tail.len() < 5 || !seen.contains(tail), "{}", seen);
    }

    #[test]
    fn never_panics(text in "(#% (var|secret) [a-z]( = [a-z'\"\\[]{0,3})?\n){0,2}[ab:\\-{}$ \n'\"|]{0,40}", value in hostile()) {
        if let Ok(template) = Template::parse(text) {
            let values: Values = template.variables().iter().map(|it| (&*it.name, &*value)).collect();
            if let Ok(filled) = template.fill(&values) {
                prop_assert!(yaml::parse(filled.text().as_bytes()).is_ok());
                prop_assert!(yaml::parse(filled.masked().as_bytes()).is_ok());
            }
        }
    }
}

#[test]
fn what_stands_alone_is_what_it_looks_like() {
    let fill = |template: &str, value: &str| {
        let template = Template::parse(format!("#% var n\n{template}")).unwrap();
        let filled = template.fill(&Values::new().set("n", value)).unwrap();
        filled.text().strip_prefix("#% var n\n").unwrap().to_owned()
    };
    assert_eq!(fill("a: ${{ n }} # c\n", "3"), "a: 3 # c\n");
    assert_eq!(fill("a: ${{ n }}\n", "true"), "a: true\n");
    assert_eq!(fill("a: ${{ n }}\n", "yes"), "a: \"yes\"\n");
    assert_eq!(fill("a: ${{ n }}\n", "~"), "a: \"~\"\n");
    assert_eq!(fill("a: ${{ n }}\n", ""), "a: \"\"\n");
    assert_eq!(fill("a: '${{ n }}'\n", "3"), "a: '3'\n");
    assert_eq!(fill("a: ${{ n }}Gi\n", "3"), "a: \"3Gi\"\n");
    assert_eq!(fill("a: v${{ n }}\n", "3"), "a: v3\n");
    assert_eq!(fill("a: |\n  x ${{ n }}\n  y\n", "3"), "a: |\n  x 3\n  y\n");
}

#[test]
fn variables_are_listed() {
    let text = "# head\n#% var a = \"x # y\"  # of a\n#%\tvar b\n  #% secret c # of c\n#% var d =\n\nk: ${{a}}${{b}}${{c}}${{d}}\n#% var e\n";
    let template = Template::parse(text).unwrap();
    let listed: Vec<_> = template
        .variables()
        .iter()
        .map(|it| {
            let at = it.position.to_string();
            (
                it.name.as_str(),
                it.default.as_deref(),
                it.secret,
                it.description.as_str(),
                at,
            )
        })
        .collect();
    let expected = [
        ("a", Some("x # y"), false, "of a", "2:1".to_owned()),
        ("b", None, false, "", "3:1".to_owned()),
        ("c", None, true, "of c", "4:3".to_owned()),
        ("d", Some(""), false, "", "5:1".to_owned()),
    ];
    assert_eq!(listed, expected);
    assert_eq!(template.text(), text);
}

#[test]
fn each_error_says_where() {
    let parse = |text: &str| Template::parse(text).unwrap_err().to_string();
    for (text, message) in [
        (
            "#% let a\na: 1",
            "line 1, column 1: this declares nothing; write `#% var NAME`, `#% var NAME = DEFAULT` or `#% secret NAME`",
        ),
        (
            "#% secret a = 1\na: ${{a}}",
            "line 1, column 1: a secret has no default, for the template is no secret; write `#% var NAME`, `#% var NAME = DEFAULT` or `#% secret NAME`",
        ),
        (
            "#% var a = [1]\na: ${{a}}",
            "line 1, column 1: the default must be a single value, in quotes if it is not plain; write `#% var NAME`, `#% var NAME = DEFAULT` or `#% secret NAME`",
        ),
        (
            "#% var a\n#% secret a\na: ${{a}}",
            "line 2, column 1: the variable \"a\" is declared at 1:1 already",
        ),
        (
            "#% var a\na: ${{a}}\nb: x ${{ a",
            "line 3, column 6: what begins with `${{` here is no reference; write `${{ name }}`, or `$${{` for the characters themselves",
        ),
        (
            "#% var domain\na: ${{domain}} ${{domian}}",
            "line 2, column 16: the variable \"domian\" is not declared (did you mean \"domain\"?); declare it by `#% var domian` at the top, or write `$${{` for the characters themselves",
        ),
        (
            "#% var a\nb: 1",
            "line 1, column 1: the variable \"a\" is never used; use it or take it out",
        ),
        (
            "#% secret a\nx${{ a }}: 1",
            "line 2, column 1: the secret \"a\" cannot be part of a key",
        ),
    ] {
        assert_eq!(parse(text), message, "{text}");
    }
    let flow = Template::parse("#% var a\nb: [${{ a }}]").unwrap_err();
    assert!(matches!(flow, TemplateError::Unreadable(_)), "{flow}");
    assert_eq!(flow.position().unwrap().line, 2);

    let template =
        Template::parse("#% var a\n#% var image = 1\nk${{image}}: !!int ${{a}}").unwrap();
    let fill = |values: Values| template.fill(&values).unwrap_err();
    assert_eq!(
        fill(Values::new()).to_string(),
        "line 1, column 1: the variable \"a\" has no default and was given no value"
    );
    assert_eq!(
        fill(Values::new().set("a", "1").set("image2", "1")).to_string(),
        "the template has no variable \"image2\" to give a value (did you mean \"image\"?)"
    );
    assert_eq!(
        fill(Values::new().set("a", "x")).to_string(),
        "line 3, column 20: the value cannot be written here"
    );
    let secret = fill(
        Values::new()
            .set("a", "1")
            .secret("image", Secret::new("s")),
    );
    assert!(
        matches!(secret, TemplateError::SecretInKey { .. }),
        "{secret}"
    );
    assert!(template.fill(&Values::new().set("a", "1")).is_ok());
}

#[test]
fn diagnostics_are_about_the_masked_text() {
    let text = akash_sdl::EXAMPLE
        .replace(
            "image: nginx:1.27",
            "image: x\n    env: [\"A=${{ s }}\", '9=x']",
        )
        .replace("512Mi", "512mi")
        .replace("amount: 1000", "amount: ${{ s }}");
    let template = Template::parse(format!("#% secret s\n{text}")).unwrap();
    let filled = template
        .fill(&Values::new().set("s", "hunter2-hunter2"))
        .unwrap();
    let report = filled.parse().unwrap_err();
    let found: Vec<_> = report
        .errors()
        .map(|error| (error.code, error.span))
        .collect();
    let codes_found: Vec<_> = found.iter().map(|(code, _)| *code).collect();
    assert!(
        codes_found.contains(&codes::MEMORY_INVALID) && codes_found.contains(&codes::PRICE_INVALID)
    );
    let at = |span: yaml::Span| &filled.masked()[span.start as usize..span.end as usize];
    for (code, span) in found {
        match code {
            codes::MEMORY_INVALID => assert_eq!(at(span), "512mi"),
            codes::PRICE_INVALID => assert_eq!(at(span), "\"<s>\""),
            _ => {}
        }
    }
    let price = report
        .errors()
        .find(|error| error.code == codes::PRICE_INVALID)
        .unwrap();
    assert_eq!(
        price.message,
        "The amount of a price cannot be read. It has to do with a secret, so no more is shown."
    );
    let rendered = report.render(filled.masked());
    assert!(!rendered.contains("hunter") && rendered.contains("write `512Mi` instead of `512mi`"));
}
