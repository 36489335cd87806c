import { useSyncExternalStore } from 'react';

/**
 * The admin token of this browser tab. It lives in sessionStorage: closing the tab signs out, other tabs do not see it.
 */
const STORAGE_KEY = 'spillway.adminToken';

type Session = { token: string | null; rejected: boolean };

let current: Session = { token: sessionStorage.getItem(STORAGE_KEY), rejected: false };
const listeners = new Set<() => void>();

function change(next: Session) {
  current = next;
  if (next.token === null) sessionStorage.removeItem(STORAGE_KEY);
  else sessionStorage.setItem(STORAGE_KEY, next.token);
  listeners.forEach((listener) => {
    listener();
  });
}

export const session = {
  token: () => current.token,
  begin: (token: string) => change({ token, rejected: false }),
  end: () => change({ token: null, rejected: false }),
  /** The server no longer accepts the token: the sign-in page says so. */
  reject: () => change({ token: null, rejected: true }),
};

export function useSession(): Session {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => current,
  );
}
