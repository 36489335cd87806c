import { screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { open } from '../testing/render';
import policy from '../testing/fixtures/policy.json';

describe('policies', () => {
  it('shows the text unchanged, one numbered line each', async () => {
    open('/policies');

    const text = await screen.findByRole('region', { name: 'Text of policy acme' });

    expect(text.textContent).toBe(policy.yaml);
    expect(document.getElementById('line-29')).toBeInTheDocument();
    expect(screen.getByText(policy.digest.slice(0, 12))).toBeVisible();
  });
});
