import { defineFunction } from '@aws-amplify/backend';
import { API_FUNCTION } from '../settings.ts';

/** What admins do to accounts and books: adjust, lock, check. */
export const adminCommands = defineFunction({ ...API_FUNCTION, name: 'admin-commands' });
