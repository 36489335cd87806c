import { Card, CardBody, CardHeader, CardTitle, ExpandableSection } from '@patternfly/react-core';
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../api/client';
import { usePolicyProof } from '../api/queries';
import { Command, CopyButton } from '../shared/Command';
import { ClassLabel, VerdictLabel } from '../shared/labels';
import { Loaded } from '../shared/Loaded';
import { TableSkeleton } from '../shared/Skeletons';

const DIGEST_DIGITS = 12;
const ZONES = ['private', 'public'] as const;

/** What is proved of the policy in force, and what is not. */
export function ProofCard({ policy }: { policy: Schemas['Policy'] }) {
  const { t } = useTranslation();
  const proof = usePolicyProof(policy);
  return (
    <Card>
      <CardHeader>
        <div className="sw-environment__head">
          <CardTitle component="h2">{t('proof.title')}</CardTitle>
          {proof.data !== undefined && <VerdictLabel verdict={proof.data.verdict} />}
        </div>
      </CardHeader>
      <CardBody>
        <Loaded query={proof} loading={<TableSkeleton what={t('proof.title')} rows={6} />}>
          {(found) => (
            <div className="sw-stack">
              <Invariants invariants={found.invariants} />
              {found.warnings.length > 0 && <Warnings warnings={found.warnings} />}
              <Reach cells={found.matrix} />
              <p className="sw-quiet sw-small">{t('proof.bound', digests(found.bound))}</p>
            </div>
          )}
        </Loaded>
      </CardBody>
    </Card>
  );
}

function digests({ policy, environments, grants, verifier }: Schemas['ProofBound']) {
  const short = (digest: string) => digest.slice(0, DIGEST_DIGITS);
  return { policy: short(policy), environments: short(environments), grants: short(grants), verifier };
}

function Invariants({ invariants }: { invariants: Schemas['ProvedInvariant'][] }) {
  const { t } = useTranslation();
  const examples = invariants.flatMap(({ never, rulesAlone, withGuard }) => {
    // What gets past the guard is the worse news.
    const outcome = withGuard.counterexample === null ? rulesAlone : withGuard;
    return outcome.counterexample === null ? [] : [{ never, why: outcome.why, features: outcome.counterexample.features }];
  });
  return (
    <div>
      <Table role="table" aria-label={t('proof.invariants')} variant="compact" borders={false}>
        <Thead>
          <Tr>
            <Th>{t('proof.never')}</Th>
            <Th>{t('proof.rulesAlone')}</Th>
            <Th>{t('proof.withGuard')}</Th>
          </Tr>
        </Thead>
        <Tbody>
          {invariants.map(({ never, builtIn, rulesAlone, withGuard }) => (
            <Tr key={never}>
              <Td dataLabel={t('proof.never')}>
                {builtIn ? <span className="sw-quiet">{never}</span> : <code>{never}</code>}
              </Td>
              <Td dataLabel={t('proof.rulesAlone')}>
                <VerdictLabel verdict={rulesAlone.verdict} />
              </Td>
              <Td dataLabel={t('proof.withGuard')}>
                <VerdictLabel verdict={withGuard.verdict} />
              </Td>
            </Tr>
          ))}
        </Tbody>
      </Table>
      <p className="sw-quiet sw-small">{t('proof.rulesAloneNote')}</p>
      {examples.map(({ never, why, features }) => (
        <Example key={never} toggle={t('proof.counterexample', { never })} why={why} features={features} />
      ))}
    </div>
  );
}

/** A request that shows it, to be taken to the command that says why. */
function Example({ toggle, why, features }: { toggle: string; why: string; features: object }) {
  const { t } = useTranslation();
  const json = JSON.stringify(features, null, 2);
  return (
    <ExpandableSection toggleText={toggle}>
      <p>{why}</p>
      <p className="sw-labels sw-quiet">
        {t('proof.explainHint')}
        <CopyButton text={json} label={t('proof.copyFeatures')} />
      </p>
      <Command>./spillway policy explain policy.yaml --features request.json</Command>
      {/* A region that scrolls must be reachable by keyboard. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div className="sw-yaml" role="region" aria-label={t('proof.request')} tabIndex={0}>
        <pre>{json}</pre>
      </div>
    </ExpandableSection>
  );
}

function Warnings({ warnings }: { warnings: Schemas['ProofWarning'][] }) {
  const { t } = useTranslation();
  return (
    <section aria-label={t('proof.warnings')}>
      <h3>{t('proof.warnings')}</h3>
      <ul className="sw-problem-items">
        {warnings.map(({ subject, message }, index) => (
          <li key={index}>
            <code>{subject}</code> {message}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** One row per tenant: for each zone the classes that can get there. */
function Reach({ cells }: { cells: Schemas['ProofCell'][] }) {
  const { t } = useTranslation();
  const tenants = [...new Set(cells.map((cell) => cell.tenant))];
  return (
    <Table role="table" aria-label={t('proof.matrix')} variant="compact" borders={false}>
      <Thead>
        <Tr>
          <Th>{t('decisions.caller')}</Th>
          {ZONES.map((zone) => (
            <Th key={zone}>{t('proof.reaches', { zone: t(`zone.${zone}`) })}</Th>
          ))}
        </Tr>
      </Thead>
      <Tbody>
        {tenants.map((tenant) => (
          <Tr key={tenant}>
            <Td dataLabel={t('decisions.caller')}>
              {tenant === '*' ? <span className="sw-quiet">{t('proof.otherTenants')}</span> : <strong>{tenant}</strong>}
            </Td>
            {ZONES.map((zone) => (
              <Td key={zone} dataLabel={t('proof.reaches', { zone: t(`zone.${zone}`) })}>
                <Classes cells={cells.filter((cell) => cell.tenant === tenant && cell.zone === zone)} />
              </Td>
            ))}
          </Tr>
        ))}
      </Tbody>
    </Table>
  );
}

function Classes({ cells }: { cells: Schemas['ProofCell'][] }) {
  const { t } = useTranslation();
  const reaching = cells.filter((cell) => cell.reachable !== false);
  if (reaching.length === 0) return <span className="sw-quiet">{t('proof.none')}</span>;
  return (
    <span className="sw-labels">
      {reaching.map(({ dataClass, reachable }) => (
        <span key={dataClass}>
          <ClassLabel dataClass={dataClass} />
          {reachable === null && ` ${t('proof.notKnown')}`}
        </span>
      ))}
    </span>
  );
}
