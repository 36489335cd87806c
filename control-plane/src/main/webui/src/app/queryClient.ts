import { QueryClient } from '@tanstack/react-query';
import { ApiProblem } from '../api/problem';

export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 1000,
        // Polling asks again anyway; one quick repeat hides a single lost answer. A refusal stays a refusal.
        retry: (failures, error) =>
          failures < 1 && !(error instanceof ApiProblem && error.status >= 400 && error.status < 500),
        retryDelay: 300,
        // The control plane is often on this very machine: "offline" says nothing about it.
        networkMode: 'always',
      },
      mutations: { networkMode: 'always' },
    },
  });
}
