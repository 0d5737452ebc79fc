import { useQuery } from '@tanstack/react-query';
import { useLiveState } from '../../live/live.tsx';
import { healthQuery } from '../../queries/installation.ts';
import { useLanguage } from '../../text/use-text.ts';
import { Answered } from '../../ui/answered.tsx';
import { HealthPage } from './health-page.tsx';
import { HealthSkeleton } from './health-skeleton.tsx';

/** How the engine, its accounts and its bots are, and what to do next. */
export function Health() {
  const query = useQuery({
    ...healthQuery(useLanguage()),
    // Not all that is looked at is announced (room on the disk, a server far away): coming here looks again.
    refetchOnMount: 'always',
  });
  const isLost = useLiveState() === 'lost' || query.error !== null;
  return (
    <Answered query={query} skeleton={<HealthSkeleton />}>
      {(report) => (
        <HealthPage
          findings={report.findings}
          isChecking={query.isFetching}
          isLost={isLost}
          onCheck={() => void query.refetch()}
        />
      )}
    </Answered>
  );
}
