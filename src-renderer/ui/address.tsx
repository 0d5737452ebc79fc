import { Fragment } from 'react';

/** What holds an XMPP address: it breaks before the server's name, where it has no room in one line. */
export function Address({ children }: { children: string }) {
  return (
    <bdi>
      {children.split(/(?=@)/).map((part, index) => (
        <Fragment key={part}>
          {index > 0 && <wbr />}
          {part}
        </Fragment>
      ))}
    </bdi>
  );
}
