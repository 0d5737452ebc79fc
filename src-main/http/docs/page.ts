import type { OpenApiDocument } from '../openapi/types.ts';
import { highlight } from './highlight.ts';
import { type Html, html, prose } from './html.ts';
import { type Entry, methodMark, routeSection } from './route.ts';

/** The files that the page is made of besides itself; all of them are ours, and nothing else is loaded. */
export const PAGE_FILES = { style: '/docs/page.css', script: '/docs/page.js', client: '/docs/botmother.ts' };

interface Section {
  name: string;
  description: string;
  entries: Entry[];
}

/** The OpenAPI document as one page to read. It says everything without its script, which only makes it handier. */
export function docsPage(document: OpenApiDocument): string {
  const { info, components } = document;
  const server = document.servers[0]?.url ?? '';
  const sections = sectionsOf(document);
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Botmother: HTTP API</title>
<link rel="stylesheet" href="${PAGE_FILES.style}">
<script src="${PAGE_FILES.script}" defer></script>
</head>
<body>
<a class="skip" href="#routes">To the routes</a>
<nav aria-label="Routes">
<p class="brand">Botmother <small>HTTP API ${info.version}</small></p>
<div class="search" hidden><input type="search" placeholder="Search routes" aria-label="Search routes" autocomplete="off" spellcheck="false"><kbd>/</kbd></div>
<p class="found" role="status"></p>
<div class="list">
<section><h2>Reading</h2><ul>${READING.map(({ id, title }) => html`<li><a href="#${id}">${title}</a></li>`)}</ul></section>
${sections.map(contents)}</div>
</nav>
<main>
<header>
<h1>HTTP API</h1>
<p class="lead">${prose(info.description)}</p>
</header>
${READING.map(({ id, title, text }) => html`<section class="reading" id="${id}"><h2>${title}</h2>${text({ server, components })}</section>`)}
<div id="routes">
${sections.map(
  ({
    name,
    description,
    entries,
  }) => html`<section class="routes"><h2>${name}</h2><p>${prose(description)}</p>
${entries.map((entry) => routeSection(entry, document))}</section>`,
)}
</div>
</main>
</body>
</html>
`.text;
}

function sectionsOf({ tags, paths }: OpenApiDocument): Section[] {
  const all = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]): Entry => ({ path, method, operation })),
  );
  return tags
    .map(({ name, description }) => ({
      name,
      description,
      entries: all.filter(({ operation }) => operation.tags.includes(name)),
    }))
    .filter(({ entries }) => entries.length > 0);
}

const contents = ({ name, entries }: Section): Html =>
  html`<section><h2>${name}</h2><ul>${entries.map(
    ({ path, method, operation }) =>
      html`<li data-for="${operation.operationId}"><a href="#${operation.operationId}" title="${operation.summary}">${methodMark(method)}<span>${shortened(path)}</span></a></li>`,
  )}</ul></section>`;

/** What all routes of a list begin with says nothing there; long paths may break at their slashes. */
const shortened = (path: string): Html[] =>
  path
    .replace(/^\/(bot|api\/v1)\//, '')
    .split('/')
    .map((step, index) => html`${index === 0 ? step : html`<wbr>/${step}`}`);

interface Place {
  server: string;
  components: OpenApiDocument['components'];
}
const shell = (source: string): Html =>
  html`<div class="code"><pre tabindex="0"><code>${highlight('Shell', source)}</code></pre></div>`;

const READING: readonly { id: string; title: string; text: (place: Place) => Html }[] = [
  {
    id: 'begin',
    title: 'Begin',
    text: ({
      server,
    }) => html`<p>Base URL <code>${server}</code>. The examples below can be run as they stand once the token is in the environment. The
token of a bot comes from <code>/newbot</code> in your chat or from <code>/bot/create</code>; the admin token, which ${
      server.startsWith('https:')
        ? 'all management needs'
        : html`only the routes under <code>/api/v1</code> need here`
    }, is printed by <code>botmother admin-token show</code>.</p>
${shell(`export TOKEN=bm_...\nexport ADMIN_TOKEN=bma_...`)}
${
  server.startsWith('https:')
    ? html`<p>With a certificate that Botmother made itself, tell your program to trust it: <code>curl --cacert</code>,
<code>REQUESTS_CA_BUNDLE</code> for Python, <code>NODE_EXTRA_CA_CERTS</code> for Node.</p>`
    : undefined
}`,
  },
  {
    id: 'client',
    title: 'TypeScript client',
    text: ({
      server,
    }) => html`<p><a href="${PAGE_FILES.client}" download>botmother.ts</a> is the typed client of the examples: one file without
dependencies, for Node 22.18 or newer and for browsers. Every route is a function; what it refuses is an <code>ApiError</code> with <code>code</code>,
<code>httpStatus</code> and <code>retryAfter</code>. <code>pollUpdates</code> and <code>streamUpdates</code> are loops over all that is written to a bot.</p>
${shell(`curl --output botmother.ts ${server}${PAGE_FILES.client}`)}
<div class="code"><pre tabindex="0"><code>${highlight('TypeScript', echo(server))}</code></pre></div>`,
  },
  {
    id: 'failures',
    title: 'Failures',
    text: ({
      components,
    }) => html`<p>${prose('Every failure has this shape; `error` is for programs, `description` says what to change. Besides the failures of each route: an unknown path is 404 `not_found`, a method that a path does not take is 405 `method_not_allowed` with the header `Allow`.')}</p>
<div class="code"><pre tabindex="0"><code>${highlight(
      'JSON',
      JSON.stringify(
        components.responses.UnknownRoute?.content?.['application/json']?.examples?.['route.unknown']?.value,
        undefined,
        2,
      ),
    )}</code></pre></div>
<p>The whole description as data: <a href="/openapi.json">OpenAPI 3.1</a>, with the examples of this page in it.</p>`,
  },
];

const echo = (server: string) => `import { createClient, pollUpdates, sendMessage } from './botmother.ts';

const client = createClient({ baseUrl: '${server}', token: process.env.TOKEN });

for await (const { type, data } of pollUpdates(client)) {
  if (type === 'message') await sendMessage(client, { to: data.from, text: \`You said: \${data.body}\` });
}`;
