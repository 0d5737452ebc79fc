import type { ReactNode } from 'react';

interface IconProps {
  size?: number;
}

/** Line icons on a grid of 24. They are decoration: the words stand beside them, or in the button's name. */
const icon = (lines: ReactNode) =>
  function Icon({ size = 18 }: IconProps) {
    return (
      <svg
        aria-hidden="true"
        fill="none"
        height={size}
        stroke="currentColor"
        strokeLinecap="round"
        strokeLinejoin="round"
        strokeWidth={1.75}
        viewBox="0 0 24 24"
        width={size}
      >
        {lines}
      </svg>
    );
  };

export const CheckIcon = icon(<path d="M5 12.500l4.500 4.500L19 7.500" />);
export const PulseIcon = icon(<path d="M3 12h4l2-6 4 12 2-9 1.500 3H21" />);
export const RefreshIcon = icon(<path d="M20 11a8 8 0 0 0-15-3M4 4v4h4M4 13a8 8 0 0 0 15 3m1 4v-4h-4" />);
export const CopyIcon = icon(
  <>
    <rect height="12" rx="2.500" width="12" x="8" y="8" />
    <path d="M16 5.500A2.500 2.500 0 0 0 13.500 4h-7A2.500 2.500 0 0 0 4 6.500v7A2.500 2.500 0 0 0 5.500 16" />
  </>,
);
export const ProblemIcon = icon(
  <>
    <circle cx="12" cy="12" r="9" />
    <path d="M9.500 9.500l5 5m0-5l-5 5" />
  </>,
);
export const WarningIcon = icon(<path d="M12 9.500v4m0 3v.01M12 4L2.800 19.500h18.400L12 4Z" />);
export const TerminalIcon = icon(
  <>
    <rect height="16" rx="2.500" width="18" x="3" y="4" />
    <path d="M7 9.500l3 2.500-3 2.500m6 .500h4" />
  </>,
);
export const ChatIcon = icon(
  <path d="M12 4c5 0 8.500 3.200 8.500 7.500S17 19 12 19c-1.200 0-2.300-.2-3.300-.500L4 20l1.300-4C4.200 14.800 3.500 13.200 3.500 11.500 3.500 7.200 7 4 12 4Z" />,
);
