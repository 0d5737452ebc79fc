import { describe, expect, it } from 'vitest';
import { notificationText } from '../../../src-main/desktop/notification-text.ts';

const WORDS = 'Is 2 < 3 & 4 > 3? <b>&amp;</b>';
const ESCAPED = 'Is 2 &lt; 3 &amp; 4 &gt; 3? &lt;b&gt;&amp;amp;&lt;/b&gt;';

/** A service that answers one after the other. */
function service(...answers: (string[] | undefined)[]) {
  let asked = 0;
  return {
    asked: () => asked,
    textFor: notificationText(async () => answers[asked++]),
  };
}

describe('the text of a notification', () => {
  it('is read literally by a service that reads markup', async () => {
    const { textFor, asked } = service(['body', 'body-markup']);

    expect(await textFor(WORDS)).toBe(ESCAPED);
    expect(await textFor('no, & never')).toBe('no, &amp; never');
    expect(asked()).toBe(1);
  });

  it('is left alone for one that reads none', async () => {
    expect(await service(['actions', 'body']).textFor(WORDS)).toBe(WORDS);
  });

  it('is made safe for one that cannot be asked, which is asked again', async () => {
    const { textFor } = service(undefined, ['body']);

    expect(await textFor(WORDS)).toBe(ESCAPED);
    expect(await textFor(WORDS)).toBe(WORDS);
  });

  it('asks nobody about what no markup could be in', async () => {
    const { textFor, asked } = service(['body-markup']);

    expect(await textFor('Good morning! 100 %')).toBe('Good morning! 100 %');
    expect(asked()).toBe(0);
  });
});
