import { ActionIcon, Button, PasswordInput, TextInput } from '@mantine/core';
import { useText } from '../../../text/use-text.ts';
import { DeleteIcon, PlusIcon } from '../../../ui/icons.tsx';
import styles from './ai.module.css';
import type { ProviderFieldProps } from './provider-fields.tsx';
import { addressOf, originOf } from './providers.ts';
import type { SavedSecrets } from './saved-secrets.ts';
import type { HeaderLine } from './values.ts';

let lastId = 0;
const line = (name = ''): HeaderLine => {
  lastId += 1;
  return { id: lastId, name, value: '' };
};

/** Headers that a gateway of one's own wants. Their names are shown; their values only go in, all of them together. */
export function HeadersField({ provider, draft, saved }: ProviderFieldProps & { saved: SavedSecrets }) {
  const text = useText().bots.ai;
  const { headers, baseUrl } = draft.values;
  const { headerNames: names, boundTo } = saved;
  const here = originOf(addressOf(provider, baseUrl)) ?? '';
  const set = (lines: readonly HeaderLine[] | undefined) => draft.set('headers', lines);

  if (headers === undefined)
    return (
      <div className={styles.labelLine}>
        <span className={styles.label}>{text.headers}</span>
        {names.length === 0 ? (
          <span>{text.headersNone}</span>
        ) : (
          <code className={styles.names}>{names.join(', ')}</code>
        )}
        <button
          className={styles.link}
          onClick={() => set(names.length === 0 ? [line()] : names.map((name) => line(name)))}
          type="button"
        >
          {names.length === 0 ? text.headersAdd : text.headersReplace}
        </button>
        {names.length > 0 && (
          <button className={styles.link} onClick={() => set([])} type="button">
            {text.headersRemove}
          </button>
        )}
        {names.length > 0 && boundTo !== undefined && (
          <span className={styles.warn}>{text.headersElsewhere(boundTo, here)}</span>
        )}
      </div>
    );

  const change = (id: number, part: Partial<HeaderLine>) =>
    set(headers.map((one) => (one.id === id ? { ...one, ...part } : one)));
  return (
    <fieldset className={styles.headers}>
      <legend className={styles.label}>{text.headers}</legend>
      <p className={styles.help}>{headers.length === 0 ? text.headersGone : text.headersHelp}</p>
      {headers.map(({ id, name, value }) => (
        <div className={styles.header} key={id}>
          <TextInput
            aria-label={text.headerName}
            autoComplete="off"
            classNames={{ input: styles.mono ?? '' }}
            onChange={(event) => change(id, { name: event.currentTarget.value })}
            placeholder="X-Gateway-Key"
            spellCheck={false}
            value={name}
          />
          <PasswordInput
            aria-label={text.headerValue}
            autoComplete="off"
            classNames={{ innerInput: styles.mono ?? '' }}
            onChange={(event) => change(id, { value: event.currentTarget.value })}
            spellCheck={false}
            value={value}
          />
          <ActionIcon
            aria-label={text.headerRemove(name || text.headerName)}
            color="gray"
            onClick={() => set(headers.filter((one) => one.id !== id))}
            size={36}
            variant="subtle"
          >
            <DeleteIcon size={16} />
          </ActionIcon>
        </div>
      ))}
      <div className={styles.under}>
        <Button
          leftSection={<PlusIcon size={16} />}
          onClick={() => set([...headers, line()])}
          size="xs"
          variant="default"
        >
          {text.headerAdd}
        </Button>
        {names.length > 0 && <span>{text.headersAll}</span>}
        <button className={styles.link} onClick={() => set(undefined)} type="button">
          {names.length > 0 ? text.headersKeep : text.discard}
        </button>
      </div>
    </fieldset>
  );
}
