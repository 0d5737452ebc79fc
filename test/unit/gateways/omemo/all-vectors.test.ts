import { expect, it } from 'vitest';
import { VECTOR_FOLDER, VECTOR_KINDS, vectorFiles } from '../../../support/omemo-vectors.ts';

it('knows every kind of vector in the folder, so that none is left out', () => {
  const files = vectorFiles();

  const unknown = files.filter((name) => !VECTOR_KINDS.some((kind) => name.startsWith(`${kind}-`)));

  expect(files, VECTOR_FOLDER).not.toEqual([]);
  expect(unknown).toEqual([]);
});
