"""Blocks → outline: what stands where, before anyone asks what it means. Pure."""

from .segment import segment as segment
