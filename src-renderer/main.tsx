import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import './ui/tokens.css';
import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { ApiProblem, mayAsk, speak } from './client.ts';
import { listenFirst } from './live/listening.ts';
import { Live } from './live/live.tsx';
import { recall } from './memory.ts';
import { BASE } from './places.ts';
import { askFirst } from './queries/first.ts';
import { Dialogs } from './shell/dialogs.tsx';
import { Look } from './shell/look.tsx';
import { hearPaletteKeys } from './shell/palette-keys.ts';
import { lastLanguage } from './text/use-text.ts';
import { cssVariablesResolver, theme } from './ui/theme.ts';

// Answers are good until something is announced: nothing is ever asked again on a timer.
const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: Number.POSITIVE_INFINITY,
      networkMode: 'always',
      refetchOnWindowFocus: false,
      retry: (failures, error) => error instanceof ApiProblem && error.kind === 'unreachable' && failures < 2,
      retryDelay: 400,
    },
    mutations: { networkMode: 'always' },
  },
});

if (!location.pathname.startsWith(BASE)) history.replaceState(null, '', `${BASE}/${location.hash}`);

/** In the app, what it kept of the page comes first; in a browser that is there at once. */
async function start(): Promise<void> {
  await recall();
  speak(lastLanguage());
  if (mayAsk()) {
    listenFirst();
    askFirst(queries, location.pathname);
  }
  hearPaletteKeys();

  const root = document.getElementById('root');
  if (!root) throw new Error('The page has no root element.');
  createRoot(root).render(
    <StrictMode>
      <MantineProvider cssVariablesResolver={cssVariablesResolver} defaultColorScheme="auto" theme={theme}>
        <QueryClientProvider client={queries}>
          <Live>
            <Look>
              <Dialogs>
                <Notifications limit={3} position="bottom-right" />
                <App />
              </Dialogs>
            </Look>
          </Live>
        </QueryClientProvider>
      </MantineProvider>
    </StrictMode>,
  );
}

void start();
