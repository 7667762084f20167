//! Journaled storage: tables and slots that can take back what was done since a mark, at the cost of the changes alone.
//!
//! The ledger brackets every batch with [`Journaled::begin`] and either [`Journaled::commit`] or
//! [`Journaled::rollback`]; brackets nest. Tables are ordered, so every walk over them is deterministic. Copies share what
//! they have in common, so that a snapshot costs next to nothing.

mod finder;
mod lazy;
mod pages;
mod runs;
mod slab;
mod slot;
mod table;
mod tree;

pub(crate) use finder::{Finder, hash};
pub(crate) use lazy::Lazy;
pub(crate) use pages::Pages;
pub(crate) use runs::Runs;
pub(crate) use slab::Slab;
pub use slot::Slot;
pub use table::Table;
pub use tree::{Iter, Tree};

/// State that can be taken back.
pub trait Journaled {
    /// Opens a bracket: what changes from now on can be taken back.
    fn begin(&mut self);

    /// Closes the innermost bracket and keeps its changes; they belong to the next outer bracket, if there is one.
    fn commit(&mut self);

    /// Closes the innermost bracket and takes its changes back.
    fn rollback(&mut self);
}

/// Implements [`Journaled`] for a struct by its fields.
macro_rules! journaled {
    ($name:ty { $($field:ident),+ $(,)? }) => {
        impl $crate::store::Journaled for $name {
            fn begin(&mut self) {
                $(self.$field.begin();)+
            }

            fn commit(&mut self) {
                $(self.$field.commit();)+
            }

            fn rollback(&mut self) {
                $(self.$field.rollback();)+
            }
        }
    };
}

pub(crate) use journaled;
