import { z } from 'zod';
import { settingLabels } from '../text/setting-labels.ts';
import { type BotSettingKey, botSettings } from './bot-settings.ts';
import { type SettingDeclaration, type SettingKey, settings } from './settings.ts';

type Key = SettingKey | BotSettingKey;
const declared: Readonly<Record<Key, SettingDeclaration>> = { ...settings, ...botSettings };

/** How a setting is asked for in a form. */
export interface SettingFormOf {
  type: 'flag' | 'number' | 'choice' | 'text' | 'long-text' | 'secret' | 'picture';
  /** Of a choice. */
  options: string[] | null;
  /** Of a number. */
  min: number | null;
  max: number | null;
  role: SettingDeclaration['role'];
}

/** Kept in many lines, or as the path of a picture: nothing in their schema says so. */
const SPECIAL: Partial<Record<Key, SettingFormOf['type']>> = {
  ejabberd_ca: 'long-text',
  description: 'long-text',
  avatar: 'picture',
};

function read(key: Key): SettingFormOf {
  const { schema, default: standard, isSecret, role } = declared[key];
  const none = { options: null, min: null, max: null, role };
  const special = SPECIAL[key];
  if (special) return { ...none, type: special };
  if (isSecret) return { ...none, type: 'secret' };
  if (typeof standard === 'boolean') return { ...none, type: 'flag' };
  const shape = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as {
    enum?: string[];
    minimum?: number;
    maximum?: number;
  };
  if (shape.enum) return { ...none, type: 'choice', options: shape.enum };
  if (typeof standard === 'number') {
    const { minimum: min = null, maximum: max = null } = shape;
    return { ...none, type: 'number', min, max };
  }
  return { ...none, type: 'text' };
}

// Its keys are those of the two tables.
const forms = new Map((Object.keys(declared) as Key[]).map((key) => [key, read(key)]));

/** How the setting is asked for, with its name in that language. */
export function settingForm(key: Key, language: 'en' | 'de'): SettingFormOf & { label: string } {
  const form = forms.get(key);
  if (!form) throw new Error(`there is no setting ${key}`);
  return { ...form, label: settingLabels[key][language] };
}
