import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import { format } from 'node:util';

// Runs example programs, one after the other, and tells what they printed and what they were answered.

let answers = [];
const realFetch = globalThis.fetch;
globalThis.fetch = async (url, init) => {
  const answer = await realFetch(url, init);
  const { pathname, search } = new URL(url);
  answers.push({
    method: init.method,
    url: pathname + search,
    status: answer.status,
    headers: Object.fromEntries(answer.headers),
    text: await answer.clone().text(),
  });
  return answer;
};
let printed = '';
console.log = (...words) => {
  printed += `${format(...words)}\n`;
};

const lines = createInterface({ input: process.stdin });
let isFirst = true;
for await (const line of lines) {
  const asked = JSON.parse(line);
  if (isFirst) {
    isFirst = false;
    process.chdir(asked.folder);
    continue;
  }
  Object.assign(process.env, asked.env);
  answers = [];
  printed = '';
  let problem = null;
  try {
    await import(pathToFileURL(asked.file).href);
  } catch (error) {
    problem = String(error?.stack ?? error);
  }
  process.stdout.write(`${JSON.stringify({ answers: asked.id, result: { printed, answers, problem } })}\n`);
}
