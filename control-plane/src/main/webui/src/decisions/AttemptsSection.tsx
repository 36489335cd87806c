import { Label } from '@patternfly/react-core';
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../api/client';
import { useFormats } from '../i18n/format';
import { ZoneLabel } from '../shared/labels';
import { Section } from './Section';

/** Each attempt with the money set aside for it and what it came to. */
export function AttemptsSection({ attempts }: { attempts: Schemas['LedgerEntry'][] }) {
  const { t } = useTranslation();
  const format = useFormats();
  if (attempts.length === 0) {
    return (
      <Section title={t('explanation.attemptsTitle')}>
        <p className="sw-quiet">{t('explanation.noAttempts')}</p>
      </Section>
    );
  }
  return (
    <Section title={t('explanation.attemptsTitle')}>
      <Table role="table" aria-label={t('explanation.attemptsTitle')} variant="compact" borders={false}>
        <Thead>
          <Tr>
            <Th>{t('explanation.attempt')}</Th>
            <Th>{t('explanation.result')}</Th>
            <Th className="sw-number">{t('explanation.tokens')}</Th>
            <Th className="sw-number">{t('explanation.reserved')}</Th>
            <Th className="sw-number">{t('explanation.settled')}</Th>
          </Tr>
        </Thead>
        <Tbody>
          {attempts.map((attempt) => (
            <Tr key={attempt.attemptId}>
              <Td dataLabel={t('explanation.attempt')}>
                <span className="sw-served-by">
                  {attempt.zone !== null && <ZoneLabel zone={attempt.zone} />}{' '}
                  {attempt.pool?.environment ?? t('app.unknown')}
                </span>
                <div className="sw-quiet sw-small">{attempt.endpoint}</div>
              </Td>
              <Td dataLabel={t('explanation.result')}>{t(`attemptOutcome.${attempt.outcome ?? 'open'}`)}</Td>
              <Td dataLabel={t('explanation.tokens')} className="sw-number">
                {attempt.promptTokens === null ? '–' : format.integer(attempt.promptTokens)} /{' '}
                {attempt.completionTokens === null ? '–' : format.integer(attempt.completionTokens)}
              </Td>
              <Td dataLabel={t('explanation.reserved')} className="sw-number">
                {attempt.reserved === null ? '–' : format.money(attempt.reserved)}
              </Td>
              <Td dataLabel={t('explanation.settled')} className="sw-number">
                {attempt.settled === null ? '–' : format.money(attempt.settled)}{' '}
                {attempt.estimated && (
                  <Label isCompact color="orange">
                    {t('explanation.estimated')}
                  </Label>
                )}
              </Td>
            </Tr>
          ))}
        </Tbody>
      </Table>
    </Section>
  );
}
