import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useLive } from '../app/live';
import { api, unwrap, type Schemas } from './client';

/** How often a visible page asks again. TanStack Query stops by itself while the tab is hidden. */
const POLL_MILLIS = 2000;

function usePolling(): number | false {
  return useLive().paused ? false : POLL_MILLIS;
}

export type Topology = {
  environments: Schemas['Environment'][];
  pools: Schemas['Pool'][];
  endpoints: Schemas['Endpoint'][];
  loads: Schemas['PoolLoad'][];
};

async function fetchTopology(signal: AbortSignal): Promise<Topology> {
  const [environments, pools, endpoints, capacity] = await Promise.all([
    unwrap(api.GET('/api/v1/environments', { signal })),
    unwrap(api.GET('/api/v1/pools', { signal })),
    unwrap(api.GET('/api/v1/endpoints', { signal })),
    unwrap(api.GET('/api/v1/capacity', { signal })),
  ]);
  return {
    environments: environments.items,
    pools: pools.items,
    endpoints: endpoints.items,
    loads: capacity.pools,
  };
}

/** Environments, pools, endpoints and their load, read together so that a page shows one picture. */
export function useTopology() {
  return useQuery({
    queryKey: ['topology'],
    queryFn: ({ signal }) => fetchTopology(signal),
    refetchInterval: usePolling(),
  });
}

export function useStatus() {
  return useQuery({
    queryKey: ['status'],
    queryFn: ({ signal }) => unwrap(api.GET('/api/v1/status', { signal })),
    refetchInterval: usePolling(),
  });
}

export function useSync() {
  return useQuery({
    queryKey: ['sync'],
    queryFn: ({ signal }) => unwrap(api.GET('/api/v1/sync', { signal })),
    refetchInterval: usePolling(),
  });
}

export function useSpend() {
  return useQuery({
    queryKey: ['ledger', 'summary'],
    queryFn: async ({ signal }) => (await unwrap(api.GET('/api/v1/ledger/summary', { signal }))).items,
    refetchInterval: usePolling(),
  });
}

export function useCapacity() {
  return useQuery({
    queryKey: ['capacity'],
    queryFn: ({ signal }) => unwrap(api.GET('/api/v1/capacity', { signal })),
    refetchInterval: usePolling(),
  });
}

export function useFleetRuns(name: string) {
  return useQuery({
    queryKey: ['fleets', name, 'runs'],
    queryFn: async ({ signal }) =>
      (await unwrap(api.GET('/api/v1/fleets/{name}/runs', { params: { path: { name } }, signal }))).items,
    refetchInterval: usePolling(),
  });
}

export type DecisionFilter = {
  outcome?: Schemas['Outcome'];
  zone?: Schemas['Zone'];
  before?: string;
};

/** Newest first. A page of older decisions does not change, so only the newest page polls. */
export function useDecisions(filter: DecisionFilter, limit: number) {
  const polling = usePolling();
  return useQuery({
    queryKey: ['decisions', filter, limit],
    queryFn: async ({ signal }) =>
      (await unwrap(api.GET('/api/v1/decisions', { params: { query: { ...filter, limit } }, signal })))
        .items,
    refetchInterval: filter.before === undefined ? polling : false,
    placeholderData: keepPreviousData,
  });
}

/** A decision is written when its request has ended; only its money may still change. */
export function useDecision(id: string) {
  const polling = usePolling();
  return useQuery({
    queryKey: ['decision', id],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/decisions/{id}', { params: { path: { id } }, signal })),
    refetchInterval: (query) =>
      query.state.data?.attempts.some((attempt) => attempt.settled === null) === true ? polling : false,
  });
}

export function usePolicies() {
  return useQuery({
    queryKey: ['policies'],
    queryFn: async ({ signal }) => (await unwrap(api.GET('/api/v1/policies', { signal }))).items,
    refetchInterval: usePolling(),
  });
}

export function usePolicy(name: string) {
  return useQuery({
    queryKey: ['policies', name],
    queryFn: ({ signal }) => unwrap(api.GET('/api/v1/policies/{name}', { params: { path: { name } }, signal })),
    refetchInterval: usePolling(),
  });
}

/** Made anew only when a page asks: it changes with the policy and, seldom, with the registry, and can be large. */
export function usePolicyProof({ name, digest }: Schemas['Policy']) {
  return useQuery({
    queryKey: ['proof', name, digest],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/policies/{name}/proof', { params: { path: { name } }, signal })),
  });
}

export function useTenants() {
  return useQuery({
    queryKey: ['tenants'],
    queryFn: async ({ signal }) => (await unwrap(api.GET('/api/v1/tenants', { signal }))).items,
    refetchInterval: usePolling(),
  });
}

/** Drains or resumes one endpoint, then reads the topology again. */
export function useEndpointSwitch() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, action }: { id: string; action: 'drain' | 'resume' }) => {
      const params = { path: { id } };
      return unwrap(
        action === 'drain'
          ? api.POST('/api/v1/endpoints/{id}/drain', { params })
          : api.POST('/api/v1/endpoints/{id}/resume', { params }),
      );
    },
    onSettled: () => client.invalidateQueries({ queryKey: ['topology'] }),
  });
}
