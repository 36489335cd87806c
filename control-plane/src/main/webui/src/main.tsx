import '@patternfly/react-core/dist/styles/base.css';
import './app/console.css';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { LiveProvider } from './app/live';
import { createQueryClient } from './app/queryClient';
import { createConsoleRouter } from './app/router';
import './i18n';

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no element with id "root"');

createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={createQueryClient()}>
      <LiveProvider>
        <RouterProvider router={createConsoleRouter()} />
      </LiveProvider>
    </QueryClientProvider>
  </StrictMode>,
);
