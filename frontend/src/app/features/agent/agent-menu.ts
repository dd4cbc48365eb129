import { ChangeDetectionStrategy, Component, computed, inject, input, output, viewChild } from '@angular/core';
import { MatMenu, MatMenuItem } from '@angular/material/menu';

import { Agent, UserRef } from '../../core/api/models';
import { Session } from '../../core/session/session';
import { PresenceBook } from '../../domain/people/presence-book';
import { TicketsApi } from '../../domain/tickets/tickets-api';
import { Avatar } from '../../shared/avatar/avatar';
import { AppIcon } from '../../shared/icon/app-icon';
import { valueOr } from '../../shared/resources/value-or';

const PRESENCE_ORDER = { online: 0, away: 1, offline: 2 } as const;

/**
 * A menu of everybody a ticket can be given to, with presence and load: oneself first, then who is here and has least.
 * `<button [matMenuTriggerFor]="agents.menu()" (menuOpened)="agents.reload()">` and `<app-agent-menu #agents />`.
 */
@Component({
  selector: 'app-agent-menu',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [AppIcon, Avatar, MatMenu, MatMenuItem],
  template: `
    <mat-menu>
      @for (agent of sorted(); track agent.id) {
        <button
          mat-menu-item
          type="button"
          role="menuitemradio"
          [attr.aria-checked]="agent.id === assignee()?.id"
          (click)="chosen.emit(agent)"
        >
          <span class="agent">
            <app-avatar [name]="agent.name" [presence]="agent.presence" />
            <span class="who">
              {{ agent.id === selfId() ? 'Me' : agent.name }}
              <small>{{ agent.presence }} · {{ agent.load }} open</small>
            </span>
          </span>
        </button>
      } @empty {
        <p class="none">{{ agents.error() ? 'The list could not be loaded.' : 'Loading…' }}</p>
      }
      @if (release(); as words) {
        <button mat-menu-item type="button" (click)="released.emit()"><app-icon name="undo" /> {{ words }}</button>
      }
    </mat-menu>
  `,
  styles: `
    .agent {
      display: flex;
      align-items: center;
      gap: 12px;
      --app-avatar-size: 28px;
    }

    .who {
      display: grid;
      line-height: 1.3;
    }

    small {
      color: var(--mat-sys-on-surface-variant);
      font: var(--mat-sys-body-small);
    }

    .none {
      margin: 0;
      padding: 12px 16px;
      color: var(--mat-sys-on-surface-variant);
    }
  `,
})
export class AgentMenu {
  private readonly session = inject(Session);
  private readonly presence = inject(PresenceBook);
  protected readonly agents = inject(TicketsApi).agents();
  readonly menu = viewChild.required(MatMenu);

  /** Who has it now. */
  readonly assignee = input<UserRef | null>(null);
  /** The words for giving it to nobody; null where there is nothing to give back. */
  readonly release = input<string | null>(null);
  readonly chosen = output<Agent>();
  readonly released = output();

  protected readonly selfId = computed(() => this.session.user()?.id);
  protected readonly sorted = computed(() => {
    const agents = valueOr(this.agents, []).map((agent) => ({ ...agent, presence: this.presenceOf(agent) }));
    const rank = ({ id, presence }: Agent): number => (id === this.selfId() ? -1 : PRESENCE_ORDER[presence]);
    return agents.toSorted((one, other) => rank(one) - rank(other) || one.load - other.load);
  });

  /** Loads change all the time: asked for anew when the menu opens. */
  reload(): void {
    this.agents.reload();
  }

  /** As heard live; the list itself tells more than "online" until then. */
  private presenceOf(agent: Agent): Agent['presence'] {
    const heard = this.presence.stateOf(agent);
    return heard === 'online' && agent.presence === 'away' ? 'away' : heard;
  }
}
