import { handOver } from './hand-over.js';

handOver('start.ts');
