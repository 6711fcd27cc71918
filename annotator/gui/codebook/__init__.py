"""The codebook editor: labels, attributes and relation types, shown in place of a mode. It asks; it writes nothing."""
