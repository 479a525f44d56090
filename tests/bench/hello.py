"""The yardstick: a bare Flask application under waitress. Argument: the port."""

import sys

from flask import Flask
from waitress import serve

app = Flask(__name__)


@app.get("/")
def hello():
    return "Halo"


serve(app, host="127.0.0.1", port=int(sys.argv[1]), threads=8, ident=None)
