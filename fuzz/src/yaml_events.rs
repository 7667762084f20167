//! Any bytes: no panic, and a tree whose nodes lie inside the text and inside each other.

use akash_sdl::yaml::{self, Kind, Node};

fn check_node(node: Node<'_, '_>) {
    let (span, text) = (node.span(), node.tree().source());
    assert!(span.start <= span.end);
    assert!(text.get(span.start as usize..span.end as usize).is_some());
    assert_eq!(node.children().count(), node.children().len());
    if node.kind() == Kind::Mapping {
        assert_eq!(node.pairs().count() * 2, node.children().count());
    }
    if let Some(target) = node.alias_target() {
        assert_eq!(target.anchor(), Some(node.text()));
    }
    for child in node.children() {
        assert!(
            span.start <= child.span().start
                && child.span().end <= span.end.max(child.span().start)
        );
        check_node(child);
    }
}

/// The target.
pub fn check(bytes: &[u8]) {
    if let Ok(tree) = yaml::parse(bytes) {
        check_node(tree.root());
        let _ = tree.to_value();
    }
}
