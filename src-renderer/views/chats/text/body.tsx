import { Fragment, memo, type ReactNode, useMemo } from 'react';
import { useText } from '../../../text/use-text.ts';
import { TokenField } from '../../../ui/token-field.tsx';
import styles from './body.module.css';
import { CodeBlock } from './code-block.tsx';
import { CommandButton } from './command-button.tsx';
import { grouped } from './layout.ts';
import { Link } from './link.tsx';
import type { Span } from './spans.ts';
import { type Block, styled } from './styling.ts';

interface BodyProps {
  text: string;
  /** Said by a bot or by Botmother: its commands can be clicked. */
  isAnswer: boolean;
  /** Said by Botmother: its lines of names and values are a table. */
  isEngine: boolean;
  /** Goes to the end of the last line, where there is room. */
  children: ReactNode;
}

/** A text as its characters say (XEP-0393). Nothing in it becomes anything but text nodes and elements named here. */
export const Body = memo(function Body({ text, isAnswer, isEngine, children }: BodyProps) {
  const blocks = useMemo(() => styled(text), [text]);
  const isPlainEnd = blocks.at(-1)?.kind === 'lines';
  return (
    <div className={styles.body} dir="auto">
      <Blocks blocks={blocks} isAnswer={isAnswer} isEngine={isEngine} />
      {isPlainEnd ? children : <div className={styles.below}>{children}</div>}
    </div>
  );
});

interface BlocksProps {
  blocks: readonly Block[];
  isAnswer: boolean;
  isEngine: boolean;
}

/* Blocks and spans never change their places within a text, so their numbers are good keys. */
/* biome-ignore-start lint/suspicious/noArrayIndexKey: as said above */
function Blocks({ blocks, isAnswer, isEngine }: BlocksProps) {
  return blocks.map((block, index) => {
    if (block.kind === 'code') return <CodeBlock key={index} language={block.language} text={block.text} />;
    if (block.kind === 'quote')
      return (
        <blockquote className={styles.quote} key={index}>
          <Blocks blocks={block.blocks} isAnswer={isAnswer} isEngine={isEngine} />
        </blockquote>
      );
    return <Lines isAnswer={isAnswer} isEngine={isEngine} key={index} lines={block.lines} />;
  });
}

function Lines({ lines, isAnswer, isEngine }: { lines: Span[][]; isAnswer: boolean; isEngine: boolean }) {
  return grouped(lines, isEngine, isAnswer).map((group, index) => {
    if (group.kind === 'menu')
      return (
        <div className={styles.menu} key={index}>
          {group.rows.map(({ command, args, summary }, number) => (
            <CommandButton className={styles.menuRow} command={command} key={number}>
              <code className={styles.command}>
                {command} <span className={styles.args}>{args}</span>
              </code>
              <span>{summary}</span>
            </CommandButton>
          ))}
        </div>
      );
    if (group.kind === 'facts')
      return (
        <dl className={styles.facts} key={index}>
          {group.rows.map(({ name, value }, number) => (
            <Fragment key={number}>
              <dt>{name}</dt>
              <dd>
                <Spans isAnswer={isAnswer} spans={value} />
              </dd>
            </Fragment>
          ))}
        </dl>
      );
    return group.lines.map((spans, number) => (
      <Fragment key={`${index} ${number}`}>
        {number > 0 && <br />}
        <Spans isAnswer={isAnswer} spans={spans} />
      </Fragment>
    ));
  });
}

function Spans({ spans, isAnswer }: { spans: readonly Span[]; isAnswer: boolean }) {
  return spans.map((span, index) => <One isAnswer={isAnswer} key={index} span={span} />);
}
/* biome-ignore-end lint/suspicious/noArrayIndexKey: as said above */

const TAGS = { '*': 'strong', _: 'em', '~': 's' } as const;

function One({ span, isAnswer }: { span: Span; isAnswer: boolean }) {
  const { chats } = useText();
  if (span.kind === 'text') return span.text;
  if (span.kind === 'mono') return <code className={styles.mono}>{span.text}</code>;
  if (span.kind === 'link') return <Link href={span.href}>{span.text}</Link>;
  if (span.kind === 'token')
    return (
      <span className={styles.token}>
        <TokenField value={span.text} what={chats.token} />
      </span>
    );
  if (span.kind === 'command')
    return isAnswer ? (
      <CommandButton className={styles.inlineCommand} command={span.text}>
        {span.text}
      </CommandButton>
    ) : (
      <code className={styles.mono}>{span.text}</code>
    );
  const Tag = TAGS[span.mark];
  return (
    <Tag>
      <Mark>{span.mark}</Mark>
      <Spans isAnswer={isAnswer} spans={span.spans} />
      <Mark>{span.mark}</Mark>
    </Tag>
  );
}

/** What was typed stays readable as it was typed. */
const Mark = ({ children }: { children: string }) => <span className={styles.mark}>{children}</span>;
