import { errorStatus, type ErrorCode, type Problem } from '@sky-sign/protocol';
import { isHTTPError, isTimeoutError } from 'ky';
import { isSkySignError, SkySignError } from './sky-sign-error.js';

/**
 * Turns whatever a call threw into a `SkySignError`; the only place where foreign errors are read. Errors of the HTTP library
 * carry the request with its tokens and its API key: they are never kept as a cause, so that a host may log what it catches.
 */
export async function translateError(error: unknown, what: string): Promise<SkySignError> {
  if (isSkySignError(error)) return error;
  if (isHTTPError(error)) return fromResponse(error.response, what);
  if (isTimeoutError(error)) return new SkySignError('timed_out', `${what}: the server did not answer in time; try again.`);
  if (error instanceof Error && error.name === 'AbortError') return new SkySignError('aborted', `${what}: given up by the caller.`, { cause: error });
  if (error instanceof SyntaxError) return new SkySignError('answer_invalid', `${what}: the answer is not JSON.`, { cause: error });
  return new SkySignError('network_failed', `${what}: no connection to the server; try again.`, carriesRequest(error) ? {} : { cause: error });
}

const carriesRequest = (error: unknown): boolean => typeof error === 'object' && error !== null && ('request' in error || 'options' in error);

async function fromResponse(response: Response, what: string): Promise<SkySignError> {
  const { status } = response;
  const problem = await readProblem(response);
  if (problem) return new SkySignError(problem.code, `${what}: ${problem.title}`, { status, problem });
  const code = status === 429 ? 'rate_limited' : status >= 500 ? 'service_unavailable' : 'answer_invalid';
  return new SkySignError(code, `${what}: the server answered ${status} without saying why.`, { status });
}

async function readProblem(response: Response): Promise<Problem | undefined> {
  try {
    const body: unknown = await response.json();
    return isProblem(body) ? body : undefined;
  } catch {
    return undefined;
  }
}

function isProblem(body: unknown): body is Problem {
  if (typeof body !== 'object' || body === null || !('code' in body)) return false;
  return typeof body.code === 'string' && Object.hasOwn(errorStatus, body.code as ErrorCode);
}
