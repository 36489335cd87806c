import { Button, Drawer, DrawerContent, DrawerContentBody } from '@patternfly/react-core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiProblem } from '../api/problem';
import { useDecisions } from '../api/queries';
import { Loaded } from '../shared/Loaded';
import { NothingYet } from '../shared/NothingYet';
import { PageFrame } from '../shared/PageFrame';
import { ForbiddenState } from '../shared/ProblemState';
import { TableSkeleton } from '../shared/Skeletons';
import { DecisionFilters, NoMatch } from './DecisionFilters';
import { DecisionTable } from './DecisionTable';
import { ExplanationPanel } from './ExplanationPanel';
import type { DecisionsSearch } from './search';

const PAGE_SIZE = 50;

/** What became of each request; one click shows why. Filters and the open decision stand in the URL. */
export function DecisionsPage() {
  const { t } = useTranslation();
  const { id, ...filter } = useSearch({ from: '/decisions' });
  const navigate = useNavigate({ from: '/decisions' });
  const decisions = useDecisions(filter, PAGE_SIZE);
  const filtered = filter.outcome !== undefined || filter.zone !== undefined || filter.before !== undefined;
  const go = (search: DecisionsSearch) => void navigate({ search });
  useFocusReturn(id);

  if (decisions.error instanceof ApiProblem && decisions.error.forbidden) {
    return (
      <PageFrame title={t('decisions.title')} lead={t('decisions.lead')}>
        <ForbiddenState />
      </PageFrame>
    );
  }
  return (
    <PageFrame title={t('decisions.title')} lead={t('decisions.lead')} freshness={decisions} fills>
      <Drawer isExpanded={id !== undefined} isInline className="sw-drawer">
        <DrawerContent
          panelContent={
            id === undefined ? undefined : <ExplanationPanel key={id} id={id} onClose={() => go(filter)} />
          }
        >
          <DrawerContentBody>
            <DecisionFilters filter={filter} onChange={(next) => go({ ...next, ...(id !== undefined && { id }) })} />
            <Loaded
              query={decisions}
              loading={<TableSkeleton what={t('decisions.title')} rows={12} />}
              isEmpty={(items) => items.length === 0}
              empty={
                filtered ? (
                  <NoMatch onClear={() => go({})} />
                ) : (
                  <NothingYet
                    title={t('decisions.emptyTitle')}
                    detail={t('decisions.emptyDetail')}
                    command="./spillway replay"
                  />
                )
              }
            >
              {(items) => (
                <>
                  <DecisionTable items={items} openId={id} onOpen={(next) => go({ ...filter, id: next })} narrow={id !== undefined} />
                  <nav className="sw-paging" aria-label={t('decisions.pagination')}>
                    {filter.before !== undefined && (
                      <Button variant="secondary" onClick={() => go({ ...filter, before: undefined })}>
                        {t('decisions.newest')}
                      </Button>
                    )}
                    {items.length === PAGE_SIZE && (
                      <Button variant="secondary" onClick={() => go({ ...filter, before: items.at(-1)?.id })}>
                        {t('decisions.older')}
                      </Button>
                    )}
                  </nav>
                </>
              )}
            </Loaded>
          </DrawerContentBody>
        </DrawerContent>
      </Drawer>
    </PageFrame>
  );
}

/** When the explanation closes, the focus goes back to the row it was opened from. */
function useFocusReturn(id: string | undefined) {
  const last = useRef(id);
  useEffect(() => {
    if (id === undefined && last.current !== undefined) {
      document.getElementById(`decision-${last.current}`)?.focus();
    }
    last.current = id;
  }, [id]);
}
