import {
  Button,
  Masthead,
  MastheadBrand,
  MastheadContent,
  MastheadLogo,
  MastheadMain,
  MastheadToggle,
  Nav,
  NavItem,
  NavList,
  Page,
  PageSidebar,
  PageSidebarBody,
  PageToggleButton,
  SkipToContent,
  Toolbar,
  ToolbarContent,
  ToolbarGroup,
  ToolbarItem,
} from '@patternfly/react-core';
import MoonIcon from '@patternfly/react-icons/dist/esm/icons/moon-icon';
import PauseIcon from '@patternfly/react-icons/dist/esm/icons/pause-icon';
import PlayIcon from '@patternfly/react-icons/dist/esm/icons/play-icon';
import SignOutIcon from '@patternfly/react-icons/dist/esm/icons/sign-out-alt-icon';
import SunIcon from '@patternfly/react-icons/dist/esm/icons/sun-icon';
import { useQueryClient } from '@tanstack/react-query';
import { Link, Outlet, useRouterState } from '@tanstack/react-router';
import { Suspense, type MouseEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { session, useSession } from '../session/session';
import { SignInPage } from '../session/SignInPage';
import { PageSkeleton } from '../shared/Skeletons';
import { LanguageChoice } from './LanguageChoice';
import { useLive } from './live';
import { Logo } from './Logo';
import { useTheme, type Theme } from './theme';

const PAGES = [
  { to: '/', label: 'nav.overview' },
  { to: '/environments', label: 'nav.environments' },
  { to: '/endpoints', label: 'nav.endpoints' },
  { to: '/decisions', label: 'nav.decisions' },
  { to: '/capacity', label: 'nav.capacity' },
  { to: '/policies', label: 'nav.policies' },
  { to: '/tenants', label: 'nav.tenants' },
  { to: '/sync', label: 'nav.sync' },
] as const;

const MAIN_ID = 'content';

/** The frame around all pages. Without a token it shows the sign-in page, at the same URL. */
export function Shell() {
  const { token } = useSession();
  const [theme, toggleTheme] = useTheme();
  if (token === null) return <SignInPage theme={theme} onToggleTheme={toggleTheme} />;
  return <SignedIn theme={theme} onToggleTheme={toggleTheme} />;
}

function SignedIn({ theme, onToggleTheme }: { theme: Theme; onToggleTheme: () => void }) {
  const { t } = useTranslation();
  return (
    <Page
      mainContainerId={MAIN_ID}
      mainComponent="main"
      isManagedSidebar
      isContentFilled
      masthead={<TopBar theme={theme} onToggleTheme={onToggleTheme} />}
      sidebar={<Pages />}
      skipToContent={
        <SkipToContent
          href={`#${MAIN_ID}`}
          onClick={(event: MouseEvent) => {
            // The fragment holds the page's place, so the jump is done by hand.
            event.preventDefault();
            document.getElementById(MAIN_ID)?.focus();
          }}
        >
          {t('app.skipToContent')}
        </SkipToContent>
      }
    >
      <Suspense fallback={<PageSkeleton />}>
        <Outlet />
      </Suspense>
    </Page>
  );
}

function Pages() {
  const { t } = useTranslation();
  const here = useRouterState({ select: (state) => state.location.pathname });
  return (
    <PageSidebar>
      <PageSidebarBody>
        <Nav aria-label={t('app.navigation')}>
          <NavList>
            {PAGES.map(({ to, label }) => (
              <NavItem key={to} itemId={to} isActive={here === to}>
                <Link to={to}>{t(label)}</Link>
              </NavItem>
            ))}
          </NavList>
        </Nav>
      </PageSidebarBody>
    </PageSidebar>
  );
}

function TopBar({ theme, onToggleTheme }: { theme: Theme; onToggleTheme: () => void }) {
  const { t } = useTranslation();
  const { paused, toggle } = useLive();
  const queries = useQueryClient();
  return (
    <Masthead>
      <MastheadMain>
        <MastheadToggle>
          <PageToggleButton isHamburgerButton aria-label={t('app.toggleNavigation')} />
        </MastheadToggle>
        <MastheadBrand>
          <MastheadLogo component={(props) => <Link to="/" {...props} />}>
            <Logo />
            <span className="sw-wordmark">{t('app.name')}</span>
          </MastheadLogo>
        </MastheadBrand>
      </MastheadMain>
      <MastheadContent>
        <Toolbar isStatic>
          <ToolbarContent>
            <ToolbarGroup align={{ default: 'alignEnd' }} gap={{ default: 'gapSm' }}>
              <ToolbarItem>
                <Button
                  variant="plain"
                  icon={paused ? <PlayIcon /> : <PauseIcon />}
                  aria-label={paused ? t('live.resume') : t('live.pause')}
                  title={paused ? t('live.resume') : t('live.pause')}
                  onClick={() => {
                    toggle();
                    if (paused) void queries.invalidateQueries();
                  }}
                />
              </ToolbarItem>
              <ToolbarItem>
                <ThemeButton theme={theme} onToggle={onToggleTheme} />
              </ToolbarItem>
              <ToolbarItem>
                <LanguageChoice />
              </ToolbarItem>
              <ToolbarItem>
                <Button
                  variant="plain"
                  icon={<SignOutIcon />}
                  aria-label={t('app.signOut')}
                  title={t('app.signOut')}
                  onClick={() => {
                    session.end();
                    queries.clear();
                  }}
                />
              </ToolbarItem>
            </ToolbarGroup>
          </ToolbarContent>
        </Toolbar>
      </MastheadContent>
    </Masthead>
  );
}

export function ThemeButton({ theme, onToggle }: { theme: Theme; onToggle: () => void }) {
  const { t } = useTranslation();
  const label = theme === 'dark' ? t('app.lightTheme') : t('app.darkTheme');
  return (
    <Button
      variant="plain"
      icon={theme === 'dark' ? <SunIcon /> : <MoonIcon />}
      aria-label={label}
      title={label}
      onClick={onToggle}
    />
  );
}
