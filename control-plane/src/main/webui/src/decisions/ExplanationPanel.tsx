import {
  DrawerActions,
  DrawerCloseButton,
  DrawerHead,
  DrawerPanelBody,
  DrawerPanelContent,
  Title,
} from '@patternfly/react-core';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../api/client';
import { useDecision } from '../api/queries';
import { useFormats } from '../i18n/format';
import { CardBoundary } from '../shared/CardBoundary';
import { CopyButton } from '../shared/Command';
import { ClassLabel, OutcomeLabel, ZoneLabel } from '../shared/labels';
import { Loaded } from '../shared/Loaded';
import { TableSkeleton } from '../shared/Skeletons';
import { AttemptsSection } from './AttemptsSection';
import { ClassSection, FindingsSection } from './ClassSection';
import { FeaturesSection } from './FeaturesSection';
import { RequestSection, RuleSection, StepsSection } from './RuleSection';
import { TimingsSection } from './TimingsSection';

/** Why one decision came out as it did, from what the request was to what it cost. */
export function ExplanationPanel({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useTranslation();
  const decision = useDecision(id);
  const heading = useRef<HTMLDivElement>(null);
  useEffect(() => {
    heading.current?.focus();
  }, []);
  return (
    <DrawerPanelContent
      widths={{ default: 'width_50', '2xl': 'width_50' }}
      className="sw-explanation"
      role="region"
      aria-label={t('explanation.title')}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose();
      }}
    >
      <DrawerHead>
        <div ref={heading} tabIndex={-1} className="sw-explanation__head">
          <Title headingLevel="h2" size="lg">
            {t('explanation.title')}
          </Title>
          <span className="sw-id">
            <code>{id}</code>
            <CopyButton text={id} label={t('explanation.copyId')} />
          </span>
        </div>
        <DrawerActions>
          <DrawerCloseButton onClick={onClose} aria-label={t('explanation.close')} />
        </DrawerActions>
      </DrawerHead>
      <DrawerPanelBody>
        <CardBoundary>
          <Loaded query={decision} loading={<TableSkeleton what={t('explanation.title')} rows={10} />}>
            {(detail) => <Explained detail={detail} />}
          </Loaded>
        </CardBoundary>
      </DrawerPanelBody>
    </DrawerPanelContent>
  );
}

function Explained({ detail }: { detail: Schemas['DecisionDetail'] }) {
  const { decision, classification, explanation, attempts, features } = detail;
  return (
    <>
      <Verdict decision={decision} />
      <ClassSection classification={classification} />
      <FindingsSection findings={classification.findings} />
      <RuleSection explanation={explanation} decision={decision} />
      <StepsSection steps={explanation.steps} />
      <AttemptsSection attempts={attempts} />
      <TimingsSection decision={decision} />
      <RequestSection decision={decision} />
      <FeaturesSection features={features} />
    </>
  );
}

function Verdict({ decision }: { decision: Schemas['DecisionSummary'] }) {
  const { t } = useTranslation();
  const format = useFormats();
  return (
    <div className="sw-verdict">
      <div className="sw-labels">
        <OutcomeLabel outcome={decision.outcome} isCompact={false} />
        <ClassLabel dataClass={decision.dataClass} />
        {decision.zone !== null && <ZoneLabel zone={decision.zone} />}
        <span className="sw-quiet">{t('explanation.httpStatus', { status: decision.status })}</span>
      </div>
      <p>{verdictText(decision, t, format.millis)}</p>
      <p className="sw-quiet">
        <time dateTime={decision.at}>{format.instant(decision.at)}</time>
      </p>
    </div>
  );
}

type Translate = ReturnType<typeof useTranslation>['t'];

function verdictText(decision: Schemas['DecisionSummary'], t: Translate, millis: (value: number) => string): string {
  if (decision.outcome !== 'served') return t(`explanation.${decision.outcome}`);
  const pool =
    decision.pool === null ? t('app.unknown') : `${decision.pool.environment}/${decision.pool.modelVersion}`;
  return decision.queueMillis === 0
    ? t('explanation.served', { pool })
    : t('explanation.servedQueued', { pool, wait: millis(decision.queueMillis) });
}
