import { useTranslation } from 'react-i18next';
import { useTopology } from '../api/queries';
import { Loaded } from '../shared/Loaded';
import { NothingYet } from '../shared/NothingYet';
import { PageFrame } from '../shared/PageFrame';
import { CardsSkeleton } from '../shared/Skeletons';
import { EnvironmentCard } from './EnvironmentCard';

/** Private and public places side by side: what each may see and how busy it is. */
export function EnvironmentsPage() {
  const { t } = useTranslation();
  const topology = useTopology();
  return (
    <PageFrame title={t('environments.title')} lead={t('environments.lead')} freshness={topology}>
      <Loaded
        query={topology}
        loading={<CardsSkeleton what={t('environments.title')} />}
        isEmpty={(data) => data.environments.length === 0}
        empty={
          <NothingYet
            title={t('environments.emptyTitle')}
            detail={t('environments.emptyDetail')}
            command="./spillway endpoints add --environment onprem --url http://HOST:8000"
          />
        }
      >
        {(data) => (
          <div className="sw-columns">
            {[...data.environments]
              .sort((a, b) => a.zone.localeCompare(b.zone) || a.name.localeCompare(b.name))
              .map((environment) => (
                <EnvironmentCard
                  key={environment.name}
                  environment={environment}
                  topology={data}
                  readAt={topology.dataUpdatedAt}
                />
              ))}
          </div>
        )}
      </Loaded>
    </PageFrame>
  );
}
