"""`python -m annotator.agreement` measures what it is asked on the standard input: see `apart`."""

from annotator.agreement import apart

apart.main()
