import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';

const SHOWN_MS = 5_000;
const UNDO_MS = 8_000;
/** The last one with a way back about each thing. */
const undoable = new Map<string, string>();

/** A line that says that something was done. Never the only place of an error. */
export const toast = (message: string): void =>
  void notifications.show({ message, autoClose: SHOWN_MS, withCloseButton: true });

/** The same, with a way back. A newer one about the same thing takes the place of the older: only the last can be undone. */
export function toastWithUndo(
  message: string,
  undo: { label: string; run: () => void },
  about?: string,
): void {
  const older = about === undefined ? undefined : undoable.get(about);
  if (older !== undefined) notifications.hide(older);
  const id = notifications.show({
    autoClose: UNDO_MS,
    message: (
      <span style={{ display: 'flex', alignItems: 'center', gap: 8 }}>
        <span style={{ flex: 1 }}>{message}</span>
        <Button
          onClick={() => {
            notifications.hide(id);
            undo.run();
          }}
          size="compact-sm"
          variant="subtle"
        >
          {undo.label}
        </Button>
      </span>
    ),
  });
  if (about !== undefined) undoable.set(about, id);
}

/** What went wrong stays until it is closed. */
export const toastProblem = (error: Error): void =>
  void notifications.show({ message: error.message, autoClose: false, color: 'red' });

/** What has to be read stays until it is closed. */
export const toastStaying = (message: string): void => void notifications.show({ message, autoClose: false });
