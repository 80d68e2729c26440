"""How the paper writes dates in English; also the desk, which speaks nothing else.

The last name is our own: for the masthead.
"""

DATE_FORMAT = "j F Y"
MONTH_DAY_FORMAT = "j F"
TIME_FORMAT = "H:i"
DATETIME_FORMAT = "j M Y, H:i"
WEEKDAY_DATE_FORMAT = "l, j F Y"
