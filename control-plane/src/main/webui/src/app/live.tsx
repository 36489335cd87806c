import { createContext, use, useMemo, useState, type ReactNode } from 'react';

type Live = { paused: boolean; toggle: () => void };

const LiveContext = createContext<Live>({ paused: false, toggle: () => undefined });

/** Whether pages keep asking for news. Pausing holds the picture still, for reading. */
export function LiveProvider({ children }: { children: ReactNode }) {
  const [paused, setPaused] = useState(false);
  const live = useMemo(() => ({ paused, toggle: () => setPaused((before) => !before) }), [paused]);
  return <LiveContext value={live}>{children}</LiveContext>;
}

export function useLive(): Live {
  return use(LiveContext);
}
