import { Link } from 'wouter';
import type { AuditRow } from '../../src-shared/api/audit.ts';
import { paths } from '../places.ts';
import { useLanguage, useText } from '../text/use-text.ts';
import { Address } from './address.tsx';
import styles from './audit-table.module.css';
import { actorWords, auditWords, placeWords, settingWords } from './audit-words.ts';
import { useWhen } from './use-when.ts';
import { fullDateOf } from './when.ts';

interface AuditTableProps {
  rows: readonly AuditRow[];
  /** Says which bot each is about, where the rows are of several. */
  withBots?: boolean;
}

/**
 * Who changed what: a table, and where that has no room, a list of the same. The roles are said, since a table that is laid
 * out otherwise is none any more for who hears it.
 */
export function AuditTable({ rows, withBots = false }: AuditTableProps) {
  const text = useText().settings.audit;
  const language = useLanguage();
  const when = useWhen();
  return (
    <div className={styles.around}>
      {/* biome-ignore-start lint/a11y/noRedundantRoles: see above */}
      <table className={styles.table} role="table">
        <thead role="rowgroup">
          <tr role="row">
            {(['when', 'what', 'who', 'from', 'outcome'] as const).map((column) => (
              <th key={column} role="columnheader" scope="col">
                {text.columns[column]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {rows.map((row) => (
            <tr key={row.id} role="row">
              <td className={styles.when} role="cell" title={fullDateOf(row.timestamp, language)}>
                {when(row.timestamp)}
              </td>
              <td className={styles.what} role="cell">
                <Action code={row.action} />
                <p>
                  {withBots && row.bot_id !== null && (
                    <Link href={paths.bot(row.bot_id, 'audit')}>{text.bot(row.bot_id)}</Link>
                  )}{' '}
                  <Details row={row} />
                </p>
              </td>
              <td className={styles.who} role="cell" title={row.actor}>
                {actorWords(text, row.actor) ?? <Address>{row.actor}</Address>}
              </td>
              <td className={styles.from} role="cell" title={row.ip_address}>
                {placeWords(text, row.ip_address) ?? row.ip_address}
              </td>
              <td
                className={`${styles.outcome} ${row.outcome === 'ok' ? styles.ok : styles.bad}`}
                role="cell"
              >
                {text.outcomes[row.outcome]}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {/* biome-ignore-end lint/a11y/noRedundantRoles: see above */}
    </div>
  );
}

/** What was done, in words, and as the API and the command line call it: people look for both. */
function Action({ code }: { code: string }) {
  const words = auditWords(useText().settings.audit, code);
  return (
    <>
      <strong>{words ?? code}</strong> {words !== undefined && <code>{code}</code>}
    </>
  );
}

/** What it was done to; a setting as forms call it, and as the API does. */
function Details({ row }: { row: AuditRow }) {
  const words = settingWords(useLanguage(), row);
  if (words === undefined) return row.details;
  return (
    <>
      {words} <code>{row.details}</code>
    </>
  );
}
