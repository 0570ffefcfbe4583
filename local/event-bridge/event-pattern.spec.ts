import { describe, expect, it } from 'vitest';
import { checkPattern, matchesPattern, PatternError } from './event-pattern.ts';

const event = {
  source: 'shop.orders',
  'detail-type': 'Order Placed',
  resources: ['arn:a', 'arn:b'],
  detail: { status: 'NEW', total: 12.5, customer: { city: 'Linz' }, note: null, tags: ['red', 'blue'] },
};

describe('an event pattern', () => {
  it.each([
    ['a value among several', { source: ['other', 'shop.orders'] }, true],
    ['no such value', { source: ['other'] }, false],
    ['a nested value', { detail: { customer: { city: ['Linz'] } } }, true],
    ['null as a value', { detail: { note: [null] } }, true],
    ['any element of an array', { resources: ['arn:b'] }, true],
    ['a prefix', { detail: { status: [{ prefix: 'NE' }] } }, true],
    ['a suffix', { detail: { status: [{ suffix: 'XX' }] } }, false],
    ['a wildcard', { source: [{ wildcard: 'shop.*' }] }, true],
    ['a wildcard whose dot is a dot', { source: [{ wildcard: 'shop*.x' }] }, false],
    ['equality but for case', { detail: { status: [{ 'equals-ignore-case': 'new' }] } }, true],
    ['a number in a range', { detail: { total: [{ numeric: ['>', 10, '<=', 12.5] }] } }, true],
    ['a number outside a range', { detail: { total: [{ numeric: ['<', 10] }] } }, false],
    ['anything but a value', { detail: { status: [{ 'anything-but': ['OLD'] }] } }, true],
    ['anything but the value it has', { detail: { status: [{ 'anything-but': 'NEW' }] } }, false],
    ['anything but one element of the array', { detail: { tags: [{ 'anything-but': 'red' }] } }, false],
    ['anything but a prefix', { source: [{ 'anything-but': { prefix: 'shop' } }] }, false],
    ['a field that exists', { detail: { total: [{ exists: true }] } }, true],
    ['a field that must not exist', { detail: { executionArn: [{ exists: false }] } }, true],
    ['a field that must not exist and does', { detail: { total: [{ exists: false }] } }, false],
    ['either of two', { $or: [{ source: ['x'] }, { detail: { status: ['NEW'] } }] }, true],
    ['all of several fields', { source: ['shop.orders'], detail: { status: ['OLD'] } }, false],
  ])('matches %s', (_, pattern, expected) => {
    expect(matchesPattern(pattern, event)).toBe(expected);
  });

  it('is refused when it uses an operator that is not known', () => {
    expect(() => {
      checkPattern({ detail: { ip: [{ cidr: '10.0.0.0/8' }] } });
    }).toThrow(PatternError);
  });

  it('is refused when a value stands where an array belongs', () => {
    expect(() => {
      checkPattern({ source: 'shop.orders' });
    }).toThrow('"source" must be an object or an array');
  });
});
