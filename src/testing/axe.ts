import axe from 'axe-core';
import { afterEach, expect } from 'vitest';

/** What axe can tell without layout: roles, names, lists, references. Colours and landmarks are for the browser tests. */
async function axeFindings(): Promise<readonly string[]> {
  if (document.body.childElementCount === 0) return [];
  const { violations } = await axe.run(
    {
      include: document.body,
      exclude: [
        '[mat-internal-form-field]', // its label is hidden if it is :empty, and Happy DOM takes it for that
        'mat-snack-bar-container [aria-hidden]', // where Material keeps a message for 150 ms before it is read out
      ],
    },
    {
      resultTypes: ['violations'],
      rules: { 'color-contrast': { enabled: false }, region: { enabled: false } },
    },
  );
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
}

// Each test leaves a page in a state of its own, and many of them pass by too quickly for a browser test.
afterEach(async () => {
  // Soft, for Angular's own hook follows: what threw here would leave the page to all tests after it.
  expect.soft(await axeFindings()).toEqual([]);
});
