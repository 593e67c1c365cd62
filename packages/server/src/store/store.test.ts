import { expect } from 'chai';
import { openSqlite } from '../node/open-sqlite.js';
import { createMemoryStore } from './memory-store.js';
import { uniqueKeys } from './store.js';
import type { Store, TableName } from './store.js';
import { add, between, contains, DuplicateRow, gt, gte, lt, lte, not, oneOf } from './table.js';

const outboxRow = (id: string, dueAt = 0) =>
  ({ id, kind: 'mail', payload: '{}', dueAt, leaseUntil: 0, attempts: 0, doneAt: null, failedAt: null, createdAt: 0 }) as const;

/** The contract that every store keeps. */
function contract(name: string, open: () => Promise<Store>): void {
  describe(`store contract: ${name}`, () => {
    let store: Store;
    beforeEach(async () => {
      store = await open();
    });
    afterEach(() => store.close());

    it('undoes everything when a transaction throws', async () => {
      await store.tables.outbox.insert(outboxRow('kept'));
      const attempt = store.transaction(async (tables) => {
        await tables.outbox.insert(outboxRow('lost'));
        await tables.outbox.update({ id: 'kept' }, { attempts: 9 });
        throw new Error('stop');
      });
      expect(await attempt.catch((error: Error) => error.message)).to.equal('stop');
      expect(await store.tables.outbox.find({})).to.deep.equal([outboxRow('kept')]);
    });

    it('refuses a second row with the same key, and the transaction can go on', async () => {
      await store.tables.outbox.insert(outboxRow('a'));
      await store.transaction(async (tables) => {
        const error: unknown = await tables.outbox.insert(outboxRow('a')).catch((thrown: unknown) => thrown);
        expect(error).to.be.instanceOf(DuplicateRow);
        await tables.outbox.insert(outboxRow('b'));
      });
      expect((await store.tables.outbox.find({})).length).to.equal(2);
    });

    it('knows every table by its unique keys', async () => {
      for (const table of Object.keys(uniqueKeys) as TableName[]) expect(await store.tables[table].find({})).to.deep.equal([]);
    });

    it('finds by equality, null, comparison and list, in order and limited', async () => {
      for (const [id, dueAt] of [['c', 3], ['a', 1], ['b', 2]] as const) await store.tables.outbox.insert(outboxRow(id, dueAt));
      await store.tables.outbox.update({ id: 'b' }, { doneAt: 5 });
      const ids = async (...[where, options]: Parameters<typeof store.tables.outbox.find>) =>
        (await store.tables.outbox.find(where, options)).map((row) => row.id).join('');
      expect(await ids({ doneAt: null }, { orderBy: 'dueAt' })).to.equal('ac');
      expect(await ids({ dueAt: lt(2) })).to.equal('a');
      expect(await ids({ dueAt: lte(2) }, { orderBy: 'id' })).to.equal('ab');
      expect(await ids({ dueAt: gt(1) }, { orderBy: 'id', limit: 1 })).to.equal('b');
      expect(await ids({}, { orderBy: 'dueAt', descending: true, limit: 2 })).to.equal('cb');
      expect(await ids({ id: oneOf('a', 'c') }, { orderBy: 'id' })).to.equal('ac');
      expect(await ids({ id: oneOf<string>() })).to.equal('');
      expect(await ids({ doneAt: not(4) })).to.equal('b');
    });

    it('finds what lies between two values, and text by the characters in it, wildcards and capitals as they are', async () => {
      for (const [id, dueAt] of [['c', 3], ['a', 1], ['b', 2]] as const) await store.tables.outbox.insert({ ...outboxRow(id, dueAt), payload: `100%_${id} 契約` });
      const ids = async (where: Parameters<typeof store.tables.outbox.find>[0]) => (await store.tables.outbox.find(where, { orderBy: 'id' })).map((row) => row.id).join('');
      expect(await ids({ dueAt: between(2, 3) })).to.equal('bc');
      expect(await ids({ dueAt: between(3, 2) })).to.equal('');
      expect(await ids({ doneAt: between(0, 9) })).to.equal('');
      expect(await ids({ dueAt: gte(2) })).to.equal('bc');
      expect(await ids({ payload: contains('契約') })).to.equal('abc');
      expect(await ids({ payload: contains('') })).to.equal('abc');
      expect(await ids({ payload: contains('%_b') })).to.equal('b');
      for (const none of ['%_B', '%b', '1__%', "'"]) expect(await ids({ payload: contains(none) }), none).to.equal('');
    });

    it('counts up to a limit and no further, however many try at once', async () => {
      await store.tables.outbox.insert(outboxRow('a'));
      const tries = await Promise.all(
        Array.from({ length: 200 }, () => store.tables.outbox.update({ id: 'a', attempts: lt(5) }, { attempts: add(1) })),
      );
      expect(tries.filter((rows) => rows.length === 1).map(([row]) => row?.attempts)).to.deep.equal([1, 2, 3, 4, 5]);
    });

    it('gives a compare-and-swap to one of two', async () => {
      await store.tables.outbox.insert(outboxRow('a'));
      const claim = (until: number) => store.tables.outbox.update({ id: 'a', leaseUntil: lte(10) }, { leaseUntil: until });
      const claims = await Promise.all([claim(20), claim(30)]);
      expect(claims.map((rows) => rows.length)).to.deep.equal([1, 0]);
    });

    it('returns bytes as they were', async () => {
      const data = Uint8Array.from([0, 255, 1, 0]);
      await store.tables.chunks.insert({ segmentId: 's', idx: 0, data });
      const [row] = await store.tables.chunks.find({ segmentId: 's', idx: 0 });
      expect([...(row?.data ?? [])]).to.deep.equal([0, 255, 1, 0]);
    });

    it('deletes what matches', async () => {
      await store.tables.proofs.insert({ id: 'old', expiresAt: 1 });
      await store.tables.proofs.insert({ id: 'new', expiresAt: 9 });
      expect(await store.tables.proofs.delete({ expiresAt: lt(5) })).to.equal(1);
      expect(await store.tables.proofs.find({})).to.deep.equal([{ id: 'new', expiresAt: 9 }]);
    });
  });
}

contract('memory', () => Promise.resolve(createMemoryStore()));
contract('SQLite', () => openSqlite(':memory:'));
