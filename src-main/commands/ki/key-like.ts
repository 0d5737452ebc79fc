/** As the keys of providers begin. No model and no provider does. */
const KEY = /^(?:sk-|sk_|gsk_|pplx-|AIza|xai-|hf_|bm_)\S{8,}$/;
const WORD_LENGTH = 20;

/** Whether a word is a key, wherever in a line it stands: people mix the order up. */
export const isKeyLike = (word: string): boolean => KEY.test(word);
export const hasKeyLike = (words: readonly string[]): boolean => words.some(isKeyLike);

/** A word as an answer may say it again: as long as no word is, it could be a key. */
export const sayable = (word: string): string =>
  isKeyLike(word) || word.length > WORD_LENGTH ? `${word.slice(0, 3)}…` : word;
