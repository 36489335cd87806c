import { Button } from '@patternfly/react-core';
import CheckIcon from '@patternfly/react-icons/dist/esm/icons/check-icon';
import CopyIcon from '@patternfly/react-icons/dist/esm/icons/copy-icon';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';

/** A command line to copy. */
export function Command({ children }: { children: string }) {
  return (
    <div className="sw-command">
      <code>{children}</code>
      <CopyButton text={children} />
    </div>
  );
}

export function CopyButton({ text, label }: { text: string; label?: string }) {
  const { t } = useTranslation();
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return undefined;
    const timer = setTimeout(() => setCopied(false), 2000);
    return () => clearTimeout(timer);
  }, [copied]);
  const name = copied ? t('app.copied') : (label ?? t('app.copy'));
  return (
    <Button
      variant="plain"
      hasNoPadding
      icon={copied ? <CheckIcon /> : <CopyIcon />}
      aria-label={name}
      title={name}
      onClick={() => void navigator.clipboard.writeText(text).then(() => setCopied(true))}
    />
  );
}
