import { Problem } from '../../shared/problems/problem';
import { t } from '../../shared/texts/text';

/** What a refused attempt says: one wording for every wrong sign-in, the seconds when it was too often. */
export function attemptText(problem: Problem): string {
  if (problem.code === 'invalid-credentials') return t('common.attempt.wrong');
  if (problem.code === 'rate-limited') {
    const wait = problem.retryAfterSeconds;
    return wait ? waitText(wait) : t('common.attempt.tooOften');
  }
  return problem.detail;
}

function waitText(seconds: number): string {
  if (seconds < 90) return t('common.attempt.waitSeconds', { count: Math.max(1, Math.round(seconds)) });
  return t('common.attempt.waitMinutes', { count: Math.round(seconds / 60) });
}
