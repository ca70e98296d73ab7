"""The clerk's loop over rules/: what to add (suggest), what a change does (diff), an answer at each save (watch)."""
