import { type RefObject, useEffect } from 'react';

/**
 * Who sees the newest message goes on seeing it when there is less room for messages: because more lines are typed below
 * them, a panel opens beside them, or the window shrinks. `nearPx`: so near to the end counts as at it.
 */
export function useStayAtEnd(scroll: RefObject<HTMLElement | null>, nearPx: number, toEnd: () => void): void {
  useEffect(() => {
    const element = scroll.current;
    if (!element) return;
    let height = element.clientHeight;
    const observer = new ResizeObserver(() => {
      const before = height;
      height = element.clientHeight;
      const below = element.scrollHeight - before - element.scrollTop;
      if (height < before && below <= nearPx) toEnd();
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [scroll, nearPx, toEnd]);
}
