"""Adapters: what one family of content systems keeps in its scripts, put in place as plain markup."""

from __future__ import annotations

from crawler.cms import gkmlpt, hanweb_jpage, trs, ztree
from crawler.cms.adapter import Adapter, Ask, Unfolded

ADAPTERS: tuple[Adapter, ...] = (trs, hanweb_jpage, gkmlpt, ztree)
"""All adapters in the order in which they are asked; several may take one page."""

__all__ = ["ADAPTERS", "Adapter", "Ask", "Unfolded"]
