import { ModalsProvider } from '@mantine/modals';
import type { ReactNode } from 'react';
import { useText } from '../text/use-text.ts';

/** Where dialogs are opened; each can be closed by a button that has a name. */
export function Dialogs({ children }: { children: ReactNode }) {
  const { close } = useText().common;
  return (
    <ModalsProvider modalProps={{ closeButtonProps: { 'aria-label': close } }}>{children}</ModalsProvider>
  );
}
