# E is the month as it is said with a day; F as it is said alone.
DATE_FORMAT = "j E Y"
MONTH_DAY_FORMAT = "j E"
TIME_FORMAT = "H:i"
DATETIME_FORMAT = "j E Y, H:i"
WEEKDAY_DATE_FORMAT = "l, j E Y"
