"""The blueprint that every file of this folder adds to."""

from flask import Blueprint

pages = Blueprint("cases", __name__, url_prefix="/desk/<desk>/cases")
