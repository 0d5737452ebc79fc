/** What the browser calls a picture that is no file. */
const BITMAP = 'image.png';

/** The files in what is pasted. Programs that copy a text may add a picture of it: then it is the text that is meant. */
export function filesIn({ files, types }: { files: Iterable<File>; types: readonly string[] }): File[] {
  const found = [...files];
  const isText = types.includes('text/plain') && found.every(({ name }) => name === BITMAP);
  return isText ? [] : found;
}
