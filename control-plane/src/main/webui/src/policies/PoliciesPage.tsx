import { Card, CardBody, CardHeader, CardTitle, ToggleGroup, ToggleGroupItem } from '@patternfly/react-core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../api/client';
import { usePolicies, usePolicy } from '../api/queries';
import { CardBoundary } from '../shared/CardBoundary';
import { Command, CopyButton } from '../shared/Command';
import { Loaded } from '../shared/Loaded';
import { NothingYet } from '../shared/NothingYet';
import { PageFrame } from '../shared/PageFrame';
import { TableSkeleton } from '../shared/Skeletons';
import { ProofCard } from './ProofCard';
import { YamlView } from './YamlView';

const DIGEST_DIGITS = 12;

/** The policy in force, to read. Publishing stays with the file's owner. */
export function PoliciesPage() {
  const { t } = useTranslation();
  const policies = usePolicies();
  const { name: wanted } = useSearch({ from: '/policies' });
  const navigate = useNavigate({ from: '/policies' });
  return (
    <PageFrame title={t('policies.title')} lead={t('policies.lead')} freshness={policies}>
      <Loaded
        query={policies}
        loading={<TableSkeleton what={t('policies.title')} rows={12} />}
        isEmpty={(items) => items.length === 0}
        empty={
          <NothingYet
            title={t('policies.emptyTitle')}
            detail={t('policies.emptyDetail')}
            command="./spillway up --policy policy.yaml"
          />
        }
      >
        {(items) => {
          const chosen = items.find((policy) => policy.name === wanted) ?? items[0];
          return (
            <div className="sw-stack">
              {items.length > 1 && (
                <ToggleGroup aria-label={t('policies.choose')}>
                  {items.map((policy) => (
                    <ToggleGroupItem
                      key={policy.name}
                      text={policy.name}
                      isSelected={policy.name === chosen?.name}
                      onChange={() => void navigate({ search: { name: policy.name } })}
                    />
                  ))}
                </ToggleGroup>
              )}
              {chosen !== undefined && <PolicyText key={chosen.name} name={chosen.name} />}
            </div>
          );
        }}
      </Loaded>
    </PageFrame>
  );
}

function PolicyText({ name }: { name: string }) {
  const policy = usePolicy(name);
  return (
    <Loaded query={policy} loading={<TableSkeleton what={name} rows={12} />}>
      {(document) => (
        <>
          <PolicyCard document={document} />
          <CardBoundary>
            <ProofCard policy={document} />
          </CardBoundary>
        </>
      )}
    </Loaded>
  );
}

function PolicyCard({ document }: { document: Schemas['Policy'] }) {
  const { t } = useTranslation();
  const lines = document.yaml.replace(/\n$/, '').split('\n');
  return (
    <Card>
      <CardHeader>
        <div className="sw-environment__head">
          <CardTitle component="h2">{document.name}</CardTitle>
          <span className="sw-id sw-quiet">
            {t('policies.lines', { count: lines.length })} · {t('policies.digest')}
            <code title={document.digest}>{document.digest.slice(0, DIGEST_DIGITS)}</code>
            <CopyButton text={document.digest} label={t('policies.copyDigest')} />
          </span>
        </div>
      </CardHeader>
      <CardBody>
        <YamlView lines={lines} label={t('policies.source', { name: document.name })} />
        <p className="sw-quiet">{t('policies.publishHint')}</p>
        <Command>./spillway up --policy policy.yaml</Command>
      </CardBody>
    </Card>
  );
}
