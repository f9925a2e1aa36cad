//! What an organizer would like to know about the page: the panel "This page".
