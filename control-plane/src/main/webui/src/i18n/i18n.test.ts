import { describe, expect, it } from 'vitest';
import en from './en.json';
import { formats } from './format';
import zh from './zh.json';

function texts(tree: object, prefix = ''): [string, string][] {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'object' ? texts(value as object, `${prefix}${key}.`) : [[prefix + key, String(value)]],
  );
}

const placeholders = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1]).sort();

describe('translations', () => {
  const english = new Map(texts(en));
  const chinese = new Map(texts(zh));

  it('have the same keys in both languages', () => {
    expect([...chinese.keys()]).toEqual([...english.keys()]);
  });

  it('have the same placeholders in both languages', () => {
    for (const [key, text] of english) {
      expect(placeholders(chinese.get(key) ?? ''), key).toEqual(placeholders(text));
    }
  });

  it('are all translated: Chinese texts hold Chinese characters', () => {
    const same = [...chinese].filter(([, text]) => !/\p{Script=Han}/u.test(text)).map(([key]) => key);

    expect(same).toEqual([
      'app.name',
      'app.title',
      'overview.readyOf',
      'overview.postgres',
      'explanation.httpStatus',
    ]);
  });
});

describe('formats', () => {
  const { money, perMillion, millis, percent } = formats('en');

  it('show small amounts of money with the digits that matter', () => {
    expect(money({ nanos: 123_450, currency: 'USD' })).toBe('$0.000123');
    expect(money({ nanos: 41_300_000, currency: 'USD' })).toBe('$0.0413');
    expect(money({ nanos: 12_345_678_901, currency: 'EUR' })).toBe('€12.35');
    expect(money({ nanos: 0, currency: 'USD' })).toBe('$0.00');
  });

  it('state prices per million tokens', () => {
    expect(perMillion({ nanos: 150, currency: 'USD' })).toBe('$0.15');
  });

  it('give every duration its unit', () => {
    expect(millis(0)).toBe('0 ms');
    expect(millis(999)).toBe('999 ms');
    expect(millis(1730)).toBe('1.73 s');
  });

  it('show shares as percent', () => {
    expect(percent(0.142)).toBe('14.2%');
  });
});
