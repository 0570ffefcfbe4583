import { answers, FAULT, type Matrix } from './path.ts';
import { FAILS_FOR_GOOD, parkedBy, unless, withFaults, type Story } from './variants.ts';

const nothingLeft = answers({ waitSeconds: 0 });

const published: Story = {
  name: 'publishes what is still sealed',
  tasks: { PublishReviews: [nothingLeft] },
  ends: 'SUCCEEDED',
  passes: ['WaitForSecondReview', 'PublishReviews', 'SealHasExpired?', 'PublicationCompleted'],
  receives: { PublishReviews: [{ requestId: 'r-1' }] },
};

const early: Story = {
  ...published,
  name: 'waits for a seal that expires later than it thought',
  tasks: { PublishReviews: [answers({ waitSeconds: 3600 }), answers({ waitSeconds: 1 }), nothingLeft] },
  passes: [
    'WaitForSecondReview',
    ...['PublishReviews', 'SealHasExpired?', 'WaitForSeal'],
    ...['PublishReviews', 'SealHasExpired?', 'WaitForSeal'],
    ...['PublishReviews', 'SealHasExpired?', 'PublicationCompleted'],
  ],
  receives: { PublishReviews: [{ requestId: 'r-1' }, { requestId: 'r-1' }, { requestId: 'r-1' }] },
};

export const reviewPublication: Matrix = {
  given: { requestId: 'r-1' },
  paths: [
    published,
    ...withFaults(published),
    early,
    unless(published, 'PublishReviews', FAILS_FOR_GOOD, parkedBy(FAULT)),
  ],
};
