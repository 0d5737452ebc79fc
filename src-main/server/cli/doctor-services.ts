import type { HealthFinding } from '../../../src-shared/api/health.ts';
import type { Config } from '../config.ts';
import { portProblem } from '../free-port.ts';
import { wordsFor } from '../words.ts';
import { type Api, reachApi } from './api-client.ts';
import { bad, type Finding, good } from './finding.ts';
import { Refused } from './verb.ts';

/** Whether an engine could start; a running one says itself how its API is. */
async function checkPort(api: Api, config: Config): Promise<Finding> {
  const value = async (key: string) =>
    (await api.call<{ result: { value: unknown } }>('GET', `/api/v1/settings/${key}`)).result.value;
  const port = config.port ?? Number(await value('api_port'));
  const mode = config.mode ?? ((await value('api_mode')) === 'network' ? 'network' : 'local');
  const problem = await portProblem(port, mode);
  if (problem === undefined) return good(`no engine runs; port ${port} is free. Start it: botmother serve`);
  const fix = 'botmother settings set api_port N';
  return problem === 'taken'
    ? bad(`port ${port} is used by another program`, `Stop that program, or: ${fix}`)
    : bad(`this machine does not let port ${port} be used`, fix);
}

/** A finding of the engine as a line: what it says of how things are is the same that the window shows. */
export function lineOf({ level, title, detail, fix }: HealthFinding): Finding {
  const what = detail === null ? title : `${title}: ${detail}`;
  const isWrong = level === 'warning' || level === 'error';
  if (isWrong) return bad(what, fix?.cli ?? '');
  return good(fix === null ? what : `${what}. ${fix.cli}`);
}

/** What only the running engine, or the opened data folder, can tell. */
export async function checkServices(config: Config): Promise<Finding[]> {
  let api: Api;
  try {
    api = await reachApi(config);
  } catch (error) {
    const words = error instanceof Refused ? error.message : wordsFor(error);
    return [bad(words, 'That has to be put right first; then run doctor again.')];
  }
  try {
    const { result } = await api.call<{ result: { findings: HealthFinding[] } }>(
      'GET',
      '/api/v1/health?lang=en',
    );
    return [...(api.isRunning ? [] : [await checkPort(api, config)]), ...result.findings.map(lineOf)];
  } finally {
    await api.close();
  }
}
