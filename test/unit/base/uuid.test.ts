import { expect, it } from 'vitest';
import { timeOrderedUuid } from '../../../src-main/base/uuid.ts';

it('makes UUIDs of version 7 that are ordered by time and differ at the same time', () => {
  const ids = [0, 1, 1_700_000_000_000, 1_700_000_000_001].map(timeOrderedUuid);

  for (const id of ids)
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(ids.toSorted()).toEqual(ids);
  expect(new Set(Array.from({ length: 1_000 }, () => timeOrderedUuid(5))).size).toBe(1_000);
  expect(Number.parseInt(timeOrderedUuid(1_700_000_000_000).replace('-', '').slice(0, 12), 16)).toBe(
    1_700_000_000_000,
  );
});
