import { useEffect } from 'react';
import type { AroundNavHandler } from 'wouter';
import { navigate as goTo } from 'wouter/use-browser-location';
import { type Text, useText } from '../text/use-text.ts';
import { confirmHarm } from './confirm.tsx';

/** Forms with something in them that is not saved, and where they are. */
const held = new Set<symbol>();
let heldAt = '';

let onBack: (event: Event) => void = () => undefined;
// A window calls its listeners in their order: this one has to be there before the router's.
addEventListener('popstate', (event) => onBack(event));

const pathOf = (address: string) => new URL(address, location.href).pathname;

/** While that is so, the person is asked before the place is left. */
export function useUnsaved(isChanged: boolean): void {
  useEffect(() => {
    if (!isChanged) return undefined;
    const form = Symbol('form');
    if (held.size === 0) heldAt = location.href;
    held.add(form);
    return () => void held.delete(form);
  }, [isChanged]);
}

/** A question is on the screen. */
let isAsked = false;
/** What the last one was closed with: whoever else hears of the same key is to leave it at that. */
let closedWith: Event | undefined;

/** Asks whether what is not saved may go, and leaves when it may. */
function askToLeave(text: Text['common']['unsaved'], leave: () => void): void {
  // No timer could tell that: a browser puts them off after a click, and the way back comes before them.
  const isItsKey = closedWith !== undefined && closedWith === window.event;
  if (isAsked || isItsKey) return;
  isAsked = true;
  confirmHarm({
    title: text.title,
    body: text.body,
    action: text.action,
    run: async () => leave(),
    onClose: () => {
      isAsked = false;
      closedWith = window.event;
    },
  });
}

/** Closes a dialog with a form that changes no place, once the person has agreed where something is not saved. */
export function useClosing(isChanged: boolean, close: () => void): () => void {
  const text = useText().common.unsaved;
  useUnsaved(isChanged);
  return () => (isChanged ? askToLeave(text, close) : close());
}

/** For the router: every way that leads elsewhere, asks first where something is not saved. */
export function useLeaveGuard(): AroundNavHandler {
  const text = useText().common.unsaved;

  const ask = (leave: () => void) =>
    askToLeave(text, () => {
      held.clear();
      leave();
    });

  useEffect(() => {
    // Before the router hears of it; what was gone back from is put back, since nobody can keep it from happening.
    onBack = (event) => {
      if (held.size === 0 || pathOf(location.href) === pathOf(heldAt)) return;
      event.stopImmediatePropagation();
      const wanted = location.href;
      history.pushState(history.state, '', heldAt);
      ask(() => goTo(wanted));
    };
    // The app hides its window when it is closed: nothing is lost then, and a page that asks would keep it from ending.
    const closing = (event: BeforeUnloadEvent) => {
      if (held.size > 0 && window.desktop === undefined) event.preventDefault();
    };
    addEventListener('beforeunload', closing);
    return () => {
      onBack = () => undefined;
      removeEventListener('beforeunload', closing);
    };
  });

  return (navigate, to, options) => {
    if (held.size === 0 || pathOf(to) === pathOf(heldAt)) navigate(to, options);
    else ask(() => navigate(to, options));
  };
}
