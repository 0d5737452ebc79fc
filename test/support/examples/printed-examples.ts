/** An example as the page shows it. */
export interface PrintedExample {
  operationId: string;
  lang: 'Shell' | 'Python' | 'TypeScript';
  /** Of that language, counted from 0. */
  index: number;
  source: string;
}

const ENTITIES: Record<string, string> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
};

const textOf = (markup: string) =>
  markup.replace(/<[^>]+>/g, '').replace(/&(amp|lt|gt|quot|#39);/g, (entity) => ENTITIES[entity] ?? entity);

/** Reads the examples out of the page, as somebody who copies them would get them. */
export function printedExamples(page: string): PrintedExample[] {
  return [...page.matchAll(/<article id="(\w+)"[\s\S]*?<\/article>/g)].flatMap(
    ([article, operationId = '']) =>
      [...article.matchAll(/<div role="tabpanel"[^>]* data-lang="(\w+)">([\s\S]*?)<\/div>/g)].flatMap(
        ([, lang = '', panel = '']) =>
          [...panel.matchAll(/<pre[^>]*>([\s\S]*?)<\/pre>/g)].map(([, code = ''], index) => ({
            operationId,
            // The page knows these three.
            lang: lang as PrintedExample['lang'],
            index,
            source: textOf(code),
          })),
      ),
  );
}

/** The program that the page shows for the client as a whole. */
export function longerProgram(page: string): string {
  const [section = ''] = /<section class="reading" id="client">[\s\S]*?<\/section>/.exec(page) ?? [];
  const programs = [...section.matchAll(/<pre[^>]*>([\s\S]*?)<\/pre>/g)];
  return textOf(programs.at(-1)?.[1] ?? '');
}
