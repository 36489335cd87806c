import { EmptyState, EmptyStateBody, EmptyStateFooter } from '@patternfly/react-core';
import CubesIcon from '@patternfly/react-icons/dist/esm/icons/cubes-icon';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Command } from './Command';

/** Nothing to show yet, and the command that changes that. */
export function NothingYet({ title, detail, command }: { title: string; detail: ReactNode; command: string }) {
  const { t } = useTranslation();
  return (
    <EmptyState icon={CubesIcon} titleText={title} headingLevel="h2">
      <EmptyStateBody>{detail}</EmptyStateBody>
      <EmptyStateFooter>
        <p className="sw-quiet">{t('state.runThis')}</p>
        <Command>{command}</Command>
      </EmptyStateFooter>
    </EmptyState>
  );
}
