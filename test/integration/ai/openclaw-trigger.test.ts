import { describe, expect, it } from 'vitest';
import { KEY, problemOf, providerRig } from '../../support/ai/provider-rig.ts';

const signal = () => new AbortController().signal;

describe('handing a text to the agent of OpenClaw', () => {
  it('posts it to the hook and gives the id of the run', async () => {
    const rig = await providerRig('openclaw');

    const run = await rig.provider.trigger?.('Check my website', signal());

    expect(run).toEqual({ runId: 'run-stub' });
    expect(rig.stub.asked).toMatchObject([
      { method: 'POST', path: '/hooks/agent', key: KEY, body: { message: 'Check my website' } },
    ]);
    expect(rig.lines.join('')).not.toMatch(/Check my website|sk-test/);
  });

  it('fails as asking does', async () => {
    const rig = await providerRig('openclaw');
    const trigger = () => rig.provider.trigger?.('x', signal()) ?? Promise.resolve();
    const failing = async (answer: Parameters<typeof rig.stub.next>[0]) => {
      rig.stub.next(answer);
      return (await problemOf(trigger())).kind;
    };

    expect(await failing({ status: 400 })).toBe('bad-request');
    expect(await failing({ status: 413 })).toBe('too-long');
    expect(await failing({ status: 503 })).toBe('busy');
    rig.stub.behaviour.instead = (_asked, _request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"ok":true}');
      return true;
    };
    expect((await problemOf(trigger())).kind).toBe('garbage');
    rig.stub.behaviour.instead = (_asked, _request, response) => {
      response.writeHead(200, { 'content-type': 'text/html' }).end('<html>');
      return true;
    };
    expect((await problemOf(trigger())).kind).toBe('garbage');
    const wrong = await providerRig('openclaw', { settings: { apiKey: 'another-token-0123456789' } });
    expect((await problemOf(wrong.provider.trigger?.('x', signal()) ?? Promise.resolve())).kind).toBe('key');
  });

  it("asks the agent that is there by the guide's word for it", async () => {
    const rig = await providerRig('openclaw');

    await rig.ask({ model: 'agent' });

    expect(rig.stub.asked[0]?.model).toBe('openclaw');
  });

  it('is nothing that others can', async () => {
    const rig = await providerRig('groq');

    expect(rig.provider.trigger).toBeUndefined();
  });

  it('names the switch when the chat endpoint is off, as it is at first', async () => {
    const rig = await providerRig('openclaw');
    rig.stub.behaviour.instead = (_asked, _request, response) => {
      response.writeHead(404, { 'content-type': 'text/plain' }).end('Not Found');
      return true;
    };

    expect(await problemOf(rig.ask())).toMatchObject({
      kind: 'bad-request',
      message: expect.stringContaining('gateway.http.endpoints.chatCompletions'),
    });
  });
});
