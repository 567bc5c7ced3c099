"""What `gunicorn cms.wsgi:application` reads when it is started here."""

worker_class = "gthread"
threads = 4
# A text of 10 kB that was pasted into an address gets a page of ours, not gunicorn's few English
# words; the web server in front says what is too long.
limit_request_line = 0
