import pytest

from accounts.templatetags.devices import device

WEBKIT = "AppleWebKit/537.36 (KHTML, like Gecko)"


@pytest.mark.parametrize(
    ("user_agent", "called"),
    [
        (f"Mozilla/5.0 (X11; Linux x86_64) {WEBKIT} Chrome/140.0 Safari/537.36", "Chrome on Linux"),
        (
            f"Mozilla/5.0 (Windows NT 10.0; Win64) {WEBKIT} Chrome/140.0 Safari/537.36 Edg/140.0",
            "Edge on Windows",
        ),
        (f"Mozilla/5.0 (Macintosh; Intel Mac OS X) {WEBKIT} Version/18 Safari/605.1", "Safari on a Mac"),
        ("Mozilla/5.0 (Android 15; Mobile) Gecko/145.0 Firefox/145.0", "Firefox on Android"),
        (
            f"Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) {WEBKIT} CriOS/140 Safari/604",
            "Chrome on iPhone",
        ),
        ("curl/8.1", "Unknown browser"),
        ("", "Unknown browser"),
    ],
)
def test_a_browser_is_called_as_its_owner_calls_it(user_agent, called):
    assert device(user_agent) == called
