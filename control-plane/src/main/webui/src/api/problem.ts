import type { components } from './schema';

type ProblemBody = components['schemas']['Problem'];
export type ProblemItem = NonNullable<ProblemBody['errors']>[number];

/** An answer of the admin API that is not a success, or no answer at all (status 0). */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';

  constructor(
    readonly status: number,
    readonly title: string,
    readonly detail = '',
    readonly code = '',
    readonly items: readonly ProblemItem[] = [],
  ) {
    super(title);
  }

  /** The token is good, but what was asked for is not for its role. */
  get forbidden(): boolean {
    return this.status === 403;
  }

  get unreachable(): boolean {
    return this.status === 0;
  }
}

/** Reads problem+json; an answer in any other form still yields its status. */
export function problemOf(status: number, body: unknown): ApiProblem {
  if (typeof body === 'object' && body !== null && 'title' in body) {
    const problem = body as ProblemBody;
    return new ApiProblem(status, problem.title, problem.detail, problem.code, problem.errors);
  }
  return new ApiProblem(status, `HTTP ${status}`);
}
