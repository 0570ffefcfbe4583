import { describe, expect, it, vi } from 'vitest';
import { queryIndex, readRows } from './read-rows.ts';

describe('rows by their keys', () => {
  const database = (unprocessed = {}) => {
    const send = vi
      .fn()
      .mockImplementation(({ input }: { input: { RequestItems: Record<string, { Keys: object[] }> } }) =>
        Promise.resolve({
          Responses: { Escrow: input.RequestItems['Escrow']?.Keys ?? [] },
          UnprocessedKeys: unprocessed,
        }),
      );
    return { send };
  };

  it('are read a hundred at once, each once', async () => {
    const dynamo = database();
    const ids = Array.from({ length: 201 }, (_, index) => `e${index}`);
    expect(await readRows(dynamo, 'Escrow', 'id', [...ids, 'e0'])).toEqual(ids.map((id) => ({ id })));
    expect(dynamo.send).toHaveBeenCalledTimes(3);
  });

  it('are not asked for where there is none to ask for', async () => {
    const dynamo = database();
    expect(await readRows(dynamo, 'Escrow', 'id', [])).toEqual([]);
    expect(dynamo.send).not.toHaveBeenCalled();
  });

  it('that DynamoDB left out are a fault, not missing', async () => {
    const rows = readRows(database({ Escrow: { Keys: [{ id: 'e1' }] } }), 'Escrow', 'id', ['e1']);
    await expect(rows).rejects.toMatchObject({ name: 'ServiceFault' });
  });
});

it('an index is read to its last page', async () => {
  const send = vi
    .fn()
    .mockResolvedValueOnce({ Items: [{ id: 1 }], LastEvaluatedKey: { id: 1 } })
    .mockResolvedValueOnce({ Items: [{ id: 2 }] });
  expect(await queryIndex({ send }, 'Log', 'byUserId', 'userId', 'ana')).toEqual([{ id: 1 }, { id: 2 }]);
  expect(send.mock.calls[1]?.[0]).toMatchObject({ input: { ExclusiveStartKey: { id: 1 } } });
});
