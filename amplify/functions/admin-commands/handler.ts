import { operations } from '../shared/refusals.ts';

export const handler = operations({});
