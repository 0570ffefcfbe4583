import { describe, expect, it } from 'vitest';
import { environment, outOfReach, tableNames } from './environment.ts';

describe('the environment', () => {
  const variables = { EVENT_BUS_NAME: 'bus', USER_TABLE: 'User-1', WAIT_TABLE: '' };

  it('gives what is asked for', () => {
    expect(environment(['EVENT_BUS_NAME'], variables)).toEqual({ EVENT_BUS_NAME: 'bus' });
    expect(tableNames(['user'], variables)).toEqual({ user: 'User-1' });
  });

  it('names all that is missing or empty', () => {
    expect(() => environment(['EVENT_BUS_NAME', 'OTHER'], variables)).toThrow(
      'Missing in the environment: OTHER',
    );
    expect(() => tableNames(['user', 'wait', 'escrow'], variables)).toThrow('WAIT_TABLE, ESCROW_TABLE');
  });

  it('names no table that is out of reach', () => {
    expect(outOfReach(['escrow'])).toEqual({ escrow: 'out-of-reach' });
  });
});
