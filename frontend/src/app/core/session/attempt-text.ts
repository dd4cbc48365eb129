import { Problem } from '../../shared/problems/problem';

/** What a refused attempt says: one wording for every wrong sign-in, the seconds when it was too often. */
export function attemptText(problem: Problem): string {
  if (problem.code === 'invalid-credentials') return 'E-mail and password do not fit together.';
  if (problem.code === 'rate-limited') {
    const wait = problem.retryAfterSeconds;
    return wait
      ? `Too many attempts. Please wait ${waitWords(wait)} and try again.`
      : 'Too many attempts. Please wait a little.';
  }
  return problem.detail;
}

function waitWords(seconds: number): string {
  if (seconds < 90) return `${Math.max(1, Math.round(seconds))} seconds`;
  return `${Math.round(seconds / 60)} minutes`;
}
