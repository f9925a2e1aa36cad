//! Wake-up hints: when it may be worth to look at the folder again.
