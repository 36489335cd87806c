import { Alert, Button } from '@patternfly/react-core';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiProblem } from '../api/problem';
import { useFormats } from '../i18n/format';
import { ProblemState } from './ProblemState';

type Props<T> = {
  query: UseQueryResult<T>;
  /** Shown until the first answer. */
  loading: ReactNode;
  /** Shown instead of the content when this is given and `isEmpty` holds. */
  empty?: ReactNode;
  isEmpty?: (data: T) => boolean;
  children: (data: T) => ReactNode;
};

/**
 * The four states of anything that is fetched: loading, failed, empty, there. When polling fails later, the last
 * answer stays visible under a warning that says how old it is.
 */
export function Loaded<T>({ query, loading, empty, isEmpty, children }: Props<T>) {
  const { t } = useTranslation();
  const format = useFormats();
  const { data, error, dataUpdatedAt, refetch } = query;
  const retry = () => void refetch();
  if (data === undefined) {
    return error === null ? loading : <ProblemState error={error} onRetry={retry} />;
  }
  return (
    <>
      {error !== null && (
        <Alert
          className="sw-late"
          variant="warning"
          isInline
          title={t('state.lateTitle', { time: format.time(dataUpdatedAt) })}
          actionLinks={
            <Button variant="link" isInline onClick={retry}>
              {t('state.retry')}
            </Button>
          }
        >
          {t('state.lateDetail', { reason: reasonOf(error, t('state.unreachable')) })}
        </Alert>
      )}
      {isEmpty?.(data) === true && empty !== undefined ? empty : children(data)}
    </>
  );
}

function reasonOf(error: Error, unreachable: string): string {
  return error instanceof ApiProblem && error.unreachable ? unreachable : error.message;
}
