import { useEffect } from 'react';

const isForFiles = ({ target }: Event) => target instanceof HTMLInputElement && target.type === 'file';

/** A file that is dropped where nothing takes it does not lead the window away from itself, to the file. */
export function useStrayDrops(): void {
  useEffect(() => {
    const stay = (event: DragEvent) => {
      if (event.defaultPrevented || isForFiles(event) || !event.dataTransfer?.types.includes('Files')) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = 'none';
    };
    for (const name of ['dragover', 'drop'] as const) window.addEventListener(name, stay);
    return () => {
      for (const name of ['dragover', 'drop'] as const) window.removeEventListener(name, stay);
    };
  }, []);
}
