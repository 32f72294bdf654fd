"""Where things are published (Art 23), and which places reach only some people."""

CHANNELS = ("website", "gazette", "new_media", "notice_board", "handed_out")

CHANNEL_NAMES = {
    "website": "政府网站",
    "gazette": "政府公报",
    "new_media": "政务新媒体",
    "notice_board": "公告栏张贴",
    "handed_out": "送达本人",
}

#: What reaches the people of a region, or of a group, and nobody else.
LIMITED = frozenset({"notice_board", "handed_out"})
