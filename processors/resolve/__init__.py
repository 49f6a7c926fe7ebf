"""Resolution: mentions, within and across articles, become events with revisions."""

from processors.resolve.resolver import Resolver

__all__ = ["Resolver"]
