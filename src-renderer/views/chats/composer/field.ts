/** What stands in the field, and what stood there before something else had to be put into it. */
export interface Field {
  words: string;
  aside: string | undefined;
}

const isBlank = (text: string) => text.trim() === '';

/** The field with another text in it; what was typed there is set aside, and comes back when that is done with. */
export function filled({ words, aside }: Field, next: string): Field {
  const typed = isBlank(words) || words.startsWith('/') ? undefined : words;
  return { words: next, aside: aside ?? typed };
}

/** What stands in the field is sent, or given up. */
export const emptied = ({ aside }: Field): Field => ({ words: aside ?? '', aside: undefined });

/** Somebody types. Who deletes all that was put there gets back what stood there before. */
export const typed = (field: Field, next: string, isEditing: boolean): Field =>
  next === '' && !isEditing ? emptied(field) : { ...field, words: next };

/** The field with a text behind what is there, unless that ends with it. */
export function added(field: Field, text: string): Field {
  const kept = field.words.trimEnd();
  if (kept === '') return { ...field, words: text };
  return kept.endsWith(text.trimEnd()) ? { ...field, words: kept } : { ...field, words: `${kept}\n${text}` };
}

/** What was not taken stands in the field again, before what was typed meanwhile. */
export const givenBack = ({ words, aside }: Field, said: string): Field => ({
  words: isBlank(words) ? said : `${said}\n${words}`,
  aside,
});

/** What is to be kept with the conversation: what was typed there to be sent one day. */
export const draftOf = ({ words, aside }: Field, isEditing: boolean): string =>
  aside ?? (isEditing ? '' : words);
