# E is the month in the genitive, as it is said with a day.
DATE_FORMAT = "j E Y"
MONTH_DAY_FORMAT = "j E"
TIME_FORMAT = "H:i"
DATETIME_FORMAT = "j E Y, H:i"
WEEKDAY_DATE_FORMAT = "l, j E Y"
