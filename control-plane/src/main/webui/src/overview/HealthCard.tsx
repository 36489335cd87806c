import { Card, CardBody, CardTitle } from '@patternfly/react-core';
import type { UseQueryResult } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../api/client';
import { useFormats } from '../i18n/format';
import { CardBoundary } from '../shared/CardBoundary';
import { UpLabel } from '../shared/labels';
import { Loaded } from '../shared/Loaded';
import { TableSkeleton } from '../shared/Skeletons';

const PARTS = ['postgres', 'capture', 'replicas'] as const;
const COUNTS = ['environments', 'models', 'pools', 'endpoints', 'fleets', 'tenants', 'keys', 'policies', 'decisions'] as const;

/** What the control plane says of itself, and what its registry holds. */
export function HealthCard({ query }: { query: UseQueryResult<Schemas['Status']> }) {
  const { t } = useTranslation();
  const format = useFormats();
  return (
    <Card>
      <CardTitle component="h2">{t('overview.health')}</CardTitle>
      <CardBody>
        <CardBoundary>
          <Loaded query={query} loading={<TableSkeleton what={t('overview.health')} rows={4} />}>
            {(status) => (
              <>
                <ul className="sw-health">
                  {PARTS.map((part) => (
                    <li key={part}>
                      <span>{t(`overview.${part}`)}</span>
                      <UpLabel up={status[part].up} yes={t('overview.up')} no={t('overview.down')} />
                      <span className="sw-quiet sw-small">{status[part].detail}</span>
                    </li>
                  ))}
                </ul>
                <h3 className="sw-tile__title">{t('overview.counts')}</h3>
                <p className="sw-counts">
                  {COUNTS.filter((kind) => status.counts[kind] !== undefined).map((kind) => (
                    <span key={kind}>
                      <strong>{format.integer(status.counts[kind] ?? 0)}</strong> {t(`counts.${kind}`, { count: status.counts[kind] ?? 0 })}
                    </span>
                  ))}
                </p>
              </>
            )}
          </Loaded>
        </CardBoundary>
      </CardBody>
    </Card>
  );
}
