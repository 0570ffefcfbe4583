import { describe, expect, it } from 'vitest';
import type { Escrow } from '../../../domain/ledger.ts';
import { sampleEscrow, sampleRequest, REQUEST_ID, REQUESTER_ID } from '../../../domain/samples.ts';
import { validateEscrowRelease } from './validate-escrow-release.ts';

const decision = { event: 'CONFIRM', actor: { id: REQUESTER_ID, role: 'REQUESTER' } } as const;

describe('the conditions of a release', () => {
  it('hold for a request that another execution pays between the two looks', async () => {
    let looks = 0;
    const isPaid = () => looks++ > 0;
    const validate = validateEscrowRelease({
      requests: {
        request: () =>
          Promise.resolve(
            isPaid()
              ? sampleRequest({ status: 'PAID', revision: 8 })
              : sampleRequest({ status: 'COMPLETED', revision: 7 }),
          ),
      },
      ledger: {
        escrow: () => {
          const status: Escrow['status'] = isPaid() ? 'RELEASED' : 'RELEASING';
          return Promise.resolve(sampleEscrow({ status }));
        },
      },
    });

    expect(await validate({ requestId: REQUEST_ID, executionArn: 'arn', decision })).toEqual({ revision: 7 });
  });
});
