import pytest

from benchmarks.load import Rate, read
from benchmarks.processes import FailedError

WRK = """Running 3s test @ http://127.0.0.1:8000/
  2 threads and 16 connections
  Thread Stats   Avg      Stdev     Max   +/- Stdev
  12034 requests in 3.01s, 120.00MB read
  Socket errors: connect 1, read 2, write 0, timeout 4
  Non-2xx or 3xx responses: 30
Requests/sec:   3998.01
Transfer/sec:     39.80MB
"""
HEY = """
Summary:
  Requests/sec:	1234.5

Status code distribution:
  [200]	3600 responses
  [502]	3 responses
"""


@pytest.mark.parametrize(
    ("report", "rate"),
    [(WRK, Rate(3998.01, 37)), (HEY, Rate(1234.5, 3)), ("Requests/sec:  7.0", Rate(7.0, 0))],
)
def test_a_report_gives_the_rate_and_what_failed(report, rate):
    assert read(report) == rate


def test_a_report_of_nothing_is_refused():
    with pytest.raises(FailedError, match="unable to connect"):
        read("unable to connect to 127.0.0.1:1")
