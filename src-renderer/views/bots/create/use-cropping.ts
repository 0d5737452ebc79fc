import { useEffect, useState } from 'react';
import { useText } from '../../../text/use-text.ts';

const MOST_BYTES = 8_000_000;

/** A picture that was chosen and whose square is not chosen yet. */
export interface Cropping {
  /** Its address for this page; undefined: none. */
  source: string | undefined;
  /** Why the last one could not be used. */
  problem: string | undefined;
  begin: (file: File | null) => void;
  /** Ends it, with the square in base64. */
  take: (picture: string) => void;
  /** Ends it without one. */
  leave: (problem?: string) => void;
}

export function useCropping(onPicture: (picture: string) => void): Cropping {
  const text = useText().bots.newBot;
  const [source, setSource] = useState<string>();
  const [problem, setProblem] = useState<string>();
  useEffect(() => () => (source === undefined ? undefined : URL.revokeObjectURL(source)), [source]);
  return {
    source,
    problem,
    begin(file) {
      const isTooBig = file !== null && file.size > MOST_BYTES;
      setProblem(isTooBig ? text.pictureTooBig : undefined);
      if (file && !isTooBig) setSource(URL.createObjectURL(file));
    },
    take(picture) {
      onPicture(picture);
      setSource(undefined);
    },
    leave(why) {
      setProblem(why);
      setSource(undefined);
    },
  };
}
