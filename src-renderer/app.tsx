import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { Redirect, Route, Router, Switch } from 'wouter';
import { ApiProblem } from './client.ts';
import { useLiveState } from './live/live.tsx';
import { BASE, paths } from './places.ts';
import { accountsQuery } from './queries/accounts.ts';
import { statusQuery } from './queries/status.ts';
import { Shell } from './shell/shell.tsx';
import { ProblemPage } from './ui/problem-page.tsx';
import { useLeaveGuard } from './ui/unsaved.ts';
import { Chats } from './views/chats/chats.tsx';

// Conversations are what one comes for, so they come with the window. Each other place has its own part of the program.
const Bots = lazy(async () => ({ default: (await import('./views/bots/bots.tsx')).Bots }));
const Health = lazy(async () => ({ default: (await import('./views/health/health.tsx')).Health }));
const Settings = lazy(async () => ({ default: (await import('./views/settings/settings.tsx')).Settings }));
const Welcome = lazy(async () => ({ default: (await import('./views/welcome/welcome.tsx')).Welcome }));
const NotFound = lazy(async () => ({ default: (await import('./views/not-found/not-found.tsx')).NotFound }));

/** The places by their addresses, in the frame that is always there. */
export function App() {
  const { error } = useQuery(statusQuery);
  const live = useLiveState();
  const aroundNav = useLeaveGuard();
  // Nothing can be asked any more: a person has to open the page in another way.
  if (error instanceof ApiProblem && error.needsPerson) return <ProblemPage error={error} />;
  return (
    <Router aroundNav={aroundNav} base={BASE}>
      <Shell isLost={live === 'lost'}>
        <Suspense fallback={null}>
          <Switch>
            <Route path="/">
              <Home />
            </Route>
            <Route component={Chats} path="/chats/:account?/:jid?" />
            <Route component={Bots} path="/bots/:id?/:tab?" />
            <Route component={Health} path="/health" />
            <Route component={Settings} path="/settings/:page?" />
            <Route component={Welcome} path="/welcome" />
            <Route component={NotFound} />
          </Switch>
        </Suspense>
      </Shell>
    </Router>
  );
}

/** Where one begins. */
function Home() {
  const { data: accounts, isError } = useQuery(accountsQuery);
  if (accounts === undefined) return isError ? <Redirect replace to={paths.health} /> : null;
  return <Redirect replace to={accounts.length === 0 ? paths.welcome : paths.chats} />;
}
