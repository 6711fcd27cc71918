"""Review: what annotators differ in, and the decisions on it. A mode of the window, built when it is first entered."""
