//! What is added to a page on its way out: banner, panel and script.
