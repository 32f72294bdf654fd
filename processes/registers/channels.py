"""Where things are published (Art 23); the website is the first place."""

CHANNELS = ("website", "gazette", "new_media")

CHANNEL_NAMES = {
    "website": "政府网站",
    "gazette": "政府公报",
    "new_media": "政务新媒体",
}
