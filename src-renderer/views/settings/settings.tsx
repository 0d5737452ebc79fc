import { Tooltip } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { Link, Redirect, useParams } from 'wouter';
import { paths } from '../../places.ts';
import { useText } from '../../text/use-text.ts';
import { ListDetail } from '../../ui/list-detail.tsx';
import { PAGE_ICONS } from './page-icons.ts';
import { GROUPS, PAGES, type PageName } from './pages.ts';
import styles from './settings.module.css';

const VIEWS = {
  general: lazy(async () => ({ default: (await import('./general.tsx')).General })),
  accounts: lazy(async () => ({ default: (await import('./accounts/accounts.tsx')).Accounts })),
  api: lazy(async () => ({ default: (await import('./api/api.tsx')).Api })),
  server: lazy(async () => ({ default: (await import('./server/server.tsx')).Server })),
  security: lazy(async () => ({ default: (await import('./security.tsx')).Security })),
  files: lazy(async () => ({ default: (await import('./files.tsx')).Files })),
  audit: lazy(async () => ({ default: (await import('./audit.tsx')).Audit })),
  backup: lazy(async () => ({ default: (await import('./backup.tsx')).Backup })),
  logs: lazy(async () => ({ default: (await import('./logs/logs.tsx')).Logs })),
  about: lazy(async () => ({ default: (await import('./about.tsx')).About })),
} satisfies Record<PageName, unknown>;

const isPage = (name: string | undefined): name is PageName => PAGES.some((page) => page.name === name);

/** Everything that can be set, by page; the address says which one is open. */
export function Settings() {
  const text = useText().settings;
  const { page } = useParams<{ page?: string }>();
  if (!isPage(page)) return <Redirect replace to={paths.settings('general')} />;
  const View = VIEWS[page];
  return (
    <ListDetail
      detail={
        <div className={styles.scroll} key={page}>
          <div className={styles.page}>
            <Suspense fallback={null}>
              <View />
            </Suspense>
          </div>
        </div>
      }
      label={text.title}
      list={<Pages open={page} />}
      strip={<Strip open={page} />}
    />
  );
}

function Pages({ open }: { open: PageName }) {
  const text = useText().settings;
  return (
    <nav aria-label={text.title} className={styles.pages}>
      <p className={styles.listTitle}>{text.title}</p>
      {GROUPS.map((group) => (
        <div key={group}>
          <p className={styles.group} id={`settings-${group}`}>
            {text.groups[group]}
          </p>
          <ul aria-labelledby={`settings-${group}`}>
            {PAGES.filter((page) => page.group === group).map(({ name }) => (
              <li key={name}>
                <Link
                  aria-current={name === open ? 'page' : undefined}
                  className={styles.link}
                  href={paths.settings(name)}
                >
                  <PageIcon name={name} />
                  <span>{text.pages[name]}</span>
                </Link>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}

function Strip({ open }: { open: PageName }) {
  const text = useText().settings;
  return (
    <nav aria-label={text.title} className={styles.strip}>
      {PAGES.map(({ name }) => (
        <Tooltip key={name} label={text.pages[name]} position="right">
          <Link
            aria-current={name === open ? 'page' : undefined}
            aria-label={text.pages[name]}
            className={styles.mark}
            href={paths.settings(name)}
          >
            <PageIcon name={name} size={20} />
          </Link>
        </Tooltip>
      ))}
    </nav>
  );
}

function PageIcon({ name, size = 18 }: { name: PageName; size?: number }) {
  const Icon = PAGE_ICONS[name];
  return <Icon size={size} />;
}
