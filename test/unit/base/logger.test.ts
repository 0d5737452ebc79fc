import { describe, expect, it } from 'vitest';
import { createLogger } from '../../../src-main/base/logger.ts';
import { redact } from '../../../src-main/base/redact.ts';

function logged(write: (log: ReturnType<typeof createLogger>) => void): string {
  const lines: string[] = [];
  write(createLogger('trace', { write: (line) => void lines.push(line) }));
  return lines.join('');
}

const token = `bm_${'ab12'.repeat(16)}`;

describe('the log', () => {
  it('hides secrets by field, wherever they stand', () => {
    const lines = logged((log) =>
      log.info({ password: 'hunter2', request: { token, body: 'hello' }, botId: 3 }, 'done'),
    );

    expect(lines).not.toMatch(/hunter2|ab12|hello/);
    expect(JSON.parse(lines)).toMatchObject({ botId: 3, msg: 'done', level: 'info' });
  });

  it('hides tokens, webhook secrets and passwords inside texts and errors', () => {
    const error = new Error(`refused ${token} at https://you:hunter2@host/ with whsec_${'A'.repeat(43)}=`);

    const lines = logged((log) => {
      log.error({ err: error }, `failed for ${token}`);
    });

    expect(lines).not.toMatch(/ab12|hunter2|AAAA/);
    expect(redact(token)).toBe('bm_[hidden]');
  });

  it('keeps no other members of an error', () => {
    const error = Object.assign(new Error('no'), { code: 'E1', config: { password: 'hunter2' } });

    expect(logged((log) => log.error({ err: error }, 'x'))).not.toContain('hunter2');
  });
});
