import {
  Button,
  EmptyState,
  EmptyStateActions,
  EmptyStateBody,
  EmptyStateFooter,
  ToggleGroup,
  ToggleGroupItem,
  Toolbar,
  ToolbarContent,
  ToolbarItem,
} from '@patternfly/react-core';
import SearchIcon from '@patternfly/react-icons/dist/esm/icons/search-icon';
import { useTranslation } from 'react-i18next';
import type { DecisionFilter } from '../api/queries';
import { OUTCOMES, ZONES } from './search';

type Props = { filter: DecisionFilter; onChange: (next: DecisionFilter) => void };

/** A new filter starts at the newest decision again. */
export function DecisionFilters({ filter, onChange }: Props) {
  const { t } = useTranslation();
  return (
    <Toolbar className="sw-filters">
      <ToolbarContent>
        <ToolbarItem>
          <Choices
            label={t('decisions.filterOutcome')}
            caption={t('decisions.outcome')}
            all={t('decisions.all')}
            choices={OUTCOMES.map((value) => ({ value, label: t(`outcome.${value}`) }))}
            chosen={filter.outcome}
            onChoose={(outcome) => onChange({ zone: filter.zone, outcome })}
          />
        </ToolbarItem>
        <ToolbarItem>
          <Choices
            label={t('decisions.filterZone')}
            caption={t('decisions.zone')}
            all={t('decisions.all')}
            choices={ZONES.map((value) => ({ value, label: t(`zone.${value}`) }))}
            chosen={filter.zone}
            onChoose={(zone) => onChange({ outcome: filter.outcome, zone })}
          />
        </ToolbarItem>
      </ToolbarContent>
    </Toolbar>
  );
}

type ChoicesProps<T extends string> = {
  label: string;
  caption: string;
  all: string;
  choices: { value: T; label: string }[];
  chosen: T | undefined;
  onChoose: (value: T | undefined) => void;
};

function Choices<T extends string>({ label, caption, all, choices, chosen, onChoose }: ChoicesProps<T>) {
  return (
    <div className="sw-choices">
      <span className="sw-choices__caption" aria-hidden="true">
        {caption}
      </span>
      <ToggleGroup aria-label={label} isCompact>
        <ToggleGroupItem text={all} isSelected={chosen === undefined} onChange={() => onChoose(undefined)} />
        {choices.map(({ value, label: text }) => (
          <ToggleGroupItem key={value} text={text} isSelected={chosen === value} onChange={() => onChoose(value)} />
        ))}
      </ToggleGroup>
    </div>
  );
}

export function NoMatch({ onClear }: { onClear: () => void }) {
  const { t } = useTranslation();
  return (
    <EmptyState icon={SearchIcon} titleText={t('decisions.noMatchTitle')} headingLevel="h2" variant="sm">
      <EmptyStateBody>{t('decisions.noMatchDetail')}</EmptyStateBody>
      <EmptyStateFooter>
        <EmptyStateActions>
          <Button variant="link" onClick={onClear}>
            {t('decisions.clearFilters')}
          </Button>
        </EmptyStateActions>
      </EmptyStateFooter>
    </EmptyState>
  );
}
