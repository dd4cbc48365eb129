import { ChangeDetectionStrategy, Component, computed, inject, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { finalize } from 'rxjs';

import { Finding, MailTrial } from '../../../core/api/models';
import { ProblemNotifier } from '../../../core/problems/problem-notifier';
import { TransportTest } from '../../../core/socket/transport-test';
import { AppIcon } from '../../../shared/icon/app-icon';
import { IconName } from '../../../shared/icon/icon-shapes';
import { Skeleton } from '../../../shared/skeleton/skeleton';
import { LoadError } from '../../../shared/states/load-error';
import { valueOr } from '../../../shared/resources/value-or';
import { AdminApi } from '../admin-api';
import { checkTransport } from './own-checks';

type State = Finding['state'];

const WORDS: Readonly<Record<State, string>> = { ok: 'Works', warning: 'Look at it', failed: 'Does not work' };
const ICONS: Readonly<Record<State, IconName>> = { ok: 'check-circle', warning: 'urgent', failed: 'error' };

/** Looks at every part of the installation, and says what to do for each that does not work. */
@Component({
  selector: 'app-self-test-page',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [AppIcon, LoadError, MatButton, Skeleton],
  templateUrl: './self-test-page.html',
  styleUrls: ['../admin-page.scss', './self-test-page.scss'],
})
export class SelfTestPage {
  private readonly transports = inject(TransportTest);
  private readonly api = inject(AdminApi);
  private readonly problems = inject(ProblemNotifier);
  protected readonly ofServer = this.api.selfTest();
  private readonly ofBrowser = signal<readonly Finding[]>([]);

  protected readonly trial = signal<MailTrial | null>(null);
  protected readonly isMailing = signal(false);
  protected readonly words = WORDS;
  protected readonly icons = ICONS;
  protected readonly findings = computed(() => [...valueOr(this.ofServer, []), ...this.ofBrowser()]);
  protected readonly isRunning = computed(() => this.ofServer.isLoading() || this.ofBrowser().length < 2);
  protected readonly summary = computed(() => {
    if (this.isRunning()) return 'Looking at every part…';
    const broken = this.findings().filter(({ state }) => state === 'failed').length;
    const doubtful = this.findings().filter(({ state }) => state === 'warning').length;
    if (broken > 0) return broken === 1 ? 'One part does not work.' : `${broken} parts do not work.`;
    if (doubtful > 0) return doubtful === 1 ? 'One part needs a look.' : `${doubtful} parts need a look.`;
    return 'Everything works.';
  });

  constructor() {
    this.tryTransports();
  }

  protected again(): void {
    this.ofServer.reload();
    this.ofBrowser.set([]);
    this.tryTransports();
  }

  protected tryMail(): void {
    this.isMailing.set(true);
    this.api
      .tryMail()
      .pipe(finalize(() => this.isMailing.set(false)))
      .subscribe({
        next: (outcome) => this.trial.set(outcome),
        error: (error: unknown) => this.problems.show(error, 'No mail was sent'),
      });
  }

  private tryTransports(): void {
    for (const transport of ['websocket', 'polling'] as const)
      void checkTransport(this.transports, transport).then((finding) =>
        this.ofBrowser.update((others) =>
          [...others, finding].toSorted((one, other) => (one.name < other.name ? -1 : 1)),
        ),
      );
  }
}
