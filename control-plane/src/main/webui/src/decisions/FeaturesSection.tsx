import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../api/client';
import { useFormats } from '../i18n/format';
import { Facts } from './RuleSection';
import { Section } from './Section';

/** What the decision read besides the registry: the caller's grants and the load at that moment. */
export function FeaturesSection({ features }: { features: Schemas['DecisionFeatures'] | null }) {
  const { t } = useTranslation();
  const format = useFormats();
  if (features === null) return null;
  const { request, grants, servedAs, findingsOmitted } = features;
  const { caller } = request;
  const names = (all: string[]) => (all.length === 0 ? t('features.none') : all.join(', '));
  return (
    <Section title={t('features.title')}>
      <Facts
        facts={[
          [t('features.grants'), names(grants)],
          [t('features.jurisdictions'), names(caller.allowedJurisdictions)],
          [t('features.team'), caller.team ?? t('features.none')],
          [t('features.roles'), names(caller.roles)],
          [t('features.declared'), request.declaredClass === null ? t('features.none') : t(`dataClass.${request.declaredClass}`)],
          [t('features.body'), t('features.bodyBytes', { bytes: format.integer(request.bodyBytes) })],
          [t('features.prompt'), t('features.tokens', { tokens: format.integer(request.expectedPromptTokens) })],
          ...(servedAs === null ? [] : [[t('features.servedAs'), servedAs] as const]),
          ...(findingsOmitted === 0 ? [] : [[t('features.omitted'), format.integer(findingsOmitted)] as const]),
        ]}
      />
      {features.pools.length > 0 && <Pools pools={features.pools} allowed={features.allowed} />}
    </Section>
  );
}

function Pools({ pools, allowed }: { pools: Schemas['PoolFacts'][]; allowed: Schemas['PoolKey'][] }) {
  const { t } = useTranslation();
  const format = useFormats();
  const name = (pool: Schemas['PoolKey']) => `${pool.environment}/${pool.modelVersion}`;
  const may = new Set(allowed.map(name));
  return (
    <Table role="table" aria-label={t('features.pools')} variant="compact" borders={false}>
      <Thead>
        <Tr>
          <Th>{t('features.pool')}</Th>
          <Th>{t('features.allowed')}</Th>
          <Th className="sw-number">{t('features.ready')}</Th>
          <Th className="sw-number">{t('features.free')}</Th>
          <Th className="sw-number">{t('features.predicted')}</Th>
        </Tr>
      </Thead>
      <Tbody>
        {pools.map(({ pool, readyEndpoints, freeSlots, predictedTtftMillis }) => (
          <Tr key={name(pool)}>
            <Td dataLabel={t('features.pool')}>{name(pool)}</Td>
            <Td dataLabel={t('features.allowed')}>{may.has(name(pool)) ? t('features.yes') : t('features.no')}</Td>
            <Td dataLabel={t('features.ready')} className="sw-number">
              {format.integer(readyEndpoints)}
            </Td>
            <Td dataLabel={t('features.free')} className="sw-number">
              {format.integer(freeSlots)}
            </Td>
            <Td dataLabel={t('features.predicted')} className="sw-number">
              {predictedTtftMillis === null ? t('app.unknown') : format.millis(predictedTtftMillis)}
            </Td>
          </Tr>
        ))}
      </Tbody>
    </Table>
  );
}
