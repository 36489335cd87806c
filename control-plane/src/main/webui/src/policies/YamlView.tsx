import type { ReactNode } from 'react';

/**
 * YAML with line numbers, as its author wrote it. Numbers come from the stylesheet, so a copy of the text is clean.
 * Colouring is a reading aid for keys, strings and comments, not a parser.
 */
export function YamlView({ lines, label }: { lines: string[]; label: string }) {
  return (
    // A region that scrolls must be reachable by keyboard.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className="sw-yaml" role="region" aria-label={label} tabIndex={0}>
      <pre>
        {lines.map((line, index) => (
          <span key={index} className="sw-yaml__line" id={`line-${index + 1}`}>
            {coloured(line)}
            {'\n'}
          </span>
        ))}
      </pre>
    </div>
  );
}

const TOKEN = /(#.*$)|("(?:[^"\\]|\\.)*"|'(?:[^']|'')*')|([A-Za-z_][\w./-]*(?=\s*:(?:\s|$)))/g;

function coloured(line: string): ReactNode[] {
  const parts: ReactNode[] = [];
  let done = 0;
  for (const match of line.matchAll(TOKEN)) {
    const [text, comment, quoted] = match;
    // "#" begins a comment only at the start or after a blank.
    if (comment !== undefined && match.index > 0 && !/\s/.test(line.charAt(match.index - 1))) continue;
    parts.push(line.slice(done, match.index));
    const kind = comment !== undefined ? 'comment' : quoted !== undefined ? 'string' : 'key';
    parts.push(
      <span key={match.index} className={`sw-yaml__${kind}`}>
        {text}
      </span>,
    );
    done = match.index + text.length;
  }
  parts.push(line.slice(done));
  return parts;
}
