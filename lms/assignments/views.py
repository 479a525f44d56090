"""The duties of the person who is signed in: /penugasan."""

from flask import Blueprint

from . import letters, rounds

bp = Blueprint("duties", __name__)
_ = letters, rounds
