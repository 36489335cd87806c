import { Title } from '@patternfly/react-core';
import type { ReactNode } from 'react';

/** One part of an explanation. */
export function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="sw-section" aria-label={title}>
      <Title headingLevel="h3" size="md">
        {title}
      </Title>
      {children}
    </section>
  );
}
