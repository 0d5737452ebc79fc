import { useQuery } from '@tanstack/react-query';
import { ApiProblem } from '../../client.ts';
import { statusQuery } from '../../queries/status.ts';
import { HealthPage } from './health-page.tsx';
import { HealthSkeleton } from './health-skeleton.tsx';
import { Problem } from './problem.tsx';

/** How the engine, its accounts and its bots are, and what to do next. */
export function Health({ isLost }: { isLost: boolean }) {
  const { data: status, error, isPending, isFetching, refetch } = useQuery(statusQuery);
  const retry = () => void refetch();

  if (error instanceof ApiProblem && error.needsPerson) return <Problem error={error} />;
  if (status) {
    return (
      <HealthPage isChecking={isFetching} isLost={isLost || error !== null} onCheck={retry} status={status} />
    );
  }
  if (isPending) return <HealthSkeleton />;
  return <Problem error={error} isTrying={isFetching} onRetry={retry} />;
}
