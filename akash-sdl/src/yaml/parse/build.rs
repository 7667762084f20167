//! Putting nodes into the arena.

use super::super::error::{Error, ErrorKind};
use super::super::input::narrow;
use super::super::position::Position;
use super::super::scan::Token;
use super::super::tree::{Kind, NodeData, Style, TagKind};
use super::{Parser, State};

impl<const W: bool> Parser<'_, W> {
    #[inline]
    pub(super) fn pop_state(&mut self) -> State {
        self.states.pop().unwrap_or(State::DocumentEnd)
    }

    /// Adds a node without children.
    #[inline]
    pub(super) fn push(&mut self, mut node: NodeData) {
        node.next = narrow(self.nodes.len()) + 1;
        self.count_child();
        self.nodes.push(node);
    }

    #[inline]
    pub(super) fn count_child(&mut self) {
        if let Some(&parent) = self.open.last()
            && let Some(parent) = self.nodes.get_mut(parent as usize)
        {
            parent.a += 1;
        }
    }

    /// Adds the scalar that stands for a value left out.
    pub(super) fn empty(&mut self, at: u32) {
        self.push(NodeData {
            start: at,
            end: at,
            a: at,
            b: 0,
            next: 0,
            properties: 0,
            kind: Kind::Scalar,
            style: Style::Plain,
            tag: TagKind::None,
            owned: false,
        });
    }

    pub(super) fn open(
        &mut self,
        token: Token,
        kind: Kind,
        style: Style,
        tag: TagKind,
        properties: u32,
    ) -> Result<(), Error> {
        if self.open.len() >= self.depth {
            return Err(self.error(
                token,
                ErrorKind::TooDeep {
                    limit: narrow(self.depth),
                },
            ));
        }
        self.count_child();
        self.open.push(narrow(self.nodes.len()));
        self.nodes.push(NodeData {
            start: token.start,
            end: token.end,
            a: 0,
            b: 0,
            next: 0,
            properties,
            kind,
            style,
            tag,
            owned: false,
        });
        Ok(())
    }

    /// Closes the innermost collection; it ends at the given offset.
    #[inline]
    pub(super) fn close(&mut self, end: u32) {
        let next = narrow(self.nodes.len());
        if let Some(open) = self.open.pop()
            && let Some(node) = self.nodes.get_mut(open as usize)
        {
            node.end = end;
            node.next = next;
            self.closed = end;
        }
    }

    /// Closes a block collection; it ends where its last node or the last collection in it does.
    pub(super) fn close_block(&mut self) -> State {
        let start = self.open.last().map_or(0, |&open| open as usize);
        let own = self.nodes.get(start).map_or(0, |node| node.end);
        let last = self.nodes.last().map_or(0, |node| node.end);
        self.close(last.max(own).max(self.closed));
        self.pop_state()
    }

    pub(super) fn open_position(&self) -> Position {
        let node = self
            .open
            .last()
            .and_then(|&open| self.nodes.get(open as usize));
        Position::of(self.scanner.text(), node.map_or(0, |node| node.start))
    }
}
