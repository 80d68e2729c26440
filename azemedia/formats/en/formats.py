"""How the paper writes dates in English; also the desk, which speaks nothing else.

The last two names are our own: for the masthead, and for whoever asks for the minute.
"""

DATE_FORMAT = "j F Y"
MONTH_DAY_FORMAT = "j F"
TIME_FORMAT = "H:i"
DATETIME_FORMAT = "j M Y, H:i"
WEEKDAY_DATE_FORMAT = "l, j F Y"
MINUTE_FORMAT = "j F Y, H:i"
