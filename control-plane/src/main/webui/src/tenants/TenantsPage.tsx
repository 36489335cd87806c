import { Card, CardBody, Label } from '@patternfly/react-core';
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../api/client';
import { useTenants } from '../api/queries';
import { useFormats } from '../i18n/format';
import { ClassLabel } from '../shared/labels';
import { Loaded } from '../shared/Loaded';
import { NothingYet } from '../shared/NothingYet';
import { PageFrame } from '../shared/PageFrame';
import { TableSkeleton } from '../shared/Skeletons';

/** What each tenant allows: where its requests may go, for how much, and what may be masked. */
export function TenantsPage() {
  const { t } = useTranslation();
  const tenants = useTenants();
  return (
    <PageFrame title={t('tenants.title')} lead={t('tenants.lead')} freshness={tenants}>
      <Loaded
        query={tenants}
        loading={<TableSkeleton what={t('tenants.title')} />}
        isEmpty={(items) => items.length === 0}
        empty={
          <NothingYet title={t('tenants.emptyTitle')} detail={t('tenants.emptyDetail')} command="./spillway up" />
        }
      >
        {(items) => <Tenants tenants={items} />}
      </Loaded>
    </PageFrame>
  );
}

function Tenants({ tenants }: { tenants: Schemas['Tenant'][] }) {
  const { t } = useTranslation();
  const format = useFormats();
  return (
    <Card>
      <CardBody>
        <Table role="table" aria-label={t('tenants.title')} variant="compact">
          <Thead>
            <Tr>
              <Th>{t('tenants.name')}</Th>
              <Th>{t('tenants.floor')}</Th>
              <Th>{t('tenants.maySpill')}</Th>
              <Th>{t('tenants.jurisdictions')}</Th>
              <Th>{t('tenants.maskable')}</Th>
              <Th className="sw-number">{t('tenants.budget')}</Th>
            </Tr>
          </Thead>
          <Tbody>
            {tenants.map((tenant) => (
              <Tr key={tenant.name}>
                <Td dataLabel={t('tenants.name')}>
                  <strong>{tenant.name}</strong>
                </Td>
                <Td dataLabel={t('tenants.floor')}>
                  <ClassLabel dataClass={tenant.floor} />
                </Td>
                <Td dataLabel={t('tenants.maySpill')}>
                  <Names names={tenant.maySpill} none={t('tenants.staysHome')} />
                </Td>
                <Td dataLabel={t('tenants.jurisdictions')}>
                  <Names names={tenant.allowedJurisdictions} none={t('tenants.staysHome')} />
                </Td>
                <Td dataLabel={t('tenants.maskable')}>
                  <Names names={tenant.maskable ?? []} none={t('tenants.nothingMaskable')} />
                </Td>
                <Td dataLabel={t('tenants.budget')} className="sw-number">
                  {tenant.monthlyBudget === null ? t('tenants.noBudget') : format.money(tenant.monthlyBudget)}
                </Td>
              </Tr>
            ))}
          </Tbody>
        </Table>
        <p className="sw-quiet sw-small sw-footnote">{t('tenants.maskableNote')}</p>
      </CardBody>
    </Card>
  );
}

function Names({ names, none }: { names: string[]; none: string }) {
  if (names.length === 0) return <span className="sw-quiet">{none}</span>;
  return (
    <span className="sw-labels">
      {names.map((name) => (
        <Label key={name} isCompact variant="outline">
          {name}
        </Label>
      ))}
    </span>
  );
}
