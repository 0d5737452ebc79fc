import { Button } from '@mantine/core';
import { Link } from 'wouter';
import { paths } from '../../places.ts';
import { useText } from '../../text/use-text.ts';
import { Empty } from '../../ui/empty.tsx';

/** An address that leads nowhere. */
export function NotFound() {
  const text = useText().shell;
  return (
    <Empty
      actions={
        <Button component={Link} href={paths.chats}>
          {text.notFoundAction}
        </Button>
      }
      isAlone
      title={text.notFoundTitle}
    >
      {text.notFoundBody}
    </Empty>
  );
}
