import { describe, expect, it } from 'vitest';

import { MAX_FILE_BYTES, evidenceIdOf, isFileType, limitOf } from './evidence.ts';

describe('evidence', () => {
  it.each(['image/jpeg', 'image/png', 'image/webp', 'image/gif', 'application/pdf'])(
    'may be a file of type %s',
    (type) => {
      expect(isFileType(type)).toBe(true);
    },
  );

  it.each(['image/svg+xml', 'text/html', 'IMAGE/PNG', '', undefined])('may be no file of type %s', (type) => {
    expect(isFileType(type)).toBe(false);
  });

  it('is at most 5 MB', () => {
    expect(MAX_FILE_BYTES).toBe(5_242_880);
  });

  it('is named after its dispute, party, kind and number', () => {
    expect(evidenceIdOf('dispute-1', 'PROVIDER', 'FILE', 3)).toBe('dispute-1#PROVIDER#FILE#3');
  });

  it('is limited to five statements and five files of each party', () => {
    expect([limitOf('STATEMENT'), limitOf('FILE')]).toEqual([5, 5]);
  });
});
