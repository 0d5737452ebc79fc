import {
  AdjustIcon,
  AuditIcon,
  BackupIcon,
  InfoIcon,
  LimitIcon,
  LogIcon,
  NetworkIcon,
  PeopleIcon,
  ServerIcon,
  ShieldIcon,
} from '../../ui/icons.tsx';
import type { PageName } from './pages.ts';

/** The mark of each page in the list. */
export const PAGE_ICONS = {
  general: AdjustIcon,
  accounts: PeopleIcon,
  api: NetworkIcon,
  server: ServerIcon,
  security: ShieldIcon,
  files: LimitIcon,
  audit: AuditIcon,
  backup: BackupIcon,
  logs: LogIcon,
  about: InfoIcon,
} satisfies Record<PageName, unknown>;
