import createClient, { type Middleware } from 'openapi-fetch';
import { session } from '../session/session';
import { ApiProblem, problemOf } from './problem';
import type { components, paths } from './schema';

export type Schemas = components['schemas'];

const authenticate: Middleware = {
  onRequest({ request }) {
    const token = session.token();
    if (token !== null) request.headers.set('Authorization', `Bearer ${token}`);
    return request;
  },
};

/** Fetches late-bound, so that tests may replace it. */
export const api = createClient<paths>({
  baseUrl: window.location.origin,
  fetch: (request) => globalThis.fetch(request),
});
api.use(authenticate);

type Answer<T> = { data?: T; error?: unknown; response: Response };

/** The data of an answer, or an {@link ApiProblem}. A refused token ends the session. */
export async function unwrap<T>(call: Promise<Answer<T>>): Promise<T> {
  const { data, error, response } = await call.catch((cause: unknown) => {
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause;
    throw new ApiProblem(0, 'unreachable');
  });
  if (response.ok && data !== undefined) return data;
  if (response.status === 401) session.reject();
  throw problemOf(response.status, error);
}

/** Asks the control plane whether it accepts a token that is not in use yet. */
export async function tryToken(token: string): Promise<'accepted' | 'refused' | 'unreachable'> {
  try {
    const response = await globalThis.fetch(new Request(`${window.location.origin}/api/v1/session`, {
      headers: { Authorization: `Bearer ${token}` },
    }));
    if (response.status === 401 || response.status === 403) return 'refused';
    return response.ok ? 'accepted' : 'unreachable';
  } catch {
    return 'unreachable';
  }
}
