"""Models: numbers in, numbers out."""

from course_lib.physiology.provenance import sources

__all__ = ["sources"]
