import type { FastifyRequest } from 'fastify';
import { settingForm } from '../../src-shared/api/setting-forms.ts';
import { settingsDe } from '../../src-shared/text/settings-de.ts';
import { type Language, languageOfTag } from '../../src-shared/text/translate.ts';

/** The language that a browser would rather read; without a wish of ours, English. */
export function wishedLanguage({ headers }: Pick<FastifyRequest, 'headers'>): Language {
  const wishes = (headers['accept-language'] ?? '').split(',').map((wish) => {
    const [tag = '', ...more] = wish.trim().split(';');
    const weight = Number(/^\s*q=([\d.]+)/.exec(more.join(';'))?.[1] ?? 1);
    return { language: languageOfTag(tag), weight };
  });
  const [best] = wishes
    .filter(({ language, weight }) => language !== undefined && weight > 0)
    .sort((one, other) => other.weight - one.weight);
  return best?.language ?? 'en';
}

/** A setting with its name and its meaning in the language of who asks, and how a form asks for it. */
export function worded<S extends { key: keyof typeof settingsDe; summary: string }>(
  request: Pick<FastifyRequest, 'headers'>,
  setting: S,
): S & ReturnType<typeof settingForm> {
  const language = wishedLanguage(request);
  const summary = language === 'de' ? settingsDe[setting.key] : setting.summary;
  return { ...setting, ...settingForm(setting.key, language), summary };
}
