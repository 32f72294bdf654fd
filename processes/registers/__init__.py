"""The office's registers: what its processes record in common, and read again.

Not a process: it has no diagram. A process folder may use it; it uses none of them.
"""
