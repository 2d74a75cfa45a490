/** What the API answers instead of a result: HTTP 200 with this code in the envelope. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

export function refuse(code: string, message: string): never {
  throw new ApiError(code, message);
}
