import { Injectable, inject } from '@angular/core';

import { toProblem } from '../../shared/problems/problem';
import { Notices } from './notices';

/** Tells the person what failed, when there is no better place on the page to say it. */
@Injectable({ providedIn: 'root' })
export class ProblemNotifier {
  private readonly notices = inject(Notices);

  /** Takes anything that was thrown. `what` says what was tried, e.g. "The ticket could not be claimed". */
  show(error: unknown, what?: string): void {
    const problem = toProblem(error);
    const why = problem.errors[0]?.message || problem.detail;
    this.notices.error(what ? `${what}: ${why}` : why, problem.requestId);
  }
}
