import { PageSection, Skeleton } from '@patternfly/react-core';
import { useTranslation } from 'react-i18next';

/** Rows of a table that is on its way. */
export function TableSkeleton({ what, rows = 6 }: { what: string; rows?: number }) {
  const { t } = useTranslation();
  return (
    <div role="status" aria-label={t('state.loading', { what })} className="sw-skeleton-rows">
      {Array.from({ length: rows }, (_, row) => (
        <Skeleton key={row} height="1.75rem" width={row === 0 ? '100%' : `${96 - ((row * 7) % 20)}%`} />
      ))}
    </div>
  );
}

/** Cards that are on their way. */
export function CardsSkeleton({ what, cards = 2 }: { what: string; cards?: number }) {
  const { t } = useTranslation();
  return (
    <div role="status" aria-label={t('state.loading', { what })} className="sw-columns">
      {Array.from({ length: cards }, (_, card) => (
        <Skeleton key={card} height="18rem" />
      ))}
    </div>
  );
}

/** A page whose code is on its way. */
export function PageSkeleton() {
  return (
    <PageSection>
      <TableSkeleton what="" />
    </PageSection>
  );
}
