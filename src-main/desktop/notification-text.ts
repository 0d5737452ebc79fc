/**
 * What a notification says, as its service is to be given it. On Linux most services read markup in it (Desktop
 * Notifications, 'body-markup'), and Electron passes on what it gets: what somebody wrote would be read as tags, with
 * pictures fetched from where they say. A service that reads none would show what is escaped; one that cannot be asked
 * is taken for one that does.
 */
export function notificationText(capabilities: () => Promise<readonly string[] | undefined>) {
  let asked: Promise<readonly string[] | undefined> | undefined;

  return async (words: string): Promise<string> => {
    if (!/[&<>]/.test(words)) return words;
    asked ??= capabilities();
    const known = await asked;
    // Somebody who has not answered may do so the next time.
    if (known === undefined) asked = undefined;
    return known?.includes('body-markup') === false ? words : escaped(words);
  };
}

const escaped = (words: string) =>
  words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
