import { describe, expect, it } from 'vitest';
import { plainOnLoopback } from './loopback-web-socket';

describe('the web socket of an embedded backend', () => {
  it('speaks plain ws to this machine only', () => {
    expect(plainOnLoopback('wss://localhost:4566/graphql/realtime?header=x')).toBe(
      'ws://localhost:4566/graphql/realtime?header=x',
    );
    expect(plainOnLoopback('wss://localhost.evil.test/graphql')).toBe('wss://localhost.evil.test/graphql');
    expect(plainOnLoopback('wss://abc.appsync-realtime-api.us-east-1.amazonaws.com/graphql')).toMatch(
      /^wss:/,
    );
  });
});
