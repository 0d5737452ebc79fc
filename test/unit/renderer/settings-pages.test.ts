import { describe, expect, it } from 'vitest';
import { settings as de } from '../../../src-renderer/text/de/settings.ts';
import { settings as en } from '../../../src-renderer/text/en/settings.ts';
import { CARDS, PAGE_OF, PAGES } from '../../../src-renderer/views/settings/pages.ts';
import { fieldOf } from '../../../src-renderer/views/settings/server/field-of.ts';
import { settingForm } from '../../../src-shared/api/setting-forms.ts';
import { type SettingKey, settingKeys } from '../../../src-shared/api/settings.ts';

describe('the pages of the settings', () => {
  it('have every setting of the installation once', () => {
    const shown: SettingKey[] = Object.values(CARDS).flat();
    expect(shown.toSorted()).toEqual(settingKeys.toSorted());
  });

  it('have a place for every card', () => {
    const names = PAGES.map(({ name }) => name);
    for (const page of Object.values(PAGE_OF)) expect(names).toContain(page);
  });

  it.each([
    ['en', en],
    ['de', de],
  ] as const)('have a word for every choice: %s', (language, words) => {
    const choices: Readonly<Record<string, Readonly<Record<string, string>>>> = words.choices;
    for (const key of settingKeys) {
      const { options } = settingForm(key, language);
      for (const option of options ?? []) expect(choices[key]?.[option], `${key}: ${option}`).toBeTruthy();
    }
  });

  it('show a refusal at the field that it is about', () => {
    expect(fieldOf('ejabberd_unreachable', 'There is no answer')).toBe('ejabberd_api_url');
    expect(fieldOf('bad_request', '`admin_password` is needed')).toBe('ejabberd_admin_password');
    expect(fieldOf('bad_request', 'ejabberd_host: use a host name')).toBe('ejabberd_host');
    expect(fieldOf('storage_failed', 'the disk is full')).toBeUndefined();
  });
});
