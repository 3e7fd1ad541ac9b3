import type { AppError, ErrorCode } from '../errors.ts'

const STATUS: Record<ErrorCode, number> = {
  'bad-input': 400,
  'not-found': 404,
  'not-allowed': 403,
  conflict: 409,
  busy: 503,
  upstream: 502,
  config: 500,
  bug: 500,
}

/** The HTTP status of an error. `data.httpStatus` names a finer one, such as 413. */
export function statusOf(error: AppError): number {
  const { httpStatus } = error.data
  return typeof httpStatus === 'number' ? httpStatus : STATUS[error.code]
}
