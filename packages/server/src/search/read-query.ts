import * as v from 'valibot';
import { ServerError } from '../problem.js';

/** Query parameters as `schema` wants them; empty ones count as absent, as forms send them. */
export function readQuery<S extends v.GenericSchema>(query: Readonly<Record<string, string>>, schema: S): v.InferOutput<S> {
  const given = Object.fromEntries(Object.entries(query).filter(([, value]) => value.trim() !== ''));
  const result = v.safeParse(schema, given);
  if (result.success) return result.output;
  const [issue] = result.issues;
  throw new ServerError('request_invalid', `${v.getDotPath(issue) ?? 'query'}: ${issue.message}`);
}
