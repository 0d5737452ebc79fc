import type { ReactNode } from 'react';
import { useText } from '../../../text/use-text.ts';
import { useOpenChat } from '../chat-context.ts';

interface CommandProps {
  command: string;
  className: string | undefined;
  children: ReactNode;
}

/** A command that a click sends; with Alt, it goes into the field instead. */
export function CommandButton({ command, className, children }: CommandProps) {
  const text = useText().chats.message;
  const { runCommand } = useOpenChat();
  return (
    <button
      className={className}
      onClick={(event) => runCommand(command, event.altKey)}
      title={text.runCommand}
      type="button"
    >
      {children}
    </button>
  );
}
