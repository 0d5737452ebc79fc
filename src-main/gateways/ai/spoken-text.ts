/** What XML cannot carry, what moves a terminal's cursor, and returns of the carriage: a line ends with \n. */
const UNSPEAKABLE = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\ufffe\uffff]/g;
const ENDS_HALFWAY = /[\ud800-\udbff]$/;

/** Takes the pieces of a text, also those that end within a character, and gives what of it people may see. */
export function spokenText() {
  let half = '';
  return {
    next(piece: string): string {
      const text = half + piece;
      half = ENDS_HALFWAY.exec(text)?.[0] ?? '';
      return text
        .slice(0, text.length - half.length)
        .toWellFormed()
        .replace(UNSPEAKABLE, '');
    },
    /** What is still kept back. */
    end(): string {
      const rest = half.toWellFormed();
      half = '';
      return rest;
    },
  };
}
