/** Two streams over the edge of a dam. */
export function Logo() {
  return (
    <svg className="sw-logo" viewBox="0 0 32 32" width="32" height="32" aria-hidden="true">
      <rect width="32" height="32" rx="7" className="sw-logo__ground" />
      <path d="M5 10h9c5 0 4 12 9 12h4" className="sw-logo__upper" />
      <path d="M5 16h5c4.500 0 4 6 8 9" className="sw-logo__lower" />
    </svg>
  );
}
