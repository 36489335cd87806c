import { EmptyState, EmptyStateActions, EmptyStateBody, EmptyStateFooter, PageSection } from '@patternfly/react-core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';

export function NotFound() {
  const { t } = useTranslation();
  return (
    <PageSection>
      <EmptyState titleText={t('app.notFound')} headingLevel="h1">
        <EmptyStateBody>{t('app.notFoundDetail')}</EmptyStateBody>
        <EmptyStateFooter>
          <EmptyStateActions>
            <Link to="/">{t('app.toOverview')}</Link>
          </EmptyStateActions>
        </EmptyStateFooter>
      </EmptyState>
    </PageSection>
  );
}
