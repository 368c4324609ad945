"""Checks of attachments, images and media (附件与音视频)."""
