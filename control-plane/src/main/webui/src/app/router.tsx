import {
  createHashHistory,
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  type RouterHistory,
} from '@tanstack/react-router';
import type { DecisionsSearch } from '../decisions/search';
import { validateDecisionsSearch } from '../decisions/search';
import { NotFound } from './NotFound';
import { Shell } from './Shell';

const rootRoute = createRootRoute({ component: Shell, notFoundComponent: NotFound });

/** Each page is a file of its own, loaded when it is first visited. */
const routes = [
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/',
    component: lazyRouteComponent(() => import('../overview/OverviewPage'), 'OverviewPage'),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/environments',
    component: lazyRouteComponent(() => import('../environments/EnvironmentsPage'), 'EnvironmentsPage'),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/endpoints',
    component: lazyRouteComponent(() => import('../endpoints/EndpointsPage'), 'EndpointsPage'),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/decisions',
    validateSearch: (search: Record<string, unknown>): DecisionsSearch => validateDecisionsSearch(search),
    component: lazyRouteComponent(() => import('../decisions/DecisionsPage'), 'DecisionsPage'),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/capacity',
    component: lazyRouteComponent(() => import('../capacity/CapacityPage'), 'CapacityPage'),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/policies',
    validateSearch: (search: Record<string, unknown>): { name?: string } =>
      typeof search['name'] === 'string' ? { name: search['name'] } : {},
    component: lazyRouteComponent(() => import('../policies/PoliciesPage'), 'PoliciesPage'),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/tenants',
    component: lazyRouteComponent(() => import('../tenants/TenantsPage'), 'TenantsPage'),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/sync',
    component: lazyRouteComponent(() => import('../sync/SyncPage'), 'SyncPage'),
  }),
] as const;

/** Places live in the fragment, so the server needs no rule for them. */
export function createConsoleRouter(history: RouterHistory = createHashHistory()) {
  return createRouter({
    routeTree: rootRoute.addChildren(routes),
    history,
    defaultPreload: 'intent',
    scrollRestoration: true,
  });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createConsoleRouter>;
  }
}
