import './styles/fonts.css';
import './styles/tokens.css';
import './styles/base.css';
import './styles/shell.css';
import './styles/ui.css';
import './styles/editor.css';
import './styles/graph.css';
import './styles/machine.css';
import './styles/execution.css';
import './styles/try.css';
import './styles/narrow.css';
import './app/theme';

import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';

import { App } from './app/App';

const queries = new QueryClient({ defaultOptions: { queries: { retry: false, staleTime: 2_000, refetchOnWindowFocus: false } } });
// The larger parts come while nothing else does.
const whenIdle = window.requestIdleCallback ?? ((action: () => void) => setTimeout(action, 200));
whenIdle(() => import('./graph/GraphView').catch(() => undefined));

const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={queries}>
        <App />
      </QueryClientProvider>
    </StrictMode>,
  );
}
