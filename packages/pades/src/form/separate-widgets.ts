import { PadesError } from '../errors.js';
import { readCatalog, resolveArray, resolveDict } from '../pdf/file.js';
import { PdfRef, PdfString, type PdfObject } from '../pdf/objects.js';
import { toLatin1 } from '../pdf/characters.js';
import type { Revision } from '../pdf/revision.js';
import { FLAG } from './field-rules.js';
import type { FormField, Widget } from './fields.js';

/** What a button among several keeps of its group's flags: it becomes a check box. */
const OF_GROUPS = FLAG.radio | FLAG.noToggleToOff | FLAG.radiosInUnison;

/**
 * Makes each widget of a field one object with a field, because strict validators do not explain the change of a widget of
 * its own after a signature. A single widget becomes the field, under the field's name; of several, each becomes a field
 * `name.1`, `name.2` …, radio buttons as check boxes. A list takes one choice from then on, as /I may not change later either.
 */
export async function separateWidgets(revision: Revision, field: FormField): Promise<void> {
  const { ref, widgets, name } = field;
  const [first, ...more] = widgets;
  if (!ref || !first) throw new PadesError('field_invalid', `field ${name} has no place`);
  const single = field.type === 'Ch' ? { Ff: field.flags & ~FLAG.multiSelect, I: undefined } : {};
  if (more.length > 0) await makeParent(revision, { field, ref });
  else if (first.ref.number === ref.number) revision.set(ref, field.dict.with(single));
  else await mergeInto(revision, { field, ref, widget: first, changes: single });
}

/** The widget takes the field's place in the tree; it keeps its own on the page. */
async function mergeInto(revision: Revision, { field, ref, widget, changes }: { field: FormField; ref: PdfRef; widget: Widget; changes: Readonly<Record<string, PdfObject | undefined>> }): Promise<void> {
  const above = field.dict.get('Parent');
  const own = widget.dict.with({ Parent: undefined });
  revision.set(widget.ref, field.dict.with({ Kids: undefined, ...Object.fromEntries(own.entries), ...changes }));
  if (above instanceof PdfRef) await replaceIn(revision, { holder: above, key: 'Kids', old: ref, next: widget.ref });
  else await replaceRoot(revision, { old: ref, next: widget.ref });
}

async function makeParent(revision: Revision, { field, ref }: { field: FormField; ref: PdfRef }): Promise<void> {
  const { dict, flags, type } = field;
  const exported = type === 'Btn' ? await resolveArray(revision, dict.get('Opt')) : undefined;
  for (const [i, widget] of field.widgets.entries()) {
    const named = exported?.[i];
    const tooltip = widget.dict.has('TU') ? widget.dict.get('TU') : dict.has('TU') ? dict.get('TU') : undefined;
    revision.set(
      widget.ref,
      widget.dict.with({
        T: new PdfString(toLatin1(String(i + 1))),
        FT: dict.has('FT') ? dict.get('FT') : undefined,
        Ff: flags & ~OF_GROUPS & ~(type === 'Ch' ? FLAG.multiSelect : 0),
        TU: tooltip,
        Parent: ref,
        ...(named !== undefined && { Opt: [named] }),
        ...(type === 'Ch' && { I: undefined }),
      }),
    );
  }
  revision.set(ref, dict.with({ V: undefined, DV: undefined, ...(type === 'Btn' && { Ff: flags & ~OF_GROUPS, Opt: undefined }), ...(type === 'Ch' && { Ff: flags & ~FLAG.multiSelect, I: undefined }) }));
}

interface Replace {
  readonly old: PdfRef;
  readonly next: PdfRef;
}

/** Exchanges a reference in an array that a dictionary object has, or refers to. */
async function replaceIn(revision: Revision, { holder, key, old, next }: Replace & { readonly holder: PdfRef; readonly key: string }): Promise<void> {
  const dict = await resolveDict(revision, holder);
  const list = await exchanged(revision, dict?.get(key) ?? null, { old, next });
  if (!dict || !list) throw new PadesError('field_invalid', `object ${holder.number} does not list its field ${old.number}`);
  if (list.at) revision.set(list.at, list.items);
  else revision.set(holder, dict.with({ [key]: list.items }));
}

async function replaceRoot(revision: Revision, change: Replace): Promise<void> {
  const { ref, catalog } = await readCatalog(revision.file, revision);
  const where = catalog.get('AcroForm');
  if (where instanceof PdfRef) return replaceIn(revision, { ...change, holder: where, key: 'Fields' });
  const form = await resolveDict(revision, where);
  const list = await exchanged(revision, form?.get('Fields') ?? null, change);
  if (!form || !list) throw new PadesError('field_invalid', `the form does not list its field ${change.old.number}`);
  if (list.at) revision.set(list.at, list.items);
  else revision.set(ref, catalog.with({ AcroForm: form.with({ Fields: list.items }) }));
}

async function exchanged(revision: Revision, object: PdfObject, { old, next }: Replace): Promise<{ at: PdfRef | undefined; items: PdfObject[] } | undefined> {
  const items = await resolveArray(revision, object);
  if (!items?.some((item) => item instanceof PdfRef && item.number === old.number)) return undefined;
  return { at: object instanceof PdfRef ? object : undefined, items: items.map((item) => (item instanceof PdfRef && item.number === old.number ? next : item)) };
}
