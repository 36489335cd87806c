import { QueryClientProvider } from '@tanstack/react-query';
import { createMemoryHistory, RouterProvider } from '@tanstack/react-router';
import { render } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { LiveProvider } from '../app/live';
import { createQueryClient } from '../app/queryClient';
import { createConsoleRouter } from '../app/router';
import { session } from '../session/session';
import { TOKEN } from './recorded';

/** The whole console at one place of its own. */
export function open(path: string, { signedIn = true } = {}) {
  if (signedIn) session.begin(TOKEN);
  const router = createConsoleRouter(createMemoryHistory({ initialEntries: [path] }));
  render(
    <QueryClientProvider client={createQueryClient()}>
      <LiveProvider>
        <RouterProvider router={router} />
      </LiveProvider>
    </QueryClientProvider>,
  );
  return { user: userEvent.setup(), router };
}
