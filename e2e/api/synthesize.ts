import { ensureSynthesized } from '../../dev/synth.ts';

/** Before the first test of the API: the backend as it stands now. */
export default async function synthesize(): Promise<void> {
  await ensureSynthesized();
}
