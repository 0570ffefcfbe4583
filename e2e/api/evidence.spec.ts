import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Member } from '../../dev/member.ts';
import { Neighbourhood, refusal } from './neighbourhood.ts';
import { ADD_EVIDENCE, EVIDENCE_URL, REQUEST_UPLOAD, RESOLVE_DISPUTE } from './operations.ts';

let neighbourhood: Neighbourhood;
let admin: Member;
let requester: Member;
let provider: Member;
let stranger: Member;
let disputeId: string;

beforeAll(async () => {
  neighbourhood = await Neighbourhood.open();
  admin = await neighbourhood.joinAsAdmin('Amira');
  [requester, provider, stranger] = [
    await neighbourhood.join('Rita'),
    await neighbourhood.join('Paul'),
    await neighbourhood.join('Sven'),
  ];
  disputeId = await neighbourhood.dispute(requester, await neighbourhood.atWork(requester, provider));
});
afterEach(() => neighbourhood.expectBooksToBalance());
afterAll(() => neighbourhood.close());

/** The smallest picture that there is. */
const PICTURE = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII=',
  'base64',
);
const DOCUMENT = Buffer.from('%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n');
const PROGRAM = Buffer.from('<script>alert("not a picture")</script>');

interface Upload {
  readonly uploadId: string;
  readonly url: string;
  readonly contentType: string;
}

async function mayUpload(member: Member, fileType: string, fileSize: number): Promise<Upload> {
  const file = { disputeId, fileName: 'hedge', fileType, fileSize };
  return (await member.run<{ requestEvidenceUpload: Upload }>(REQUEST_UPLOAD, file)).requestEvidenceUpload;
}

const put = ({ url, contentType }: Upload, body: Buffer) =>
  fetch(url, { method: 'PUT', body: new Uint8Array(body), headers: { 'content-type': contentType } });

async function upload(member: Member, fileType: string, body: Buffer): Promise<string> {
  const allowed = await mayUpload(member, fileType, body.length);
  expect((await put(allowed, body)).status).toBe(200);
  return allowed.uploadId;
}

const add = (member: Member, uploadId: string, fileName = 'The hedge.png') =>
  refusal(member, ADD_EVIDENCE, { disputeId, uploadId, fileName });

async function addressOf(member: Member, evidenceId: string): Promise<string> {
  const { getEvidenceUrl } = await member.run<{ getEvidenceUrl: { url: string } }>(EVIDENCE_URL, {
    evidenceId,
  });
  return getEvidenceUrl.url;
}

describe('a file of evidence', () => {
  it('is read by both parties and the admin, as it was given, under its name', async () => {
    const uploadId = await upload(requester, 'image/png', PICTURE);
    const { addEvidence } = await requester.run<{ addEvidence: { id: string } }>(ADD_EVIDENCE, {
      disputeId,
      uploadId,
      fileName: 'The hedge, före.png',
    });
    expect(addEvidence).toMatchObject({ kind: 'FILE', fileType: 'image/png', fileSize: PICTURE.length });

    for (const reader of [requester, provider, admin]) {
      const answer = await fetch(await addressOf(reader, addEvidence.id));
      expect(Buffer.from(await answer.arrayBuffer())).toEqual(PICTURE);
      expect(answer.headers.get('content-type')).toBe('image/png');
      expect(answer.headers.get('content-disposition')).toContain(encodeURIComponent('The hedge, före.png'));
    }
    expect(await refusal(stranger, EVIDENCE_URL, { evidenceId: addEvidence.id })).toBe('NOT_FOUND');
    expect(await add(requester, uploadId)).toBeUndefined(); // again: it is there already
  });

  it('is what it contains, whatever it is called', async () => {
    const disguised = await upload(requester, 'image/png', PROGRAM);
    expect(await add(requester, disguised)).toBe('INVALID_FILE');
    expect(await add(requester, disguised)).toBe('NOT_FOUND'); // it was thrown away

    const { addEvidence } = await requester.run<{ addEvidence: { fileType: string } }>(ADD_EVIDENCE, {
      disputeId,
      uploadId: await upload(requester, 'image/jpeg', DOCUMENT),
      fileName: 'Agreement.pdf',
    });
    expect(addEvidence.fileType).toBe('application/pdf');
  });

  it('has the size and type that were asked for, and no other', async () => {
    const allowed = await mayUpload(requester, 'image/png', PICTURE.length);
    expect((await put(allowed, Buffer.concat([PICTURE, PICTURE]))).status).toBe(403);
    expect((await put({ ...allowed, contentType: 'text/html' }, PICTURE)).status).toBe(403);
    expect(
      (await put({ ...allowed, url: allowed.url.replace('uploads/', 'evidence/') }, PICTURE)).status,
    ).toBe(403);
    const ask = (fileType: string, fileSize: number) =>
      refusal(requester, REQUEST_UPLOAD, { disputeId, fileName: 'x', fileType, fileSize });
    expect(await ask('text/html', 10)).toBe('INVALID_FILE');
    expect(await ask('image/svg+xml', 10)).toBe('INVALID_FILE');
    expect(await ask('image/png', 5 * 1024 * 1024 + 1)).toBe('INVALID_FILE');
    expect(await ask('image/png', 0)).toBe('INVALID_INPUT');
  });

  it('stays what it was when it was checked', async () => {
    const allowed = await mayUpload(provider, 'image/png', PICTURE.length);
    await put(allowed, PICTURE);
    const { addEvidence } = await provider.run<{ addEvidence: { id: string } }>(ADD_EVIDENCE, {
      disputeId,
      uploadId: allowed.uploadId,
      fileName: 'Hedge.png',
    });
    await put(allowed, Buffer.alloc(PICTURE.length)); // the address still writes, but nowhere that matters

    const answer = await fetch(await addressOf(provider, addEvidence.id));
    expect(Buffer.from(await answer.arrayBuffer())).toEqual(PICTURE);
  });

  it('comes from a party, from their own upload, five times at most, while the dispute is open', async () => {
    const foreign = await upload(provider, 'image/png', PICTURE);
    expect(await add(requester, foreign)).toBe('NOT_FOUND');
    expect(await add(requester, crypto.randomUUID())).toBe('NOT_FOUND');
    const file = { disputeId, fileName: 'x', fileType: 'image/png', fileSize: PICTURE.length };
    expect(await refusal(stranger, REQUEST_UPLOAD, file)).toBe('NOT_FOUND');
    expect(await refusal(admin, REQUEST_UPLOAD, file)).toBe('NOT_FOUND');

    const spare = await upload(provider, 'image/png', PICTURE);
    const uploads = [foreign];
    for (let number = 3; number <= 5; number++) uploads.push(await upload(provider, 'image/png', PICTURE));
    const answers = await Promise.all(uploads.map((uploadId) => add(provider, uploadId)));
    expect(answers.filter((code) => code === undefined)).toHaveLength(4);
    expect(await add(provider, spare)).toBe('TOO_MUCH_EVIDENCE');
    expect(await refusal(provider, REQUEST_UPLOAD, file)).toBe('TOO_MUCH_EVIDENCE');

    await admin.run(RESOLVE_DISPUTE, { disputeId, decision: 'DISMISS_DISPUTE' });
    await neighbourhood.untilDispute(admin, disputeId, 'DISMISSED');
    expect(await refusal(requester, REQUEST_UPLOAD, file)).toBe('ALREADY_ANSWERED');
  });
});
