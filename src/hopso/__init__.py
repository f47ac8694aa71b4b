"""Họp Số: the paperless meeting room of a provincial government."""

from zope.i18nmessageid import MessageFactory


_ = MessageFactory("hopso")
