"""Tests, mirrored after the packages that they test."""
