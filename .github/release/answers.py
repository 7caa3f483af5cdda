"""A registry that gives one answer: answers.py PORT STATUS CODE. An empty CODE is an empty body."""

import http.server
import json
import sys

PORT, STATUS, CODE = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]


class Answer(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        body = json.dumps({"errors": [{"code": CODE, "message": CODE.lower()}]}).encode() if CODE else b""
        self.send_response(200 if self.path == "/v2/" else STATUS)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(body)

    do_HEAD = do_GET

    def log_message(self, *_):
        pass


http.server.HTTPServer(("127.0.0.1", PORT), Answer).serve_forever()
