import { Button, EmptyState, EmptyStateActions, EmptyStateBody, EmptyStateFooter } from '@patternfly/react-core';
import ExclamationCircleIcon from '@patternfly/react-icons/dist/esm/icons/exclamation-circle-icon';
import LockIcon from '@patternfly/react-icons/dist/esm/icons/lock-icon';
import { useTranslation } from 'react-i18next';
import { ApiProblem, type ProblemItem } from '../api/problem';
import { session } from '../session/session';
import { Command } from './Command';

/** What the control plane said went wrong, what to do about it, and a way to try again. */
export function ProblemState({ error, onRetry }: { error: Error; onRetry: () => void }) {
  const { t } = useTranslation();
  const problem = error instanceof ApiProblem ? error : new ApiProblem(-1, error.message);
  if (problem.forbidden) return <ForbiddenState />;
  return (
    <EmptyState
      status="danger"
      icon={ExclamationCircleIcon}
      titleText={problem.unreachable ? t('state.unreachable') : problem.title}
      headingLevel="h2"
      role="alert"
    >
      <EmptyStateBody>
        {problem.unreachable ? (
          <>
            <p>{t('state.unreachableDetail')}</p>
            <p>{t('state.unreachableHint')}</p>
            <Command>./spillway status</Command>
          </>
        ) : (
          <>
            {problem.detail !== '' && <p>{problem.detail}</p>}
            {problem.items.length > 0 && (
              <ul className="sw-problem-items">
                {problem.items.map((item, index) => (
                  <ProblemLine key={index} item={item} />
                ))}
              </ul>
            )}
            {problem.code !== '' && <p className="sw-quiet">{t('state.code', { code: problem.code })}</p>}
          </>
        )}
      </EmptyStateBody>
      <EmptyStateFooter>
        <EmptyStateActions>
          <Button onClick={onRetry}>{t('state.retry')}</Button>
        </EmptyStateActions>
      </EmptyStateFooter>
    </EmptyState>
  );
}

/** What an operator token shows in place of decisions: nothing is broken, so no alarm and no retry. */
export function ForbiddenState() {
  const { t } = useTranslation();
  return (
    <EmptyState icon={LockIcon} titleText={t('state.forbidden')} headingLevel="h2" role="status">
      <EmptyStateBody>
        <p>{t('state.forbiddenDetail')}</p>
        <p>{t('state.forbiddenHint')}</p>
      </EmptyStateBody>
      <EmptyStateFooter>
        <EmptyStateActions>
          <Button variant="secondary" onClick={session.end}>
            {t('state.otherToken')}
          </Button>
        </EmptyStateActions>
      </EmptyStateFooter>
    </EmptyState>
  );
}

function ProblemLine({ item }: { item: ProblemItem }) {
  const { t } = useTranslation();
  const place = item.at ?? (item.line === undefined ? undefined : `${item.line}:${item.column ?? 1}`);
  return (
    <li>
      {place !== undefined && place !== '' && <code>{place}</code>} {item.message}
      {item.hint !== undefined && item.hint !== '' && <div>{t('state.hint', { hint: item.hint })}</div>}
    </li>
  );
}
