//! What a directory is: no YAML, no disk, no private facts.
