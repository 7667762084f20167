//! Compose files: nothing panics, what is made is an SDL that reads back the same, and every place that
//! is told lies in the text.

use akash_sdl::Sdl;
use akash_sdl::compose::{ImportError, Options, environment_files, import};

/// The target.
pub fn check(data: &[u8]) {
    let mut options = Options::new("1000uact".parse().expect("a price"));
    options
        .environment
        .insert("A".to_owned(), "value".to_owned());
    options
        .environment
        .insert("EMPTY".to_owned(), String::new());
    options
        .files
        .insert(".env".to_owned(), "A=1\nB='x y'\nC=\"$A\\n\"\n".to_owned());
    options.profiles.insert("p".to_owned());
    let _ = environment_files(data, &options);
    let text = core::str::from_utf8(data);
    match import(data, &options) {
        Ok(import) => {
            let read = Sdl::parse(import.text()).expect("the SDL reads");
            assert_eq!(read.version(), import.sdl().version());
            let Ok(text) = text else { return };
            for loss in import.losses() {
                assert!(
                    text.get(loss.span.start as usize..loss.span.end as usize)
                        .is_some()
                );
                assert!(!loss.path.is_empty() && !loss.message.is_empty());
            }
        }
        Err(ImportError::Compose(report)) => {
            assert!(report.errors().next().is_some());
            if let Ok(text) = text {
                let _ = report.render(text);
            }
        }
        Err(ImportError::Sdl { text, report }) => {
            assert!(report.errors().next().is_some());
            let _ = report.render(&text);
        }
        Err(_) => {}
    }
    if let Ok(text) = text {
        let _ = akash_sdl::compose::read_environment(text, &options.environment);
    }
}
