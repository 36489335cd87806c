import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../api/client';

const NANOS = 1_000_000_000;

/** Single requests cost fractions of a cent: small amounts show more digits than sums. */
function fractionDigits(amount: number): number {
  if (amount >= 1) return 2;
  return amount >= 0.01 ? 4 : 6;
}

/** Numbers, money and times in the reader's language. Every number carries its unit. */
export function formats(language: string) {
  const locale = language === 'zh' ? 'zh-CN' : 'en-US';
  const integer = new Intl.NumberFormat(locale);
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 });
  const seconds = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 });
  const clock = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', second: '2-digit', hour12: false });
  const full = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'long', hour12: false });
  const money = (amount: Schemas['Money']) =>
    new Intl.NumberFormat(locale, {
      style: 'currency',
      currency: amount.currency,
      minimumFractionDigits: 2,
      maximumFractionDigits: fractionDigits(Math.abs(amount.nanos) / NANOS),
    }).format(amount.nanos / NANOS);
  return {
    integer: (value: number) => integer.format(value),
    percent: (share: number) => percent.format(share),
    millis: (value: number) => (value < 1000 ? `${integer.format(Math.round(value))} ms` : `${seconds.format(value / 1000)} s`),
    money,
    /** Price of a million tokens: a single token's price is unreadable. */
    perMillion: (price: Schemas['Money']) => money({ ...price, nanos: price.nanos * 1_000_000 }),
    time: (instant: string | number) => clock.format(new Date(instant)),
    instant: (instant: string | number) => full.format(new Date(instant)),
  };
}

export type Formats = ReturnType<typeof formats>;

export function useFormats(): Formats {
  const { i18n } = useTranslation();
  return useMemo(() => formats(i18n.language), [i18n.language]);
}
