/** The root of the project. */
export const ROOT: string;
/** A path or word as it can be pasted into a shell. */
export function shellWord(text: string): string;
