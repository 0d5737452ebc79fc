import { useMediaQuery } from '@mantine/hooks';

const useIsBelow = (width: number) =>
  useMediaQuery(`(max-width: ${width - 1}px)`, window.innerWidth < width, { getInitialValueInEffect: false });

/** Whether there is room for a strip of marks only, in the place of a list. */
export const useIsNarrow = () => useIsBelow(960);

/** Whether things lie one above the other, as on a telephone: beside each other there is no room. Style sheets say the same. */
export const useIsSlim = () => useIsBelow(600);
