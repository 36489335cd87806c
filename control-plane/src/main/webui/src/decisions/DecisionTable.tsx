import { Button } from '@patternfly/react-core';
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../api/client';
import { useFormats } from '../i18n/format';
import { ClassLabel, OutcomeLabel, ZoneLabel } from '../shared/labels';

type Props = {
  items: Schemas['DecisionSummary'][];
  openId?: string | undefined;
  onOpen: (id: string) => void;
  /** Leaves out what the open explanation shows anyway. */
  narrow?: boolean;
};

export function DecisionTable({ items, openId, onOpen, narrow = false }: Props) {
  const { t } = useTranslation();
  return (
    <Table role="table" aria-label={t('decisions.title')} variant="compact" className="sw-decisions">
      <Thead>
        <Tr>
          <Th>{t('decisions.time')}</Th>
          <Th>{t('decisions.outcome')}</Th>
          <Th>{t('decisions.dataClass')}</Th>
          <Th>{t('decisions.pool')}</Th>
          {!narrow && <Th>{t('decisions.model')}</Th>}
          {!narrow && <Th>{t('decisions.caller')}</Th>}
          {!narrow && (
            <Th className="sw-number" title={t('decisions.firstTokenHelp')}>
              {t('decisions.firstToken')}
            </Th>
          )}
          {!narrow && <Th className="sw-number">{t('decisions.queue')}</Th>}
          {!narrow && <Th className="sw-number">{t('decisions.total')}</Th>}
        </Tr>
      </Thead>
      <Tbody>
        {items.map((decision) => (
          <DecisionRow
            key={decision.id}
            decision={decision}
            open={decision.id === openId}
            onOpen={() => onOpen(decision.id)}
            narrow={narrow}
          />
        ))}
      </Tbody>
    </Table>
  );
}

type RowProps = { decision: Schemas['DecisionSummary']; open: boolean; onOpen: () => void; narrow: boolean };

function DecisionRow({ decision, open, onOpen, narrow }: RowProps) {
  const { t } = useTranslation();
  const format = useFormats();
  const time = format.time(decision.at);
  return (
    // The button carries the keyboard's way; a click anywhere in the row is a convenience of the mouse.
    <Tr className={open ? 'sw-row sw-row--open' : 'sw-row'} onClick={onOpen}>
      <Td dataLabel={t('decisions.time')}>
        <Button
          id={`decision-${decision.id}`}
          variant="link"
          isInline
          aria-label={t('decisions.explain', { outcome: t(`outcome.${decision.outcome}`), time })}
          aria-expanded={open}
          onClick={(event) => {
            event.stopPropagation();
            onOpen();
          }}
        >
          <time dateTime={decision.at} title={format.instant(decision.at)}>
            {time}
          </time>
        </Button>
      </Td>
      <Td dataLabel={t('decisions.outcome')}>
        <OutcomeLabel outcome={decision.outcome} />
      </Td>
      <Td dataLabel={t('decisions.dataClass')}>
        <ClassLabel dataClass={decision.dataClass} />
      </Td>
      <Td dataLabel={t('decisions.pool')}>
        <ServedBy decision={decision} />
      </Td>
      {!narrow && <Td dataLabel={t('decisions.model')}>{decision.model}</Td>}
      {!narrow && <Td dataLabel={t('decisions.caller')}>{decision.tenant}</Td>}
      {!narrow && (
        <Td dataLabel={t('decisions.firstToken')} className="sw-number">
          <FirstToken decision={decision} />
        </Td>
      )}
      {!narrow && (
        <Td dataLabel={t('decisions.queue')} className="sw-number">
          {format.millis(decision.queueMillis)}
        </Td>
      )}
      {!narrow && (
        <Td dataLabel={t('decisions.total')} className="sw-number">
          {format.millis(decision.totalMillis)}
        </Td>
      )}
    </Tr>
  );
}

function ServedBy({ decision }: { decision: Schemas['DecisionSummary'] }) {
  const { t } = useTranslation();
  if (decision.pool === null) return <span className="sw-quiet">{t('decisions.nobody')}</span>;
  return (
    <span className="sw-served-by">
      {decision.zone !== null && <ZoneLabel zone={decision.zone} />} {decision.pool.environment}
    </span>
  );
}

function FirstToken({ decision }: { decision: Schemas['DecisionSummary'] }) {
  const { t } = useTranslation();
  const format = useFormats();
  const { ttftMillis, predictedTtftMillis } = decision;
  return (
    <>
      {ttftMillis === null ? '–' : format.millis(ttftMillis)}
      {predictedTtftMillis !== null && (
        <div className="sw-quiet sw-small">
          {t('decisions.predictedShort', { value: format.millis(predictedTtftMillis) })}
        </div>
      )}
    </>
  );
}
