import { readAudit } from '../../audit/export.js';
import { verifyAudit } from '../../audit/verify.js';
import { wanted, withData } from './command.js';
import type { Command } from './command.js';

const meanings = {
  edited: 'is not as it was written',
  missing: 'is missing, or rows before it',
  cut: 'is missing: the end of the log was cut off',
  value: 'has a personal value that was changed',
  unlogged: 'something was signed that no row tells of',
} as const;

export const auditVerify: Command = {
  usage: 'audit verify [ENVELOPE]',
  about: 'checks the log of one envelope, or of all: edits, gaps, a cut tail, signatures without a row',
  run: ([only], io) =>
    withData(io, async ({ store, ...needs }) => {
      const logged = await store.tables.audit.find({ seq: 1 });
      const envelopes = await store.tables.envelopes.find({});
      const ids = only === undefined ? [...new Set([...envelopes.map(({ id }) => id), ...logged.map(({ envelopeId }) => envelopeId)])] : [only];
      let problems = 0;
      for (const id of ids) {
        const problem = await verifyAudit(needs, store.tables, id);
        if (!problem) continue;
        problems += 1;
        io.out(`${id}: ${problem.seq === 0 ? '' : `row ${String(problem.seq)} `}${problem.seq === 0 && problem.what !== 'unlogged' ? `the log ${meanings[problem.what]}` : meanings[problem.what]}`);
      }
      io.out(problems === 0 ? `${String(ids.length)} logs are whole.` : `${String(problems)} of ${String(ids.length)} logs are not whole.`);
      return problems === 0 ? 0 : 1;
    }),
};

export const auditExport: Command = {
  usage: 'audit export ENVELOPE',
  about: 'writes the log of an envelope as JSON Lines',
  run: ([envelope], io) =>
    withData(io, async ({ store, ...needs }) => {
      const lines = await readAudit(needs, store.tables, wanted(envelope, 'ENVELOPE'));
      for (const line of lines) io.out(JSON.stringify(line));
      return lines.length > 0 ? 0 : 1;
    }),
};
