//! A site in the browser while people write it: looks at the folder, checks, renders what is asked for, tells browsers.
//! From memory only; nothing is written.

mod watch;
mod http;
mod banner;
mod panel;
mod decorate;
