import { Label, PageSection, Title } from '@patternfly/react-core';
import ExclamationTriangleIcon from '@patternfly/react-icons/dist/esm/icons/exclamation-triangle-icon';
import PauseIcon from '@patternfly/react-icons/dist/esm/icons/pause-icon';
import type { UseQueryResult } from '@tanstack/react-query';
import { useEffect, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLive } from '../app/live';
import { useFormats } from '../i18n/format';
import { CardBoundary } from './CardBoundary';

type Props = {
  title: string;
  lead: string;
  /** The query whose freshness the page shows. */
  freshness?: UseQueryResult;
  /** The content takes the height that is left and scrolls in itself. */
  fills?: boolean;
  children: ReactNode;
};

/** Title, one sentence on what the page answers, how fresh it is, and the content. */
export function PageFrame({ title, lead, freshness, fills = false, children }: Props) {
  const { t } = useTranslation();
  useEffect(() => {
    document.title = t('app.title', { page: title });
  }, [t, title]);
  return (
    <>
      <PageSection className="sw-page-head">
        <div className="sw-page-head__row">
          <Title headingLevel="h1">{title}</Title>
          {freshness !== undefined && freshness.data !== undefined && <Freshness query={freshness} />}
        </div>
        <p className="sw-lead">{lead}</p>
      </PageSection>
      <PageSection isFilled className={fills ? 'sw-page-body sw-page-body--fills' : 'sw-page-body'}>
        <CardBoundary>{children}</CardBoundary>
      </PageSection>
    </>
  );
}

function Freshness({ query }: { query: UseQueryResult }) {
  const { t } = useTranslation();
  const format = useFormats();
  const { paused } = useLive();
  const title = t('live.asOf', { time: format.time(query.dataUpdatedAt) });
  if (query.isError) {
    return (
      <Label status="warning" icon={<ExclamationTriangleIcon />} title={title}>
        {t('live.late')}
      </Label>
    );
  }
  if (paused) {
    return (
      <Label color="grey" icon={<PauseIcon />} title={title}>
        {t('live.paused')} · {title}
      </Label>
    );
  }
  return (
    <Label color="green" variant="outline" icon={<span className="sw-pulse" />} title={title}>
      {t('live.live')}
    </Label>
  );
}
