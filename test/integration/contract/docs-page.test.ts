import { describe, expect, it } from 'vitest';
import { describedRoutes } from '../../support/described.ts';
import { publicDoor } from '../../support/public-door.ts';
import { testEngine } from '../../support/test-engine.ts';

const { operations } = await describedRoutes();
const FILES = ['/docs/page.css', '/docs/page.js', '/docs/botmother.ts'];

describe('the page /docs', () => {
  it('shows every route, and loads two files of its own and nothing else', async () => {
    const engine = await testEngine();

    const page = await engine.app.inject('/docs');

    expect(page.statusCode).toBe(200);
    expect(page.headers['content-type']).toBe('text/html; charset=utf-8');
    const policy = String(page.headers['content-security-policy']);
    expect(policy).toMatch(/^default-src 'none'; style-src 'self'; script-src 'self';/);
    expect(policy).not.toContain('unsafe');
    for (const { operation, path } of operations) {
      expect(page.body).toContain(`id="${operation.operationId}"`);
      expect(page.body).toContain(path);
    }
    const loaded = [...page.body.matchAll(/<(?:link|script|img|iframe)[^>]*?(?:href|src)="([^"]+)"/g)];
    expect(loaded.map(([, address]) => address).sort()).toEqual(['/docs/page.css', '/docs/page.js']);
    expect(page.body).not.toMatch(/<style|<script>|\son\w+=|style="|<img|<iframe|href="(?![#/])/i);
    const [style, script] = await Promise.all(FILES.slice(0, 2).map((path) => engine.app.inject(path)));
    expect(style?.body).not.toMatch(/url\(|@import|https?:/);
    expect(script?.body).not.toMatch(/fetch|XMLHttpRequest|import\(|https?:|innerHTML|cookie/);
  });

  it('gives its files away as what they are', async () => {
    const door = await publicDoor(await testEngine());
    const types = ['text/css; charset=utf-8', 'text/javascript; charset=utf-8', 'text/plain; charset=utf-8'];

    const answers = await Promise.all(FILES.map((path) => door.ask('GET', path)));

    expect(answers.map(({ headers }) => headers['content-type'])).toEqual(types);
    for (const { headers } of answers) expect(headers['x-content-type-options']).toBe('nosniff');
    const [, , client] = answers;
    expect(client?.text).toContain('export function createClient');
    expect(client?.text).not.toMatch(/^import /m);
  });

  it('is open to programs on this machine, but not under a foreign host name', async () => {
    const door = await publicDoor(await testEngine());

    for (const path of ['/docs', '/openapi.json', ...FILES]) {
      expect((await door.ask('GET', path)).status).toBe(200);
      expect((await door.ask('GET', path, { headers: { host: 'evil.example' } })).status).toBe(421);
      expect((await door.ask('POST', path)).headers.allow).toBe('GET');
    }
  });
});
