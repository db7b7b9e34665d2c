"""The application for a server: `gunicorn wsgi:app`, and for commands: `flask --app wsgi casework`."""

from casework import settings
from casework.app import create_app

app = create_app(settings.load())
