/** Addresses of received files are stored as what comes behind the base of the bot API, which may be another one later. */
export const storedLink = (token: string) => `file/${token}`;

interface WithFiles {
  files: { url: string }[];
}

/** Of the JSON that an update is; a text cannot look like that, because quotation marks in it are escaped. */
const FILES = /"files":\[/;

/**
 * Makes complete addresses of the files in an update, as the API is reached at this moment: updates wait for a day, and
 * ports, modes and certificates change meanwhile. `data` is JSON text; one without files stays as it is.
 */
export const fileLinks =
  (apiUrl: () => string) =>
  (data: string): string => {
    if (!FILES.test(data)) return data;
    const { files, ...rest } = JSON.parse(data) as WithFiles;
    const base = apiUrl();
    return JSON.stringify({
      ...rest,
      files: files.map((file) => ({ ...file, url: new URL(file.url, base).href })),
    });
  };
export type FileLinks = ReturnType<typeof fileLinks>;
