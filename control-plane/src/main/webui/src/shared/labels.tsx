import { Label } from '@patternfly/react-core';
import BanIcon from '@patternfly/react-icons/dist/esm/icons/ban-icon';
import CheckCircleIcon from '@patternfly/react-icons/dist/esm/icons/check-circle-icon';
import CloudIcon from '@patternfly/react-icons/dist/esm/icons/cloud-icon';
import ExclamationCircleIcon from '@patternfly/react-icons/dist/esm/icons/exclamation-circle-icon';
import HourglassIcon from '@patternfly/react-icons/dist/esm/icons/hourglass-half-icon';
import InProgressIcon from '@patternfly/react-icons/dist/esm/icons/in-progress-icon';
import LockIcon from '@patternfly/react-icons/dist/esm/icons/lock-icon';
import MinusCircleIcon from '@patternfly/react-icons/dist/esm/icons/minus-circle-icon';
import PowerOffIcon from '@patternfly/react-icons/dist/esm/icons/power-off-icon';
import ShieldIcon from '@patternfly/react-icons/dist/esm/icons/shield-alt-icon';
import type { ComponentProps, ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../api/client';

/** Colour repeats what the word and the icon already say; it is never the only signal. */
type Look = { color: NonNullable<ComponentProps<typeof Label>['color']>; icon: ReactElement };

const ZONE: Record<Schemas['Zone'], Look> = {
  private: { color: 'teal', icon: <LockIcon /> },
  public: { color: 'purple', icon: <CloudIcon /> },
};

export function ZoneLabel({ zone }: { zone: Schemas['Zone'] }) {
  const { t } = useTranslation();
  return (
    <Label isCompact {...ZONE[zone]}>
      {t(`zone.${zone}`)}
    </Label>
  );
}

const CLASS_COLOR: Record<Schemas['DataClass'], Look['color']> = {
  public: 'grey',
  internal: 'blue',
  confidential: 'orange',
  restricted: 'red',
};

export function ClassLabel({ dataClass }: { dataClass: Schemas['DataClass'] }) {
  const { t } = useTranslation();
  return (
    <Label isCompact color={CLASS_COLOR[dataClass]} icon={<ShieldIcon />}>
      {t(`dataClass.${dataClass}`)}
    </Label>
  );
}

/** The highest class an environment may see. */
export function ClearanceLabel({ dataClass }: { dataClass: Schemas['DataClass'] }) {
  const { t } = useTranslation();
  return (
    <Label isCompact variant="outline" icon={<ShieldIcon />} title={t('environments.clearanceHelp')}>
      {t('environments.clearance', { dataClass: t(`dataClass.${dataClass}`) })}
    </Label>
  );
}

const ENDPOINT_STATE: Record<Schemas['EndpointState'], Look> = {
  starting: { color: 'blue', icon: <InProgressIcon /> },
  ready: { color: 'green', icon: <CheckCircleIcon /> },
  draining: { color: 'orange', icon: <HourglassIcon /> },
  down: { color: 'red', icon: <PowerOffIcon /> },
};

export function EndpointStateLabel({ state }: { state: Schemas['EndpointState'] }) {
  const { t } = useTranslation();
  return (
    <Label isCompact variant="outline" {...ENDPOINT_STATE[state]}>
      {t(`endpointState.${state}`)}
    </Label>
  );
}

const OUTCOME: Record<Schemas['Outcome'], Look> = {
  served: { color: 'green', icon: <CheckCircleIcon /> },
  shed: { color: 'orange', icon: <HourglassIcon /> },
  denied: { color: 'red', icon: <BanIcon /> },
  failed: { color: 'red', icon: <ExclamationCircleIcon /> },
  cancelled: { color: 'grey', icon: <MinusCircleIcon /> },
};

export function OutcomeLabel({ outcome, isCompact = true }: { outcome: Schemas['Outcome']; isCompact?: boolean }) {
  const { t } = useTranslation();
  return (
    <Label isCompact={isCompact} {...OUTCOME[outcome]}>
      {t(`outcome.${outcome}`)}
    </Label>
  );
}

const VERDICT: Record<Schemas['Verdict'], Look> = {
  proved: { color: 'green', icon: <CheckCircleIcon /> },
  violated: { color: 'red', icon: <ExclamationCircleIcon /> },
  undecided: { color: 'orange', icon: <HourglassIcon /> },
};

export function VerdictLabel({ verdict }: { verdict: Schemas['Verdict'] }) {
  const { t } = useTranslation();
  return (
    <Label isCompact {...VERDICT[verdict]}>
      {t(`verdict.${verdict}`)}
    </Label>
  );
}

/** A yes-or-no state in words. */
export function UpLabel({ up, yes, no }: { up: boolean; yes: string; no: string }) {
  return (
    <Label
      isCompact
      variant="outline"
      color={up ? 'green' : 'red'}
      icon={up ? <CheckCircleIcon /> : <ExclamationCircleIcon />}
    >
      {up ? yes : no}
    </Label>
  );
}
