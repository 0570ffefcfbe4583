import { describe, expect, it } from 'vitest';
import { HOME, safeReturnPath } from './return-path';

describe('where a sign-in leads', () => {
  it('goes where the visitor wanted to go', () => {
    expect(safeReturnPath('/requests/7?from=mail')).toBe('/requests/7?from=mail');
  });

  it.each([null, undefined, '', 'https://evil.test', '//evil.test', '/\\evil.test', 'javascript:alert(1)'])(
    'never leaves the app (%s)',
    (next) => {
      expect(safeReturnPath(next)).toBe(HOME);
    },
  );
});
