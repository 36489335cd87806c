import { useTranslation } from 'react-i18next';
import type { Schemas } from '../api/client';
import { useFormats } from '../i18n/format';
import { Section } from './Section';

/** Prediction against measurement, on one scale. The numbers beside the bars say the same. */
export function TimingsSection({ decision }: { decision: Schemas['DecisionSummary'] }) {
  const { t } = useTranslation();
  const format = useFormats();
  const rows = [
    { label: t('explanation.queued'), millis: decision.queueMillis, kind: 'plain' },
    { label: t('explanation.predictedFirst'), millis: decision.predictedTtftMillis, kind: 'predicted' },
    { label: t('explanation.actualFirst'), millis: decision.ttftMillis, kind: 'actual' },
    { label: t('explanation.total'), millis: decision.totalMillis, kind: 'plain' },
  ];
  const longest = Math.max(1, ...rows.map((row) => row.millis ?? 0));
  return (
    <Section title={t('explanation.timingsTitle')}>
      <dl className="sw-timings">
        {rows.map(({ label, millis, kind }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>
              <span className="sw-timings__track" aria-hidden="true">
                <span
                  className={`sw-timings__bar sw-timings__bar--${kind}`}
                  style={{ width: `${((millis ?? 0) / longest) * 100}%` }}
                />
              </span>
              <span className="sw-timings__value">{millis === null ? t('app.unknown') : format.millis(millis)}</span>
            </dd>
          </div>
        ))}
      </dl>
    </Section>
  );
}
