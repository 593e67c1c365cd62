import type { Step } from './step.js';

/** What envelopes are listed and found by: the keys of the 電子帳簿保存法, folded text, and an order without ties. */
export const search: Step = {
  columns: { envelopes: "listKey text = '', foldedTitle text = '', foldedControlNumber text = '', foldedCounterparty text = ''" },
  indexes: [
    ['envelopes', 'tenant, listKey'],
    ['envelopes', 'tenant, transactionDate'],
    ['envelopes', 'tenant, transactionAmount'],
    ['envelopes', 'tenant, status, deadline'],
  ],
  // Rows from before know only small letters; what is written from now on is folded wholly.
  fill: [
    `update "envelopes" set "listKey" = substr('000000000000000' || "createdAt", -15) || ' ' || "id", "foldedTitle" = lower("title"), "foldedControlNumber" = lower("controlNumber"), "foldedCounterparty" = lower(coalesce("transactionCounterparty", ''))`,
  ],
};
