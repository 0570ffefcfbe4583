import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { requestContext } from './request-context.ts';
import { equalsPattern, matchesAction, matchesArn, matchesPattern } from './wildcards.ts';

const table = 'arn:aws:dynamodb:us-east-1:000000000000:table/Escrow';
const context = requestContext({
  'aws:username': 'ada*',
  'aws:PrincipalArn': 'arn:aws:iam::1:role/R',
  tags: ['a', 'b'],
});

describe('matchesPattern', () => {
  it('every text matches itself, and a pattern made from it by wildcards', () => {
    const plain = fc.string({ unit: 'grapheme-ascii' }).filter((text) => !/[*?]/.test(text));
    fc.assert(
      fc.property(plain, plain, plain, (before, middle, after) => {
        const text = before + middle + after;
        expect(matchesPattern(text, text)).toBe(true);
        expect(matchesPattern(`${before}*${after}`, text)).toBe(true);
        expect(matchesPattern(before + '?'.repeat(middle.length) + after, text)).toBe(true);
        expect(matchesPattern(`${before}?`, before)).toBe(false);
      }),
    );
  });

  it('agrees with a matcher that tries every possibility', () => {
    const texts = fc.string({ unit: fc.constantFrom('a', 'b', '.', ':'), maxLength: 8 });
    const patterns = fc.string({ unit: fc.constantFrom('a', 'b', '.', ':', '*', '?'), maxLength: 8 });
    const simple = (pattern: string, text: string): boolean => {
      if (pattern === '') return text === '';
      const rest = pattern.slice(1);
      if (pattern.startsWith('*'))
        return simple(rest, text) || (text !== '' && simple(pattern, text.slice(1)));
      return (
        text !== '' &&
        (pattern.startsWith('?') || text.startsWith(pattern.slice(0, 1))) &&
        simple(rest, text.slice(1))
      );
    };
    fc.assert(
      fc.property(patterns, texts, (pattern, text) => {
        expect(matchesPattern(pattern, text)).toBe(simple(pattern, text));
      }),
      { numRuns: 1000 },
    );
  });

  it('puts in policy variables, whose own wildcards mean nothing', () => {
    expect(matchesPattern('home/${aws:username}/?', 'home/ada*/1', context)).toBe(true);
    expect(matchesPattern('home/${aws:username}/?', 'home/adam/1', context)).toBe(false);
    expect(matchesPattern('${AWS:USERNAME}', 'ada*', context)).toBe(true);
    expect(matchesPattern('a${*}b${?}c${$}', 'a*b?c$', context)).toBe(true);
    expect(matchesPattern('a${*}b', 'axb', context)).toBe(false);
  });

  it('takes the default of a variable without a value, and matches nothing without one', () => {
    expect(matchesPattern("${aws:PrincipalTag/team, 'none'}", 'none', context)).toBe(true);
    expect(matchesPattern('${aws:PrincipalTag/team}*', '', context)).toBe(false);
    expect(matchesPattern('${tags}', 'a', context)).toBe(false);
  });

  it('takes variables literally where the policy has none', () => {
    expect(matchesPattern('${aws:username}', '${aws:username}')).toBe(true);
  });
});

describe('equalsPattern', () => {
  it('takes wildcards for themselves', () => {
    expect(equalsPattern('a*', 'a*')).toBe(true);
    expect(equalsPattern('a*', 'ab')).toBe(false);
    expect(equalsPattern('${aws:username}', 'ada*', context)).toBe(true);
  });
});

describe('matchesAction', () => {
  it.each([
    ['dynamodb:GetItem', 'dynamodb:getitem', true],
    ['dynamodb:Get*', 'dynamodb:GetItem', true],
    ['dynamodb:*Item', 'dynamodb:GetItems', false],
    ['*', 'states:StartExecution', true],
    ['states:*', 'dynamodb:GetItem', false],
  ])('%s and %s: %s', (pattern, action, expected) => {
    expect(matchesAction(pattern, action)).toBe(expected);
  });
});

describe('matchesArn', () => {
  it.each([
    ['*', table, true],
    ['*', '*', true],
    ['arn:aws:dynamodb:*', '*', false],
    [table, table, true],
    [table, table.toLowerCase(), false],
    [`${table}/*`, `${table}/index/byRequestId`, true],
    [`${table}/*`, table, false],
    [`${table}*`, `${table}Archive`, true],
    ['arn:aws:dynamodb:*:*:table/*', table, true],
    ['arn:aws:dynamodb:us-east-1:*:table/Escrow', table, true],
    // A star stays in its part, where it is not the end.
    ['arn:aws:*:table/Escrow', table, false],
    ['arn:aws:dynamodb:*', table, true],
    [
      'arn:aws:lambda:us-east-1:000000000000:function:*',
      'arn:aws:lambda:us-east-1:000000000000:function:a:1',
      true,
    ],
    [
      'arn:aws:states:us-east-1:000000000000:execution:a:*',
      'arn:aws:states:us-east-1:000000000000:execution:a:b',
      true,
    ],
    [
      'arn:aws:states:us-east-?:000000000000:execution:a:?',
      'arn:aws:states:us-east-1:000000000000:execution:a:b',
      true,
    ],
    ['arn:aws?dynamodb:us-east-1:000000000000:table/Escrow', table, false],
  ])('%s and %s: %s', (pattern, arn, expected) => {
    expect(matchesArn(pattern, arn)).toBe(expected);
  });

  it('counts the colons of a variable too', () => {
    expect(matchesArn('${aws:PrincipalArn}', 'arn:aws:iam::1:role/R', context)).toBe(true);
    expect(matchesArn('${aws:PrincipalArn}/*/x', 'arn:aws:iam::1:role/R/a:b/x', context)).toBe(true);
  });
});
