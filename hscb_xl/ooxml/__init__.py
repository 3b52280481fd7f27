"""Editing an OOXML package without loss: every byte that is not ours comes out as it went in."""
