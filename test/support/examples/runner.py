"""Runs example programs, one after the other, and tells what they printed and what they were answered."""

import contextlib
import io
import json
import os
import sys
import traceback

import requests

answers = []
send = requests.Session.send


def watched(session, request, **options):
    answer = send(session, request, **options)
    answers.append(
        {
            "method": request.method,
            "url": request.path_url,
            "status": answer.status_code,
            "headers": {name.lower(): value for name, value in answer.headers.items()},
            "text": answer.text,
        }
    )
    return answer


requests.Session.send = watched

settings = json.loads(sys.stdin.readline())
os.chdir(settings["folder"])
for line in sys.stdin:
    asked = json.loads(line)
    os.environ.update(asked["env"])
    answers.clear()
    printed = io.StringIO()
    problem = None
    try:
        with contextlib.redirect_stdout(printed):
            exec(compile(asked["source"], asked["name"], "exec"), {"__name__": "__main__"})
    except BaseException:
        problem = traceback.format_exc()
    result = {"printed": printed.getvalue(), "answers": list(answers), "problem": problem}
    print(json.dumps({"answers": asked["id"], "result": result}), flush=True)
