import { describe, expect, it } from 'vitest';
import { validateDecisionsSearch } from './search';

describe('a decisions URL', () => {
  it('keeps known filters and drops what makes no sense', () => {
    expect(validateDecisionsSearch({ outcome: 'shed', zone: 'moon', id: 'd1', x: 1 })).toEqual({ outcome: 'shed', id: 'd1' });
  });

  it('takes an id of digits, which arrives as a number', () => {
    expect(validateDecisionsSearch({ id: 42 })).toEqual({ id: '42' });
  });
});
