import { describe } from 'vitest';
import type { ProviderName } from '../../../src-shared/api/ai.ts';
import type { Contract } from './contract.ts';
import { describeAnswers } from './provider-answers.ts';
import { describeFailures } from './provider-failures.ts';

/** What holds for every provider, against the exchange that it documents. */
export function describeProvider(name: ProviderName, contract: Contract): void {
  describe(`${name}, over HTTP as it documents it`, () => {
    describeAnswers(name, contract);
    describeFailures(name, contract);
  });
}
