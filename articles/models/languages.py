"""The languages of articles, outlets and originals (BCP 47 codes), Azerbaijan's neighbours first."""

from django.utils.translation import gettext_lazy as _

LANGUAGES = [
    ("en", _("English")),
    ("az", _("Azerbaijani")),
    ("ru", _("Russian")),
    ("tr", _("Turkish")),
    ("fa", _("Persian")),
    ("ka", _("Georgian")),
    ("hy", _("Armenian")),
    ("uk", _("Ukrainian")),
    ("kk", _("Kazakh")),
    ("uz", _("Uzbek")),
    ("tk", _("Turkmen")),
    ("ar", _("Arabic")),
    ("he", _("Hebrew")),
    ("ur", _("Urdu")),
    ("zh", _("Chinese")),
    ("ja", _("Japanese")),
    ("ko", _("Korean")),
    ("de", _("German")),
    ("fr", _("French")),
    ("it", _("Italian")),
    ("es", _("Spanish")),
    ("pt", _("Portuguese")),
    ("nl", _("Dutch")),
    ("pl", _("Polish")),
    ("hu", _("Hungarian")),
    ("ro", _("Romanian")),
    ("cs", _("Czech")),
    ("el", _("Greek")),
    ("bg", _("Bulgarian")),
    ("sv", _("Swedish")),
]

LANGUAGE_NAMES = dict(LANGUAGES)

# Whole sentences: a language's name changes with the words around it in most languages but English.
TRANSLATED_FROM = {
    "en": _("Translated from English"),
    "az": _("Translated from Azerbaijani"),
    "ru": _("Translated from Russian"),
    "tr": _("Translated from Turkish"),
    "fa": _("Translated from Persian"),
    "ka": _("Translated from Georgian"),
    "hy": _("Translated from Armenian"),
    "uk": _("Translated from Ukrainian"),
    "kk": _("Translated from Kazakh"),
    "uz": _("Translated from Uzbek"),
    "tk": _("Translated from Turkmen"),
    "ar": _("Translated from Arabic"),
    "he": _("Translated from Hebrew"),
    "ur": _("Translated from Urdu"),
    "zh": _("Translated from Chinese"),
    "ja": _("Translated from Japanese"),
    "ko": _("Translated from Korean"),
    "de": _("Translated from German"),
    "fr": _("Translated from French"),
    "it": _("Translated from Italian"),
    "es": _("Translated from Spanish"),
    "pt": _("Translated from Portuguese"),
    "nl": _("Translated from Dutch"),
    "pl": _("Translated from Polish"),
    "hu": _("Translated from Hungarian"),
    "ro": _("Translated from Romanian"),
    "cs": _("Translated from Czech"),
    "el": _("Translated from Greek"),
    "bg": _("Translated from Bulgarian"),
    "sv": _("Translated from Swedish"),
}

# Written from right to left.
RIGHT_TO_LEFT = {"ar", "fa", "he", "ur"}
