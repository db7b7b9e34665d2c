"""Where the register's pages stand."""

from flask import Blueprint

pages = Blueprint("respondents", __name__, url_prefix="/desk/<desk>/respondents")
