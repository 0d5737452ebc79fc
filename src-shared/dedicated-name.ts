const NAME_LENGTH = 50;

/**
 * The localpart of a dedicated bot's account: `bot_weather_1a2b`. Of the name stay `a-z`, `0-9` and `_`; blanks and `-`
 * become `_`; where nothing stays, `bot_1a2b`.
 */
export function dedicatedName(name: string, suffix: string): string {
  const kept = name
    .toLowerCase()
    .replace(/[\s-]/gu, '_')
    .replace(/[^a-z0-9_]/g, '')
    .slice(0, NAME_LENGTH);
  const hasName = /[a-z0-9]/.test(kept);
  return hasName ? `bot_${kept}_${suffix}` : `bot_${suffix}`;
}
