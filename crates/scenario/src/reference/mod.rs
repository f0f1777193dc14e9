//! The reference of everything that can be written, generated: from the types that read it and the tables
//! by which the loader reads the rest. What is described here is what is read.

mod form;
mod lay;
pub(crate) mod order;
mod pages;
mod sample;
mod schema;
#[cfg(test)]
mod tests;
pub(crate) mod written;

pub use form::{Args, Body, Field, Form, Need, Page, Sort, Type, Variant, bound, unit_in_words};

use crate::registry::Registry;

/// All pages: the files, the kinds of values, the plugins in build order.
pub struct Reference {
    /// In order.
    pub pages: Vec<Page>,
}

/// What a name asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    /// A page as a whole.
    Page(usize),
    /// One type of a page.
    Type(usize, usize),
    /// One field or variant of a type, by position.
    Part(usize, usize, usize),
}

impl Registry {
    /// The reference of what scenarios with these plugins can say.
    pub fn reference(&self) -> Reference {
        let mut pages = pages::files();
        pages.extend(pages::values());
        pages.extend(self.entries().map(|entry| pages::plugin(&**entry)));
        Reference { pages }
    }
}

impl Reference {
    /// All that a name may ask for: a page or a type by its full name; otherwise all parts that are called
    /// so. Upper and lower case are alike, and so are singular and plural.
    pub fn find(&self, name: &str) -> Vec<Found> {
        let same = |known: &str| {
            known.eq_ignore_ascii_case(name)
                || name.len() == known.len() + 1
                    && name.is_char_boundary(known.len())
                    && name[known.len()..].eq_ignore_ascii_case("s")
                    && name[..known.len()].eq_ignore_ascii_case(known)
        };
        if let Some(page) = self.pages.iter().position(|p| same(&p.name)) {
            return vec![Found::Page(page)];
        }
        for (at, page) in self.pages.iter().enumerate() {
            if let Some(found) = page.types.iter().position(|t| same(&t.path)) {
                return vec![Found::Type(at, found)];
            }
        }
        self.parts(&same)
    }

    /// Fields and variants by their full path, or else by their own name.
    fn parts(&self, same: &dyn Fn(&str) -> bool) -> Vec<Found> {
        let mut by_name = Vec::new();
        for (at, page) in self.pages.iter().enumerate() {
            for (number, ty) in page.types.iter().enumerate() {
                for (i, part) in ty.parts().into_iter().enumerate() {
                    if same(&format!("{}.{part}", ty.path)) {
                        return vec![
                            ty.lead(page, i)
                                .map_or(Found::Part(at, number, i), |inner| Found::Type(at, inner)),
                        ];
                    }
                    if same(part) {
                        by_name.push(Found::Part(at, number, i));
                    }
                }
            }
        }
        by_name
    }

    /// All full names, for hints.
    pub fn names(&self) -> Vec<&str> {
        let pages = self.pages.iter().map(|p| p.name.as_str());
        let types = self.pages.iter().flat_map(|p| &p.types).map(|t| t.path.as_str());
        let mut names: Vec<&str> = pages.chain(types).collect();
        let parts = self.pages.iter().flat_map(|p| &p.types).flat_map(Type::parts);
        names.extend(parts);
        names.sort_unstable();
        names.dedup();
        names
    }
}

impl Type {
    /// Names of its fields or variants.
    pub fn parts(&self) -> Vec<&str> {
        match &self.body {
            Body::Group(fields) => fields.iter().map(|f| f.name.as_str()).collect(),
            Body::Choice(variants) => variants.iter().map(|v| v.name.as_str()).collect(),
            Body::Value(_) => Vec::new(),
        }
    }

    /// What a field takes, nothing for a word of a choice, and what either means.
    pub fn part(&self, at: usize) -> Option<(Option<&Form>, &str)> {
        match &self.body {
            Body::Group(fields) => fields.get(at).map(|f| (Some(&f.form), f.about.as_str())),
            Body::Choice(variants) => variants.get(at).map(|v| (None, v.about.as_str())),
            Body::Value(_) => None,
        }
    }

    /// The type that a field leads to, where it is another that is described.
    fn lead(&self, page: &Page, part: usize) -> Option<usize> {
        match &self.body {
            Body::Group(fields) => {
                let index = fields[part].form.leads_to()?;
                (index < page.types.len()).then_some(index)
            }
            _ => None,
        }
    }
}
