import { Label } from '@patternfly/react-core';
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../api/client';
import { useFormats } from '../i18n/format';
import { ClassLabel } from '../shared/labels';
import { Section } from './Section';

/** The class and everything that asked for one; the strictest wins. */
export function ClassSection({ classification }: { classification: Schemas['Classification'] }) {
  const { t } = useTranslation();
  const { dataClass, sources, unscanned } = classification;
  return (
    <Section title={t('explanation.classTitle')}>
      <Table role="table" aria-label={t('explanation.sources')} variant="compact" borders={false}>
        <Thead>
          <Tr>
            <Th>{t('explanation.source')}</Th>
            <Th>{t('explanation.asksFor')}</Th>
          </Tr>
        </Thead>
        <Tbody>
          {sources.map((source, index) => (
            <Tr key={index}>
              <Td dataLabel={t('explanation.source')}>
                <code>{source.name}</code>
              </Td>
              <Td dataLabel={t('explanation.asksFor')}>
                <ClassLabel dataClass={source.dataClass} />{' '}
                {source.dataClass === dataClass && <span className="sw-quiet">{t('explanation.decisive')}</span>}
              </Td>
            </Tr>
          ))}
        </Tbody>
      </Table>
      {unscanned.length > 0 && (
        <p className="sw-labels">
          {t('explanation.unscanned')}:
          {unscanned.map((kind) => (
            <Label key={kind} isCompact color="orange">
              {kind}
            </Label>
          ))}
        </p>
      )}
    </Section>
  );
}

/** What the detectors saw: kinds and places, never text. */
export function FindingsSection({ findings }: { findings: Schemas['Finding'][] }) {
  const { t } = useTranslation();
  const format = useFormats();
  if (findings.length === 0) {
    return (
      <Section title={t('explanation.findingsTitle')}>
        <p className="sw-quiet">{t('explanation.noFindings')}</p>
      </Section>
    );
  }
  return (
    <Section title={t('explanation.findingsTitle')}>
      <Table role="table" aria-label={t('explanation.findingsTitle')} variant="compact" borders={false}>
        <Thead>
          <Tr>
            <Th>{t('explanation.type')}</Th>
            <Th>{t('explanation.category')}</Th>
            <Th className="sw-number">{t('explanation.confidence')}</Th>
            <Th className="sw-number">{t('explanation.span')}</Th>
            <Th>{t('explanation.path')}</Th>
          </Tr>
        </Thead>
        <Tbody>
          {findings.map((finding, index) => (
            <Tr key={index}>
              <Td dataLabel={t('explanation.type')}>
                {finding.vendor ? `${finding.type} (${finding.vendor})` : finding.type}
              </Td>
              <Td dataLabel={t('explanation.category')}>{finding.category}</Td>
              <Td dataLabel={t('explanation.confidence')} className="sw-number">
                {format.percent(finding.confidence)}
              </Td>
              <Td dataLabel={t('explanation.span')} className="sw-number">
                {finding.start}–{finding.end}
              </Td>
              <Td dataLabel={t('explanation.path')}>
                <code>
                  {finding.path.split(/(?<=\/)/).map((part, at) => (
                    <Fragment key={at}>
                      {part}
                      <wbr />
                    </Fragment>
                  ))}
                </code>
              </Td>
            </Tr>
          ))}
        </Tbody>
      </Table>
      <p className="sw-quiet sw-small">{t('explanation.findingsNote')}</p>
    </Section>
  );
}
