const languages = ['en', 'de'] as const;
export type Language = (typeof languages)[number];

/** The language of a tag such as `de-AT`, if it is one of ours. */
export const languageOfTag = (tag: string): Language | undefined =>
  languages.find((language) => language === tag.toLowerCase().split('-', 1)[0]);
