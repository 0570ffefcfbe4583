import { handOver } from './hand-over.js';

handOver('test.ts');
