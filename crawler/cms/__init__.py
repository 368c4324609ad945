"""Adapters: what one family of content systems keeps in its scripts, put in place as plain markup."""

from __future__ import annotations

from crawler.cms import (
    gkmlpt,
    hanweb_jpaas,
    hanweb_jpage,
    hanweb_xxgk,
    json_list,
    nfcms_redirect,
    scripted_list,
    trs,
    xml_list,
    ztree,
)
from crawler.cms.adapter import Adapter, Ask, Unfolded

ADAPTERS: tuple[Adapter, ...] = (
    trs,
    hanweb_jpage,
    hanweb_jpaas,
    hanweb_xxgk,
    gkmlpt,
    ztree,
    nfcms_redirect,
    scripted_list,
    json_list,
    xml_list,
)
"""All adapters in the order in which they are asked; several may take one page."""

__all__ = ["ADAPTERS", "Adapter", "Ask", "Unfolded"]
