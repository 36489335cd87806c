import {
  DescriptionList,
  DescriptionListDescription,
  DescriptionListGroup,
  DescriptionListTerm,
} from '@patternfly/react-core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../api/client';
import { Section } from './Section';

const DIGEST_DIGITS = 12;

type Props = { explanation: Schemas['Explanation']; decision: Schemas['DecisionSummary'] };

/** The placement rule, and the policy and state it was read from. */
export function RuleSection({ explanation, decision }: Props) {
  const { t } = useTranslation();
  return (
    <Section title={t('explanation.ruleTitle')}>
      <p>
        {explanation.rule === '' ? t('explanation.noRule') : <code className="sw-rule">{explanation.rule}</code>}
      </p>
      <p className="sw-quiet sw-small">
        <Link to="/policies">
          {t('explanation.policyVersion', { digest: decision.policyDigest.slice(0, DIGEST_DIGITS) })}
        </Link>{' '}
        · {t('explanation.stateSeq', { seq: decision.stateSeq })}
      </p>
    </Section>
  );
}

/** What was weighed, in order. */
export function StepsSection({ steps }: { steps: Schemas['ExplanationStep'][] }) {
  const { t } = useTranslation();
  return (
    <Section title={t('explanation.stepsTitle')}>
      {steps.length === 0 ? (
        <p className="sw-quiet">{t('explanation.noSteps')}</p>
      ) : (
        <ol className="sw-steps">
          {steps.map((step, index) => (
            <li key={index}>
              <strong>{step.subject}</strong>
              <div>{step.outcome}</div>
            </li>
          ))}
        </ol>
      )}
    </Section>
  );
}

/** Who asked for what. */
export function RequestSection({ decision }: { decision: Schemas['DecisionSummary'] }) {
  const { t } = useTranslation();
  const facts = [
    [t('decisions.caller'), decision.tenant],
    [t('explanation.key'), decision.keyId],
    [t('explanation.operation'), decision.operation],
    [t('decisions.model'), decision.model],
    [t('explanation.router'), decision.router],
  ] as const;
  return (
    <Section title={t('explanation.factsTitle')}>
      <Facts facts={facts} />
    </Section>
  );
}

export function Facts({ facts }: { facts: readonly (readonly [string, string])[] }) {
  return (
    <DescriptionList isCompact isHorizontal className="sw-facts">
      {facts.map(([term, value]) => (
        <DescriptionListGroup key={term}>
          <DescriptionListTerm>{term}</DescriptionListTerm>
          <DescriptionListDescription>{value}</DescriptionListDescription>
        </DescriptionListGroup>
      ))}
    </DescriptionList>
  );
}
