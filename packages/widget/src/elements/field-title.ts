import type { FieldKind, FieldReason } from '@sky-sign/protocol';
import type { Messages } from '../messages/messages.js';
import type { ChecklistItem } from '../store/checklist.js';

/** 入力2　電話番号 */
export function fieldTitle({ field, number }: Pick<ChecklistItem, 'field' | 'number'>, messages: Messages): string {
  const label = field.label || messages.field.defaultLabel[field.kind];
  return [fieldName(field.kind, number, messages), label].filter(Boolean).join(messages.common.separator);
}

/** 入力2 */
export function fieldName(kind: FieldKind, number: number, messages: Messages): string {
  return messages.field.name(kind, number);
}

/** 入力2　電話番号　必須　3ページ: how a screen reader names the control. */
export function fieldLabel(item: Pick<ChecklistItem, 'field' | 'number'>, messages: Messages): string {
  const { required, page } = item.field;
  return [fieldTitle(item, messages), required ? messages.common.required : messages.common.optional, messages.field.page(page)].join(messages.common.separator);
}

/** What to do about a field that may not stay as it is. */
export function problemWords(reason: FieldReason, kind: FieldKind, { field }: Messages): string {
  return reason === 'required' ? field.reasonRequired(kind) : field.reason(reason);
}
