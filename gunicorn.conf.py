"""How gunicorn serves the site, here and on a server: `gunicorn azemedia.wsgi` finds this file."""

import os

bind = f"{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = 4
# A worker that leaks is replaced before it hurts, and not all of them at once. Seldom: most requests are
# answered from the page cache, thousands a second, and starting anew would cost more than answering.
max_requests = 500_000
max_requests_jitter = 50_000
# Two copies on one machine would fight over the socket, and nobody here speaks to it.
control_socket_disable = True
