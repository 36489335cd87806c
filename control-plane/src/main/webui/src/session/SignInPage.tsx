import {
  Button,
  Card,
  CardBody,
  Form,
  FormAlert,
  FormGroup,
  Alert,
  InputGroup,
  InputGroupItem,
  TextInput,
  Title,
} from '@patternfly/react-core';
import EyeIcon from '@patternfly/react-icons/dist/esm/icons/eye-icon';
import EyeSlashIcon from '@patternfly/react-icons/dist/esm/icons/eye-slash-icon';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { tryToken } from '../api/client';
import { LanguageChoice } from '../app/LanguageChoice';
import { Logo } from '../app/Logo';
import { ThemeButton } from '../app/Shell';
import type { Theme } from '../app/theme';
import { Command } from '../shared/Command';
import { session, useSession } from './session';

type Trouble = 'refused' | 'expired' | 'unreachable' | 'empty';

/** Takes the admin token and tries it before keeping it. */
export function SignInPage({ theme, onToggleTheme }: { theme: Theme; onToggleTheme: () => void }) {
  const { t } = useTranslation();
  useEffect(() => {
    document.title = t('app.title', { page: t('signIn.submit') });
  }, [t]);
  return (
    <div className="sw-sign-in">
      <header className="sw-sign-in__bar">
        <ThemeButton theme={theme} onToggle={onToggleTheme} />
        <LanguageChoice />
      </header>
      <main className="sw-sign-in__main">
        <Card className="sw-sign-in__card" isLarge>
          <CardBody>
            <Logo />
            <Title headingLevel="h1" size="2xl" className="sw-sign-in__title">
              {t('signIn.title')}
            </Title>
            <p className="sw-lead">{t('signIn.subtitle')}</p>
            <TokenForm />
            <section className="sw-sign-in__where" aria-labelledby="where">
              <Title headingLevel="h2" size="md" id="where">
                {t('signIn.where')}
              </Title>
              <p>{t('signIn.whereDetail')}</p>
              <Command>cat .spillway/admin-token</Command>
              <p className="sw-quiet">{t('signIn.storage')}</p>
            </section>
          </CardBody>
        </Card>
      </main>
    </div>
  );
}

function TokenForm() {
  const { t } = useTranslation();
  const { rejected } = useSession();
  const field = useRef<HTMLInputElement>(null);
  const [token, setToken] = useState('');
  const [shown, setShown] = useState(false);
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<Trouble | null>(rejected ? 'expired' : null);

  async function submit() {
    const trimmed = token.trim();
    if (trimmed === '') {
      setTrouble('empty');
      field.current?.focus();
      return;
    }
    setBusy(true);
    const verdict = await tryToken(trimmed);
    setBusy(false);
    if (verdict === 'accepted') session.begin(trimmed);
    else {
      setTrouble(verdict);
      field.current?.focus();
    }
  }

  return (
    <Form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      {trouble !== null && (
        <FormAlert>
          <Alert variant="danger" isInline title={t(`signIn.${trouble}`)} id="sign-in-trouble" role="alert" />
        </FormAlert>
      )}
      <FormGroup label={t('signIn.token')} fieldId="token" isRequired>
        <InputGroup>
          <InputGroupItem isFill>
            <TextInput
              id="token"
              ref={field}
              type={shown ? 'text' : 'password'}
              value={token}
              isRequired
              autoComplete="off"
              spellCheck="false"
              validated={trouble === null ? 'default' : 'error'}
              {...(trouble !== null && { 'aria-describedby': 'sign-in-trouble' })}
              onChange={(_event, value) => setToken(value)}
            />
          </InputGroupItem>
          <InputGroupItem>
            <Button
              variant="control"
              icon={shown ? <EyeSlashIcon /> : <EyeIcon />}
              aria-label={shown ? t('signIn.hide') : t('signIn.show')}
              onClick={() => setShown(!shown)}
            />
          </InputGroupItem>
        </InputGroup>
      </FormGroup>
      <Button type="submit" isBlock isLoading={busy} isDisabled={busy}>
        {t('signIn.submit')}
      </Button>
    </Form>
  );
}
