import { FormSelect, FormSelectOption } from '@patternfly/react-core';
import { useTranslation } from 'react-i18next';
import { chooseLanguage, LANGUAGES, type Language } from '../i18n';

/** Languages under their own names, so that readers of none of the others find theirs. */
export function LanguageChoice() {
  const { t, i18n } = useTranslation();
  return (
    <FormSelect
      className="sw-language"
      aria-label={t('app.language')}
      value={i18n.language}
      onChange={(_event, value) => chooseLanguage(value as Language)}
    >
      {Object.entries(LANGUAGES).map(([code, name]) => (
        <FormSelectOption key={code} value={code} label={name} lang={code === 'zh' ? 'zh-CN' : 'en'} />
      ))}
    </FormSelect>
  );
}
