import { TOKEN } from './calls.ts';
import type { ApiFacts } from './facts.ts';

/** A bot that repeats what it is told, with nothing but Python's own library. */
export function pythonExample({ server }: ApiFacts): string {
  const isTrusted = !server.certificate?.self_made;
  return [
    'import json, ssl, urllib.request',
    `API, TOKEN = "${server.url}", "${TOKEN}"`,
    `TLS = ${isTrusted ? 'None' : 'ssl.create_default_context(cafile="server.crt")'}`,
    'def call(method, body=None):',
    '    request = urllib.request.Request(API + method, body and json.dumps(body).encode())',
    '    request.add_header("Authorization", "Bearer " + TOKEN)',
    '    request.add_header("Content-Type", "application/json")',
    '    with urllib.request.urlopen(request, context=TLS, timeout=60) as answer:',
    '        return json.load(answer)["result"]',
    'offset = 0',
    'while True:',
    '    for update in call(f"getUpdates?offset={offset}&timeout=30"):',
    '        offset = update["update_id"]',
    '        said = update["data"]',
    '        call("sendMessage", {"to": said["from"], "text": "You said: " + said["body"]})',
  ].join('\n');
}
